"""The words of signing documents: what a signer promises, what each key may sign, what a verifier finds.

Every key signs one kind of thing: certificates (seal), receipts, and, elsewhere, verification codes. The signer built in
here is a *test signer*: its certificates say so. In production a certified signature server stands behind the same promise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class KeyUse(StrEnum):
    """What a signing key is for. Written into its certificate and checked on both sides."""

    SEAL = "seal"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on page 1: left, top, width, height in millimetres from the page's top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, repr=False)
class Stamp:
    """What shows where a signature stands: ``page`` is a one-page PDF that fills ``box``."""

    page: bytes
    box: Box


@dataclass(frozen=True, slots=True, repr=False)
class SignerPems:
    """A key with its certificate and the authority's, all PEM. The key is not encrypted: keep it in the key store."""

    use: KeyUse
    key: bytes
    certificate: bytes
    authority: bytes


class DocumentSigner(Protocol):
    """Signs PDF files with one key for one use."""

    @property
    def use(self) -> KeyUse: ...

    def sign(self, pdf: bytes, stamp: Stamp | None = None) -> bytes:
        """``pdf`` with a certifying PAdES signature that allows no change after it, shown as ``stamp`` or not at all.

        Raises ``HouseFailure`` when the file or the key cannot be used.
        """


@dataclass(frozen=True, slots=True)
class Check:
    """One finding about a signed file. ``name``: ``readable signed whole_file intact signature unchanged chain use
    padding``."""

    name: str
    passed: bool
    detail: str = ""


def all_passed(checks: Iterable[Check]) -> bool:
    """Whether there were checks and every one passed."""
    found = tuple(checks)
    return bool(found) and all(check.passed for check in found)
