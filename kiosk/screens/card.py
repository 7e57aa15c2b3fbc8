"""Lay the card down: a picture of what to do, what is happening, and what to do when it did not work."""

from __future__ import annotations

from flows.events import RetryPressed
from kiosk import theme as colours
from kiosk.faces import CardBody
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box, Live, Node


def page(body: CardBody, kit: Kit) -> Page:
    picture = kit.picture("reader_busy" if body.state == "reading" else "reader", 560, 490)
    words = kit.column(
        kit.text("title", body.title, align="center"),
        kit.text("label", body.text, colours.SECOND, align="center", bold=False),
        gap=10,
    )
    hints = kit.card(*(_hint(kit, hint) for hint in body.hints), gap=20)
    said: list[Node] = [_message(body, kit)] if body.message else []
    if body.retry_label:
        said.append(kit.button("retry", body.retry_label, RetryPressed(), icon="retry"))
    privacy = kit.row(
        kit.icon("shield_full", 40, colours.GREEN),
        kit.text("caption", body.privacy, colours.GREEN_DEEP),
        gap=12,
        main="center",
    )
    left = kit.column(words, kit.column(picture, cross="center"), gap=30)
    right = kit.column(*said, hints, privacy, gap=28)
    return Page(f"card.{body.state}", kit.split(left, right, gap=30), middle=True)


def _hint(kit: Kit, hint: str) -> Box:
    return kit.bullet(kit.icon("check", 40, colours.PRIMARY), kit.text("body", hint, grow=1))


def _message(body: CardBody, kit: Kit) -> Box:
    shade = colours.tone(body.tone)
    side = kit.px(64)
    sign: Node = Live(kind="spinner", width=side, height=side, key="spinner")
    if body.state != "reading":
        sign = kit.icon(colours.ICON_FOR_TONE[body.tone], 64, shade.strong)
    return kit.band(body.tone, sign, kit.text("label", body.message, shade.ink, grow=1), gap=24)
