"""The 256-byte text block of a card: UTF-16LE, padded with U+0020; the type letter at byte 248 says which layout.

Odd: names and addresses may hold U+3000, private-use characters (rare ones, U+E000…) and characters outside the basic
plane, so only U+0020 and U+0000 at the *end* are padding. 长期 stands where a date is expected. The English name of
the 2023 permanent residence card is cut in two.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.failures import CardKindNotServed, CardUnreadable
from core.people import CardKind, IdCard, Sex
from drivers.idcard.nations import nation_name

LENGTH = 256
FOR_EVER = "长期"
Place = tuple[int, int]
"""Offset and length in bytes."""

TYPE: Place = (248, 2)
LETTERS = {
    " ": CardKind.RESIDENT,
    "\0": CardKind.RESIDENT,
    "J": CardKind.HMT_RESIDENCE,
    "I": CardKind.FOREIGNER_2017,
    "Y": CardKind.FOREIGNER_2023,
}
_VALID: dict[str, tuple[Place, ...]] = {"valid_from": ((188, 16),), "valid_to": ((204, 16),)}
_HOME: dict[str, tuple[Place, ...]] = {
    "name": ((0, 30),),
    "sex": ((30, 2),),
    "birth": ((36, 16),),
    "address": ((52, 70),),
    "number": ((122, 36),),
    "issuer": ((158, 30),),
    **_VALID,
}
LAYOUTS: dict[CardKind, dict[str, tuple[Place, ...]]] = {
    CardKind.RESIDENT: _HOME | {"nation": ((32, 4),)},
    CardKind.HMT_RESIDENCE: _HOME | {"pass_number": ((220, 18),), "issue_count": ((238, 4),)},
    CardKind.FOREIGNER_2017: {
        "english_name": ((0, 120),),
        "sex": ((120, 2),),
        "number": ((122, 30),),
        "nationality": ((152, 6),),
        "name": ((158, 30),),
        "birth": ((220, 16),),
        "issuer": ((240, 8),),
        **_VALID,
    },
    CardKind.FOREIGNER_2023: {
        "name": ((0, 30),),
        "sex": ((30, 2),),
        "issue_count": ((32, 4),),
        "birth": ((36, 16),),
        "english_name": ((52, 70), (220, 22)),
        "number": ((122, 36),),
        "nationality": ((242, 6),),
        **_VALID,
    },
}
_NUMBER = {kind: re.compile(r"[0-9]{17}[0-9X]") for kind in CardKind} | {
    CardKind.FOREIGNER_2017: re.compile(r"[A-Z]{3}[0-9]{12}")
}
_EXACT = frozenset({"name", "english_name", "number"})
"""Fields in which no character may be guessed: they end up on the certificate."""


@dataclass(frozen=True, slots=True, repr=False)
class _Block:
    data: bytes

    def field(self, name: str, places: tuple[Place, ...]) -> str:
        raw = b"".join(self.data[start : start + length] for start, length in places)
        try:
            text = raw.decode("utf-16-le", "strict" if name in _EXACT else "replace")
        except UnicodeDecodeError as error:
            # The decoder's own message quotes the bytes: it must not be chained into a log.
            raise CardUnreadable(f"field {name} is not UTF-16 ({error.reason})") from None
        return _without_controls(name, text.rstrip(" \0"))

    def kind(self) -> CardKind:
        letter = chr(int.from_bytes(self.data[TYPE[0] : TYPE[0] + 2], "little"))
        if letter not in LETTERS:
            raise CardKindNotServed(f"unknown card type letter U+{ord(letter):04X}")
        return LETTERS[letter]


def _without_controls(name: str, text: str) -> str:
    """Control characters are no text: refused where it counts, made visible as U+FFFD elsewhere."""
    if not any(unicodedata.category(char) == "Cc" for char in text):
        return text
    if name in _EXACT:
        raise CardUnreadable(f"field {name} holds control characters")
    return "".join("\ufffd" if unicodedata.category(char) == "Cc" else char for char in text)


def parse_text(block: bytes) -> IdCard:
    """The card in a text block of 256 bytes.

    ``CardUnreadable`` when name, number or validity cannot be relied on, ``CardKindNotServed`` for a type letter
    unknown here. A birth date that is no day is ``None``; an unknown sex is ``Sex.UNKNOWN``.
    """
    if len(block) != LENGTH:
        raise CardUnreadable(f"text block of {len(block)} bytes")
    raw = _Block(block)
    kind = raw.kind()
    text: dict[str, Any] = {name: raw.field(name, places) for name, places in LAYOUTS[kind].items()}
    _check_person(kind, text)
    return IdCard(
        kind=kind,
        sex=_sex(text.pop("sex")),
        nation=nation_name(text.pop("nation", "")),
        birth=_day(text.pop("birth")),
        valid_from=_first_day(text.pop("valid_from")),
        valid_to=_last_day(text.pop("valid_to")),
        **text,
    )


def _check_person(kind: CardKind, text: dict[str, str]) -> None:
    text["number"] = text["number"].upper()
    if not (text["name"] or text.get("english_name")):
        raise CardUnreadable("no name on the chip")
    if not _NUMBER[kind].fullmatch(text["number"]):
        raise CardUnreadable(f"number field of kind {kind} is malformed")


def _sex(text: str) -> Sex:
    return Sex(text) if text in set(Sex) else Sex.UNKNOWN


def _day(text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{8}", text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def _first_day(text: str) -> date | None:
    found = _day(text)
    if found is None and text:
        raise CardUnreadable("first day of validity is no date")
    return found


def _last_day(text: str) -> date | None:
    """``None`` is 长期 and nothing else: an unreadable date must never turn into a card that is valid for ever."""
    if text == FOR_EVER:
        return None
    found = _day(text)
    if found is None:
        raise CardUnreadable("last day of validity is no date")
    return found


def parse_newest_address(data: bytes) -> str:
    """The addresses appended to the chip: up to four blocks of 70 bytes, the last written one counts; ``""`` if blank."""
    blocks = [data[start : start + 70] for start in range(0, len(data) - len(data) % 70, 70)]
    texts = [_Block(block).field("address", ((0, 70),)) for block in blocks[:4]]
    return next((text for text in reversed(texts) if text), "")
