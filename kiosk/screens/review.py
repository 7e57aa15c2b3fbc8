"""Everything once more, before it cannot be changed."""

from __future__ import annotations

from flows.events import Confirmed
from kiosk import theme as colours
from kiosk.faces import ReviewBody, Section
from kiosk.screens import fields
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.screens.take import facts
from kiosk.widgets.nodes import Box

FEW = 3


def page(body: ReviewBody, kit: Kit) -> Page:
    beside = _facts(body, kit)
    title = kit.text("title", body.title)
    rows = fields.two_columns(kit, body.rows) if kit.wide else fields.rows(kit, body.rows, narrow=kit.elder)
    content = kit.column(title, beside, rows, gap=22)
    go = kit.button("go", body.go_label, Confirmed(), icon="check")
    footer = kit.footer(kit.told(body.tone, body.warning), go, stacked=True)
    return Page("review", content, footer)


def _facts(body: ReviewBody, kit: Kit) -> Box:
    """A few stand beside each other, many are a list."""
    if len(body.facts) <= FEW or kit.wide:
        cards = [_fact(kit, fact) for fact in body.facts]
        across = FEW if kit.elder else len(cards)
        rows = (kit.row(*cards[at : at + across], gap=16, cross="stretch") for at in range(0, len(cards), across))
        return kit.column(*(cards if kit.elder and not kit.wide else rows), gap=16)
    return facts(kit, body.facts)


def _fact(kit: Kit, fact: Section) -> Box:
    mark = kit.icon_disc(fact.icon or "info", 76, colours.PRIMARY_PALE, colours.PRIMARY, 0.62, radius=20)
    words = kit.column(kit.text("caption", fact.title, colours.SECOND), kit.text("label", fact.text), gap=2, grow=1)
    inside = kit.row(mark, words, gap=20) if kit.elder else kit.column(mark, words, gap=12)
    return kit.card(inside, grow=1, key=fact.title, pad=kit.pad(24, 20))
