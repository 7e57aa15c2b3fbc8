"""You need nothing: said plainly, with its ground, and on paper for who wants it."""

from __future__ import annotations

from flows.events import HomePressed, PrintSheetPressed
from kiosk import theme as colours
from kiosk.faces import EndingBody
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page


def page(body: EndingBody, kit: Kit) -> Page:
    title = kit.text("title", body.title, colours.GREEN_DEEP, align="center")
    answer = kit.column(kit.picture("done", 230, 230), title, gap=26, cross="center")
    text = kit.card(kit.text("label", body.text, bold=False))
    ground = kit.band(
        "plain",
        kit.icon("law", 60, colours.SECOND),
        kit.column(kit.text("label", body.ground_label), kit.text("body", body.ground, colours.SECOND), gap=6, grow=1),
    )
    message = (kit.told(body.message_tone, body.message),) if body.message else ()
    words = kit.column(text, ground, *message, gap=24)
    footer = kit.footer(
        kit.button(
            "print", body.print_label, PrintSheetPressed(), kind="line", icon="printer", enabled=body.can_print, grow=1
        ),
        kit.button("leave", body.leave_label, HomePressed(), grow=1),
    )
    return Page("ending", kit.split(answer, words, 0.6, gap=34), footer, middle=True)
