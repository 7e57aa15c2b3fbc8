"""The sheet is out: take it, and the card."""

from __future__ import annotations

from flows.events import PaperTaken
from kiosk import theme as colours
from kiosk.faces import Section, TakeBody
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box, Node

LONG = 42
"""In halves of a character: when one fact is longer, all stand under their titles."""


def page(body: TakeBody, kit: Kit) -> Page:
    head = kit.column(
        kit.text("title", body.title, colours.GREEN_DEEP, align="center"),
        kit.text("label", body.text, colours.SECOND, align="center", bold=False),
        gap=8,
    )
    drawn = kit.picture("sheet", 560, 480) if body.out else kit.picture("done", 300, 300)
    picture = kit.column(drawn, cross="center")
    told, card = facts(kit, body.facts), _card(body, kit)
    left = kit.column(head, picture, *((card,) if kit.wide else ()), gap=30)
    right = told if kit.wide else kit.column(told, card, gap=24)
    footer = kit.footer(kit.button("taken", body.go_label, PaperTaken(), kind="good", icon="check", grow=1))
    return Page("take", kit.split(left, right, 0.8, gap=34), footer, middle=True)


def facts(kit: Kit, sections: tuple[Section, ...]) -> Box:
    """Title at the left, fact at the right or under it, a sign before both."""
    rows: list[Node] = []
    under = kit.elder or kit.wide or any(_wide_of(one.text) > LONG for one in sections)
    for one in sections:
        row = _fact(kit, one, under)
        rows += [kit.rule(), row] if rows else [row]
    return kit.card(*rows, gap=20)


def _fact(kit: Kit, one: Section, under: bool) -> Box:
    mark = kit.icon_disc(one.icon or "info", 72, colours.PRIMARY_PALE, colours.PRIMARY, 0.62, radius=20)
    title = kit.text("body", one.title, colours.SECOND)
    if under:
        return kit.row(mark, kit.column(title, kit.text("label", one.text), grow=1), gap=20, key=one.title)
    return kit.row(mark, title, kit.text("label", one.text, align="right", grow=1), gap=20, key=one.title)


def _wide_of(text: str) -> int:
    """In halves of a Chinese character."""
    return sum(1 if char.isascii() else 2 for char in text)


def _card(body: TakeBody, kit: Kit) -> Box:
    shade = colours.tone("warn")
    sign: Node = kit.picture("lift_card", 130, 136)
    if not body.card_there:
        sign = kit.icon("id_card", 84, shade.ink)
    return kit.band("warn", sign, kit.text("heading", body.card_text, shade.ink, grow=1), gap=26)
