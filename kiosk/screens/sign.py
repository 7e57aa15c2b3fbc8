"""Signing with the finger, over exactly what is signed."""

from __future__ import annotations

from flows.events import Confirmed, StrokesCleared, StrokeUndone
from kiosk import theme as colours
from kiosk.faces import SignBody
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.live import SignFacts
from kiosk.widgets.nodes import Box, Live, Node, Press, Surface


def page(body: SignBody, kit: Kit) -> Page:
    what: list[Node] = [kit.text("heading", body.title)]
    what += [
        kit.bullet(kit.icon("check_circle", 40, colours.PRIMARY), kit.text("body", line, grow=1)) for line in body.lines
    ]
    if body.consequence:
        shade = colours.tone("bad")
        sign, said = kit.icon("exclaim", 40, shade.strong), kit.text("body", body.consequence, shade.ink, grow=1)
        what.append(kit.bullet(sign, said))
    if body.digest:
        digest = kit.text("caption", f"{body.digest_label} {body.digest}", colours.SECOND, grow=1)
        what += [kit.rule(), kit.row(kit.icon("lock", 36, colours.SECOND), digest, gap=12)]
    note = kit.row(
        kit.icon("shield_full", 38, colours.GREEN), kit.text("caption", body.note, colours.GREEN_DEEP, grow=1), gap=12
    )
    card = kit.card(*what, gap=14)
    if kit.wide:  # the box stands still beside what may scroll
        go = kit.button("go", body.go_label, Confirmed(), enabled=body.can_go)
        side = kit.column(_box(body, kit), go, gap=20, grow=1, pad=kit.pad(20, 26))
        return Page("sign", kit.column(card, note, gap=24), panel=side)
    content = kit.column(card, _box(body, kit), note, gap=22, grow=1)
    footer = kit.footer(kit.button("go", body.go_label, Confirmed(), enabled=body.can_go, grow=1))
    return Page("sign", content, footer)


def _box(body: SignBody, kit: Kit) -> Box:
    head = kit.row(
        kit.icon("sign", 50, colours.PRIMARY),
        kit.text("label", body.box_label, shrink=0.76, grow=1),
        kit.tag(body.signer, "", "info"),
        gap=14,
    )
    ground = Box(surface=Surface(fill="#F8FBFF", radius=kit.px(20), edge="#6F8CBD", edge_width=kit.px(3)))
    facts = SignFacts(body.strokes, kit.px(11))
    ink = Live(kind="signature", facts=facts, key="ink", press=Press("sign.box", StrokesCleared()))
    area = Box(
        children=(ground, ink),
        axis="z",
        least=kit.px(240 if kit.wide else 300 if kit.elder else 420),
        grow=1,
        key="signing",
    )
    shade = colours.tone("good" if body.can_go else "plain")
    state = kit.row(
        kit.icon("check_circle" if body.can_go else "info", 42, shade.strong),
        kit.text("label", body.state, shade.ink, grow=1),
        gap=12,
        grow=1,
    )
    some = bool(body.strokes)
    clear = kit.button(
        "clear", body.clear_label, StrokesCleared(), kind="pale", icon="eraser", role="label", tall=84, enabled=some
    )
    undo = kit.button(
        "undo", body.undo_label, StrokeUndone(), kind="pale", icon="undo", role="label", tall=84, enabled=some
    )
    below: Node = kit.row(clear, undo, state, gap=18)
    if kit.elder:
        below = kit.column(state, kit.row(clear, undo, gap=18), gap=14)
    return kit.card(head, area, below, gap=18, grow=1, key="box")
