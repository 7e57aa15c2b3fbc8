"""Every paper the item needs, and why it need not be brought."""

from __future__ import annotations

from flows.events import Confirmed
from kiosk import theme as colours
from kiosk.faces import MaterialRow, MaterialsBody
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box, Node


def page(body: MaterialsBody, kit: Kit) -> Page:
    head = kit.column(
        kit.text("title", body.title), kit.text("label", body.summary, colours.SECOND, bold=False), gap=10
    )
    note = (kit.told("info", body.note),) if body.note else ()
    half = -(-len(body.rows) // 2)
    if kit.wide:
        lists: Node = kit.split(_list(kit, body.rows[:half]), _list(kit, body.rows[half:]))
    else:
        lists = _list(kit, body.rows)
    footer = kit.footer(kit.button("go", body.go_label, Confirmed(), grow=1))
    return Page("materials", kit.column(head, lists, *note, gap=26), footer)


def _list(kit: Kit, rows: tuple[MaterialRow, ...]) -> Box:
    lines: list[Node] = []
    for row in rows:
        lines += [kit.rule(), _row(kit, row)] if lines else [_row(kit, row)]
    return kit.card(*lines, gap=16, pad=kit.pad(28, 24))


def _row(kit: Kit, row: MaterialRow) -> Box:
    shade = colours.tone(row.tone)
    mark = kit.icon_disc(row.icon, 78, shade.pale, shade.ink, 0.6, radius=20)
    words = kit.column(kit.text("label", row.name), kit.text("caption", row.detail, colours.SECOND), gap=0, grow=1)
    return kit.row(mark, words, kit.tag(row.how, "check" if row.tone == "good" else "", row.tone), gap=22, key=row.name)
