"""Cards to lay on the simulated reader: invented people from ``config/people.yaml``, and things that are no good card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from core.people import CardKind, IdCard, Sex
from core.settings import CONFIG
from drivers.idcard.frame import Reply
from drivers.idcard.simulated.block import encode_address, encode_text
from drivers.idcard.status import Sw3
from drivers.idcard.text_block import FOR_EVER, LENGTH

PEOPLE = CONFIG / "people.yaml"
PHOTO = (bytes.fromhex("574C66007E003200") + bytes((3 + 7 * n) % 256 for n in range(1016)))[:1024]
"""A WLT header and counting bytes: nobody's face."""


@dataclass(frozen=True, slots=True, repr=False)
class SimulatedCard:
    """What lies on the reader. ``refuses`` maps a command (``"3001"``) to the SW3 it is answered with instead."""

    key: str
    text: bytes = b" \0" * (LENGTH // 2)
    photo: bytes = PHOTO
    fingerprints: bytes = b""
    newest_address: bytes = b""
    refuses: Mapping[str, int] = field(default_factory=dict)

    def content(self, *, with_fingerprints: bool) -> bytes:
        """The reply to 30 10 or 30 01, without frame."""
        parts = (self.text, self.photo, self.fingerprints) if with_fingerprints else (self.text, self.photo)
        lengths = b"".join(len(part).to_bytes(2, "big") for part in parts)
        return Reply(0, 0, Sw3.SUCCESS, lengths + b"".join(parts)).pack()

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "text": self.text.hex(),
            "photo": self.photo.hex(),
            "fingerprints": self.fingerprints.hex(),
            "newest_address": self.newest_address.hex(),
            "refuses": dict(self.refuses),
        }


def card_from_json(raw: Mapping[str, Any]) -> SimulatedCard:
    parts = {name: bytes.fromhex(raw[name]) for name in ("text", "photo", "fingerprints", "newest_address")}
    return SimulatedCard(raw["key"], refuses=raw["refuses"], **parts)


def card_of(card: IdCard, key: str = "own") -> SimulatedCard:
    """The chip that would be read as ``card``. ``ValueError`` when a field does not fit."""
    return SimulatedCard(
        key, encode_text(card), card.photo or PHOTO, card.fingerprints, encode_address(card.newest_address)
    )


def people(text: str | None = None) -> dict[str, IdCard]:
    """Key → card of every invented person; ``text`` is YAML of the form of ``config/people.yaml``, which is the default."""
    rows = yaml.safe_load(Path(PEOPLE).read_text("utf-8") if text is None else text)
    return {row["key"]: _person(row) for row in rows}


def _person(row: Mapping[str, Any]) -> IdCard:
    words = ("nation", "address", "newest_address", "issuer", "english_name", "nationality", "pass_number")
    return IdCard(
        kind=CardKind(row["kind"]),
        name=row["name"],
        number=row["number"],
        sex=Sex(row["sex"]),
        birth=row["birth"],
        valid_from=row["valid_from"],
        valid_to=_last_day(row["valid_to"]),
        issue_count=row.get("issue_count", ""),
        photo=PHOTO,
        fingerprints=bytes(row.get("fingerprints", 0)),
        **{word: row.get(word, "") for word in words},
    )


def _last_day(value: date | str) -> date | None:
    if isinstance(value, date):
        return value
    if value != FOR_EVER:
        raise ValueError(f"valid_to is neither a day nor {FOR_EVER}")
    return None


def cards(text: str | None = None) -> dict[str, SimulatedCard]:
    """Everything that can be laid on the reader, by key: the people, then the objects that are no good card."""
    known = people(text)
    anyone = next(iter(known.values()))
    return {key: card_of(card, key) for key, card in known.items()} | {
        "blank": SimulatedCard("blank"),
        "dead": SimulatedCard("dead", refuses={"3001": Sw3.READ_FAILED, "3010": Sw3.READ_FAILED}),
        "forged": SimulatedCard("forged", refuses={"2002": Sw3.SAM_REJECTS_CARD}),
        "transit": SimulatedCard("transit", refuses={"2002": Sw3.TYPE_NOT_RECOGNISED}),
        "letter": replace(card_of(anyone, "letter"), text=_with_letter(encode_text(anyone), "Z")),
    }


def _with_letter(text: bytes, letter: str) -> bytes:
    return text[:248] + letter.encode("utf-16-le") + text[250:]
