"""Personal fields at rest: SM4-GCM (GB/T 32907), bound to their place by table|row|column.

A sealed field is ``<key id>.<base64url(nonce 12 | ciphertext | tag 16)>``. Moved to another row it does not open.
"""

from __future__ import annotations

import base64
import hmac
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.failures import HouseFailure

_NONCE = 12
_TAG = 16


def _derive(secret: bytes, use: bytes, size: int) -> bytes:
    return HKDF(hashes.SHA256(), size, None, b"tongban fields " + use).derive(secret)


class FieldCipher:
    """``secrets``: key id → 32 bytes; ``current`` seals, any known one opens, so that keys can be changed."""

    def __init__(self, secrets: Mapping[str, bytes], current: str) -> None:
        self._keys = {name: _derive(secret, b"sm4", 16) for name, secret in secrets.items()}
        self._index_key = _derive(secrets[current], b"index", 32)
        self._current = current

    def seal(self, table: str, row: str, column: str, text: str) -> str:
        nonce = os.urandom(_NONCE)
        encryptor = Cipher(algorithms.SM4(self._keys[self._current]), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(_place(table, row, column))
        body = encryptor.update(text.encode()) + encryptor.finalize()
        return f"{self._current}.{base64.urlsafe_b64encode(nonce + body + encryptor.tag).decode()}"

    def open(self, table: str, row: str, column: str, sealed: str) -> str:
        """The text; ``HouseFailure`` if the key is unknown, or the field was changed or moved."""
        name, _, packed = sealed.partition(".")
        key = self._keys.get(name)
        if key is None:
            raise HouseFailure(f"no field key {name[:20]!r}")
        raw = base64.urlsafe_b64decode(packed)
        decryptor = Cipher(algorithms.SM4(key), modes.GCM(raw[:_NONCE], raw[-_TAG:])).decryptor()
        decryptor.authenticate_additional_data(_place(table, row, column))
        try:
            return (decryptor.update(raw[_NONCE:-_TAG]) + decryptor.finalize()).decode()
        except InvalidTag as error:
            raise HouseFailure(f"sealed field in {table}.{column} does not open") from error

    def blind(self, column: str, text: str) -> str:
        """A keyed fingerprint for looking a value up without storing it in the clear (hex, 64)."""
        return hmac.digest(self._index_key, f"{column}|{text}".encode(), "sha256").hex()


def _place(table: str, row: str, column: str) -> bytes:
    return f"{table}|{row}|{column}".encode()
