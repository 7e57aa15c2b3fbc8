"""One data key a visit. When the visit is over the key is forgotten, and with it whatever it sealed."""

from __future__ import annotations

import os

from core.failures import HouseFailure
from vault.fields import FieldCipher

_NAME = "visit"


class VisitKey:
    """Lives in memory only. ``forget`` overwrites the key; Python may hold copies, so nothing long-lived keeps a cipher."""

    def __init__(self) -> None:
        self._secret = bytearray(os.urandom(32))

    def cipher(self) -> FieldCipher:
        if not any(self._secret):
            raise HouseFailure("this visit is over")
        return FieldCipher({_NAME: bytes(self._secret)}, _NAME)

    def forget(self) -> None:
        self._secret[:] = bytes(len(self._secret))
