"""The certificate face: what a certificate says, whoever prints it and on whichever sheet.

Its canonical form (sorted-key CBOR) leaves out the QR code, the seal and the number of the blank, so that the
digest can stand inside the QR code, in the PDF and in every print rendition alike.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.failures import HouseFailure
from core.numbers import LicenceId
from printing.ports import cbor

A4_LANDSCAPE = (297.0, 210.0)
DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True, repr=False)
class FaceField:
    """One line of the face. ``key`` is an identifier of the catalogue, ``label`` and ``value`` are printed."""

    key: str
    label: str
    value: str

    def __repr__(self) -> str:
        return f"FaceField({self.key})"


@dataclass(frozen=True, slots=True, repr=False)
class CertificateFace:
    """``template`` names ``config/templates/<template>.typ``; ``valid_to`` is ``None`` for 长期.

    ``holder_key`` is the key of the field that names the holder. ``page_mm`` is width and height in millimetres.
    """

    template: str
    title: str
    number: str
    identifier: LicenceId
    fields: tuple[FaceField, ...]
    issuer: str
    issued_on: date
    valid_from: date
    valid_to: date | None
    verify_code: str
    holder_key: str
    page_mm: tuple[float, float] = A4_LANDSCAPE

    def __repr__(self) -> str:
        return f"CertificateFace({self.identifier})"

    def __post_init__(self) -> None:
        keys = [field.key for field in self.fields]
        if len(set(keys)) != len(keys) or self.holder_key not in keys:
            raise HouseFailure("face fields: a key twice, or no holder")

    @property
    def holder(self) -> str:
        """The printed name of the holder."""
        return next(field.value for field in self.fields if field.key == self.holder_key)

    @property
    def plain(self) -> dict[str, Any]:
        """The face as plain values, as digested and as the template sees them."""
        return {
            "template": self.template,
            "title": self.title,
            "number": self.number,
            "identifier": str(self.identifier),
            "fields": [[field.key, field.label, field.value] for field in self.fields],
            "issuer": self.issuer,
            "issued_on": self.issued_on.isoformat(),
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "verify_code": self.verify_code,
            "holder_key": self.holder_key,
            "page_mm": list(self.page_mm),
        }

    @property
    def canonical(self) -> bytes:
        return cbor.dumps(self.plain)

    @property
    def digest(self) -> bytes:
        """First 16 bytes of SM3 (GB/T 32905) over the canonical form."""
        return sm3(self.canonical)[:DIGEST_BYTES]


def chinese_date(day: date) -> str:
    """``2026年11月22日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def validity_text(valid_from: date, valid_to: date | None) -> str:
    """``2026年11月22日至2030年11月21日``, or ``…起长期有效``: the value of a face's validity field."""
    if valid_to is None:
        return f"{chinese_date(valid_from)}起长期有效"
    return f"{chinese_date(valid_from)}至{chinese_date(valid_to)}"


def sm3(data: bytes) -> bytes:
    """SM3 of ``data``; ``HouseFailure`` where the system's OpenSSL was built without it."""
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError as error:
        raise HouseFailure("this Python's OpenSSL has no SM3: install one that has (Debian's does)") from error
