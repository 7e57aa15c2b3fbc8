"""A person as their card tells it. Values that hide themselves in ``repr``, so that no log can hold them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.numbers import mask_number


class CardKind(StrEnum):
    """Type letter at byte 248 of the text block; the resident card has a space there."""

    RESIDENT = "resident"
    HMT_RESIDENCE = "J"
    FOREIGNER_2017 = "I"
    FOREIGNER_2023 = "Y"


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSPECIFIED = "9"


@dataclass(frozen=True, slots=True, repr=False)
class IdCard:
    """One card, as read. ``valid_to`` is ``None`` for 长期. ``photo`` is the raw WLT block, ``fingerprints`` 0/512/1024 bytes."""

    kind: CardKind
    name: str
    number: str
    sex: Sex
    birth: date | None
    valid_from: date | None
    valid_to: date | None
    nation: str = ""
    address: str = ""
    newest_address: str = ""
    issuer: str = ""
    english_name: str = ""
    nationality: str = ""
    pass_number: str = ""
    issue_count: str = ""
    photo: bytes = field(default=b"")
    fingerprints: bytes = field(default=b"")

    def __repr__(self) -> str:
        return f"IdCard({self.kind}, …{self.number[-2:]})"

    @property
    def masked_number(self) -> str:
        return mask_number(self.number)

    @property
    def masked_name(self) -> str:
        return mask_name(self.name or self.english_name)

    @property
    def home(self) -> str:
        """The newest address written to the card, else the printed one."""
        return self.newest_address or self.address

    def expired(self, today: date) -> bool:
        """The card is valid through its last day."""
        return self.valid_to is not None and today > self.valid_to


def mask_name(name: str) -> str:
    """All but the first character hidden: 测** ; enough for a person to know it is theirs."""
    return name[:1] + "*" * max(1, len(name) - 1) if name else ""
