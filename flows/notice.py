"""The notice a person reads before laying down a card: who wants what, what for, how long, and what they may refuse.

Data of ``config/languages/notice.yaml``; ``{…}`` in it is filled from the item and the place. The digest of the finished text goes
to the centre with the consent.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import Field

from core.catalogue import Part, ServiceItem, Text
from core.papers import canonical_json, sha256_hex
from core.words import Words


class NoticeSection(Part):
    title: Text
    text: Text
    icon: str = "info"


class NoticeTick(Part):
    id: str
    label: Text


class Notice(Part):
    """``ticks`` must all be set before the card may be read."""

    version: int
    sections: tuple[NoticeSection, ...] = Field(min_length=1)
    ticks: tuple[NoticeTick, ...] = Field(min_length=1)

    @property
    def tick_ids(self) -> frozenset[str]:
        return frozenset(tick.id for tick in self.ticks)


def load_notice(path: Path) -> Notice:
    return Notice.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def filled_in(text: Text, item: ServiceItem, agency: str) -> Words:
    """A sentence of the notice for this item. ``agency``: who asks, by its registered name."""
    return Words(
        text.zh.format(
            agency=agency, purpose=item.purpose.zh, licences="、".join(each.name.zh for each in item.licences)
        ),
        text.en.format(
            agency=agency, purpose=item.purpose.en, licences=", ".join(each.name.en for each in item.licences)
        ),
    )


def notice_digest(notice: Notice, item: ServiceItem, agency: str) -> str:
    """sha256 over every word of the notice in both languages, in canonical form."""
    words = {
        "version": notice.version,
        "sections": [
            [filled_in(each.title, item, agency), filled_in(each.text, item, agency)] for each in notice.sections
        ],
        "ticks": [[each.id, filled_in(each.label, item, agency)] for each in notice.ticks],
    }
    return sha256_hex(canonical_json(words))
