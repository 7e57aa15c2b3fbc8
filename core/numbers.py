"""Identity numbers with their check digits.

Sources: GB 11643 (resident number, ISO 7064 MOD 11-2), GB 32100-2015 (统一社会信用代码, weights 3^i mod 31),
GB/T 36904-2018 (电子证照标识, ISO 7064 MOD 37,36). Vectors: ``tests/data/identifiers.csv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LICENCE_ROOT = "1.2.156.3005.2"


def resident_check(first17: str) -> str:
    """Check character of the first 17 digits of a resident number."""
    return _RESIDENT_CHECKS[sum(int(d) * w for d, w in zip(first17, _RESIDENT_WEIGHTS, strict=True)) % 11]


def is_resident_number(text: str) -> bool:
    """Whether ``text`` is an 18-character number with a real birth date and the right check character.

    The region digits are not judged: abolished codes are valid for life, 81/82/83 and 9… are lawful.
    """
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text) or birth_of(text) is None:
        return False
    return resident_check(text[:17]) == text[17]


def birth_of(number: str) -> date | None:
    """The birth date inside an 18-character number, or ``None`` if it is no day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def mask_number(number: str) -> str:
    """First six and last four kept, as 国家标准 practice on receipts; shorter numbers keep two."""
    if len(number) < 12:
        return "*" * max(0, len(number) - 2) + number[-2:]
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def uscc_check(first17: str) -> str:
    """Check character of the first 17 characters of a unified social credit code."""
    total = sum(_USCC_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return _USCC_ALPHABET[(31 - total % 31) % 31]


def is_uscc(text: str) -> bool:
    """Whether ``text`` is a well-formed credit code. Some real pre-2016 codes fail: warn, do not refuse."""
    if len(text) != 18 or any(c not in _USCC_ALPHABET for c in text):
        return False
    return uscc_check(text[:17]) == text[17]


def mod_37_36(text: str) -> str:
    """ISO 7064 MOD 37,36 check character of an upper-case base-36 string."""
    product = 36
    for char in text:
        product = (product + _BASE36.index(char)) % 36 or 36
        product = product * 2 % 37
    return _BASE36[(37 - product) % 36]


@dataclass(frozen=True, slots=True)
class LicenceId:
    """电子证照标识 of GB/T 36904: type (21), issuer USCC (18), serial, version (3), check (1)."""

    type_code: str
    issuer: str
    serial: str
    version: int = 1

    @property
    def check(self) -> str:
        return mod_37_36(f"{self.type_code}{self.issuer}{self.serial}{self.version:03d}")

    def __str__(self) -> str:
        return f"{LICENCE_ROOT}.{self.type_code}.{self.issuer}.{self.serial}.{self.version:03d}.{self.check}"


def parse_licence_id(text: str) -> tuple[LicenceId, bool]:
    """The identifier and whether its check character is right; ``ValueError`` if it is no identifier.

    A wrong check character on a foreign identifier is a warning (one of six published ones fails), on ours a bug.
    """
    match = re.fullmatch(
        r"1\.2\.156\.3005\.2\.([0-9A-Z]{21})\.([0-9A-Z]{6,18})\.([0-9A-Z]{1,40})\.(\d{3})\.([0-9A-Z])", text
    )
    if match is None:
        raise ValueError("not a licence identifier")
    found = LicenceId(match[1], match[2], match[3], int(match[4]))
    return found, found.check == match[5]
