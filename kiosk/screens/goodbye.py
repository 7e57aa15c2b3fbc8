"""Done: what to take along, and that nothing is left here."""

from __future__ import annotations

from flows.events import HomePressed
from kiosk import theme as colours
from kiosk.faces import GoodbyeBody
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.screens.take import facts


def page(body: GoodbyeBody, kit: Kit) -> Page:
    picture = kit.column(kit.picture("done", 320, 320), cross="center")
    title = kit.text("title", body.title, colours.GREEN_DEEP, align="center")
    content = kit.split(kit.column(picture, title, gap=36), facts(kit, body.lines), gap=56)
    return Page(
        "goodbye", content, kit.footer(kit.button("leave", body.leave_label, HomePressed(), grow=1)), middle=True
    )
