"""Done: what to take along, and that nothing is left here."""

from __future__ import annotations

from flows.events import HomePressed
from kiosk import theme as colours
from kiosk.faces import GoodbyeBody
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box, Node


def page(body: GoodbyeBody, kit: Kit) -> Page:
    picture = kit.column(kit.picture("done", 320, 320), cross="center")
    title = kit.text("title", body.title, colours.GREEN_DEEP, align="center")
    content = kit.split(kit.column(picture, title, gap=36), _lines(body, kit), gap=56)
    return Page(
        "goodbye", content, kit.footer(kit.button("leave", body.leave_label, HomePressed(), grow=1)), middle=True
    )


def _lines(body: GoodbyeBody, kit: Kit) -> Box:
    """What to do in bold, why or where under it."""
    rows: list[Node] = []
    for one in body.lines:
        mark = kit.icon_disc(one.icon or "info", 84, colours.PRIMARY_PALE, colours.PRIMARY, 0.62, radius=22)
        words = kit.column(kit.text("label", one.title), kit.text("body", one.text, colours.SECOND), gap=2, grow=1)
        row = kit.row(mark, words, gap=22, key=one.title)
        rows += [kit.rule(), row] if rows else [row]
    return kit.card(*rows, gap=20)
