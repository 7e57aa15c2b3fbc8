"""The form, filled already: every value with its source. The open field has its keyboard or its options at the foot."""

from __future__ import annotations

from flows.events import Confirmed
from kiosk import theme as colours
from kiosk.faces import FormBody
from kiosk.keyboard.draft import Draft
from kiosk.screens import fields, keyboard
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box


def page(body: FormBody, kit: Kit, draft: Draft | None = None) -> Page:
    opened = body.editor.field if body.editor else ""
    content = kit.column(_summary(body, kit), _rows(body, kit, opened), gap=18)
    if body.editor is not None and draft is not None:
        error = next((row.error for row in body.rows if row.field == opened), "")
        return Page("form", content, panel=keyboard.panel(body.editor, draft, kit, error), aim=opened)
    footer = kit.footer(kit.button("go", body.go_label, Confirmed(), enabled=body.can_go, grow=1))
    return Page("form", content, footer)


def _rows(body: FormBody, kit: Kit, opened: str) -> Box:
    if kit.wide and not opened:
        return fields.two_columns(kit, body.rows, body.edit_label)
    return fields.rows(kit, body.rows, body.edit_label, opened, narrow=kit.wide or kit.elder)


def _summary(body: FormBody, kit: Kit) -> Box:
    tone = "good" if body.can_go else "warn"
    sign = kit.icon(
        "check_circle" if body.can_go else "info", 50, colours.tone(tone).strong if body.can_go else colours.PRIMARY
    )
    return kit.card(
        kit.row(sign, kit.text("label", body.summary, grow=1), kit.text("caption", body.total, colours.SECOND), gap=18),
        pad=kit.pad(28, 20),
    )
