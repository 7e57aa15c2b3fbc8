"""The certificate on its way: calm, what is happening now, and what to do when it is out."""

from __future__ import annotations

from collections.abc import Callable

from kiosk import theme as colours
from kiosk.faces import PrintingBody, Stage
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.theme import Type
from kiosk.widgets.nodes import Box, Icon, Node, Picture, Surface, Text

PAPER = (620, 438)
CERTIFICATE_TYPE = 23
SIGNS = {
    "done": ("check", colours.GREEN, colours.GREEN_DEEP),
    "now": ("printer_full", colours.PRIMARY, colours.PRIMARY_DEEP),
    "bad": ("exclaim", colours.RED, colours.RED_DEEP),
}


def page(body: PrintingBody, kit: Kit) -> Page:
    head = kit.column(
        kit.text("title", body.title, align="center"),
        kit.text("label", body.text, colours.SECOND, align="center", bold=False),
        gap=6,
    )
    blank = kit.row(
        kit.text("body", body.blank_label, colours.SECOND), kit.text("label", body.blank), gap=14, main="center"
    ) if body.blank else kit.space()  # fmt: skip
    sheet = kit.column(_sheet(body, kit), gap=0, cross="center")
    stages = kit.card(*(_stage(kit, body.stages, n) for n in range(len(body.stages))), gap=0, pad=kit.pad(20, 18))
    if kit.wide:
        left = kit.column(head, sheet, blank, gap=16, grow=0.86)
        content: Node = kit.row(left, kit.column(stages, _hint(body, kit), gap=24, grow=1), gap=30)
    else:
        content = kit.column(head, sheet, blank, stages, _hint(body, kit), gap=24)
    return Page("printing", content, middle=True)


def _sheet(body: PrintingBody, kit: Kit) -> Box:
    """The certificate's preview, sinking into the slot. It is a picture: its type is smaller than anything to be read."""
    scale = min(1.0, kit.theme.tight) ** 1.5 * (0.9 if kit.elder and not kit.wide else 1.0)

    def px(points: float) -> int:
        return kit.px(points * scale)

    width, height = px(PAPER[0]), px(PAPER[1])
    paper = Box(surface=Surface(fill=colours.CREAM, shadow="float"), width=width, height=height)
    ground = Picture(name="paper", width=width, height=height)
    seal = Box(
        children=(Picture(name="seal", width=px(128), height=px(128)),),
        axis="y",
        main="end",
        cross="end",
        pad=(0, 0, px(52), px(26)),
    )
    title = Text(
        text=body.certificate_title,
        type=Type(px(44), True, 1.4),
        colour="#8E1018",
        align="center",
        spread=0.16,
        shrink=0.5,
    )
    room = px(min(270, 16 + max((_room(label) for label, _ in body.certificate), default=0)))
    lines = [_line(px, room, label, value) for label, value in body.certificate]
    words = Box(children=(title, Box(height=px(6)), *lines), axis="y", gap=px(5), pad=(px(48), px(34), px(48), px(30)))
    number = Text(text=body.blank, type=Type(px(26), True, 1.3), colour="#B3131C", shrink=0.7)
    foot = Box(children=(number,), axis="y", main="end", pad=(px(48), 0, 0, px(34)))
    stack = Box(children=(paper, ground, words, foot, seal), axis="z", width=width, height=height, key="paper")
    slot = Picture(name="slot", width=px(820), height=px(62))
    return Box(children=(stack, slot), axis="y", cross="center", gap=-px(6), key="sheet")


def _room(label: str) -> float:
    """About how wide a label is: a Chinese character is a square, a letter half of one."""
    return sum(CERTIFICATE_TYPE * (0.56 if char.isascii() else 1.0) for char in label)


def _line(px: Callable[[float], int], room: int, label: str, value: str) -> Box:
    name = Text(text=label, type=Type(px(CERTIFICATE_TYPE), True, 1.35), colour="#3B2A12", shrink=0.5, width=room)
    said = Text(text=value, type=Type(px(CERTIFICATE_TYPE), False, 1.35), colour="#1D1D1D", shrink=0.5, grow=1)
    under = Box(surface=Surface(fill="#D8C48C"), height=1)
    return Box(children=(Box(children=(name, said), axis="x", gap=px(10), cross="center"), under), axis="y")


def _stage(kit: Kit, stages: tuple[Stage, ...], index: int) -> Box:
    """One stop of the way: its sign on a line from the one before to the one after."""
    stage = stages[index]
    _, strong, ink = SIGNS.get(stage.state, ("", "", colours.SECOND))
    now = stage.state in ("now", "bad")
    label = kit.text(
        "heading" if now else "label", stage.label, ink if now else colours.INK if strong else colours.SECOND
    )
    detail = ink if strong else colours.SECOND
    if kit.elder and not kit.wide:
        words = kit.column(label, kit.text("caption", stage.detail, detail), grow=1)
    else:
        words = kit.row(label, kit.text("body", stage.detail, detail, align="right", grow=1), gap=22, grow=1)
    inner = Box(children=(words,), axis="y", main="center", pad=kit.pad(0, 10), grow=1, least=kit.gap(92))
    pale = colours.tone("bad" if stage.state == "bad" else "info").pale
    surface = Surface(fill=pale, radius=kit.px(22)) if now else None
    row = (_rail(kit, stages, index), inner)
    return Box(
        children=row, axis="x", gap=kit.px(22), pad=kit.pad(14, 0), cross="stretch", surface=surface, key=stage.label
    )


def _rail(kit: Kit, stages: tuple[Stage, ...], index: int) -> Box:
    stage, side = stages[index], 72 if kit.elder else 60
    icon, strong, _ = SIGNS.get(stage.state, ("", "", ""))
    if strong:
        mark = kit.icon_disc(stage.icon or icon, side, strong, colours.WHITE, 0.6)
    else:
        mark = kit.disc(str(index + 1), side, colours.WHITE, colours.SECOND, "#8A9ABA")
    before = _line_piece(kit, index > 0, stage.state != "ahead")
    after = _line_piece(kit, index + 1 < len(stages), stage.state == "done")
    return Box(children=(before, mark, after), axis="y", cross="center", width=kit.px(side))


def _line_piece(kit: Kit, drawn: bool, walked: bool) -> Box:
    surface = Surface(fill=colours.GREEN if walked else "#C3CEE0") if drawn else None
    return Box(surface=surface, width=kit.px(4), grow=1)


def _hint(body: PrintingBody, kit: Kit) -> Box:
    """What to do next, in the strongest colour of the screen."""
    good = body.tone == "good"
    fill, second = (colours.GREEN, colours.GREEN_DEEP) if good else ("#8A4D00", "#6B3B00")
    surface = Surface(fill=fill, fill2=second, radius=kit.px(28))
    mark = Box(
        children=(
            Icon(name="tray" if good else "headset", size=kit.px(72 if kit.wide else 84), colour=fill, duo=0.25),
        ),
        axis="y",
        main="center",
        cross="center",
        width=kit.px(110 if kit.wide else 130),
        height=kit.px(110 if kit.wide else 130),
        surface=Surface(fill=colours.WHITE, radius=kit.px(28)),
    )
    words = kit.column(
        kit.text("heading", body.hint_title, colours.WHITE), kit.text("body", body.hint, colours.WHITE), gap=6, grow=1
    )
    return Box(
        children=(mark, words),
        axis="x",
        gap=kit.px(28),
        cross="center",
        pad=kit.pad(30, 24),
        surface=surface,
        key="hint",
    )
