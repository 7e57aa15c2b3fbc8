"""The first screen: what can be done here, how, and what becomes of one's data."""

from __future__ import annotations

from flows.events import ElderSwitched, ItemChosen
from kiosk import theme as colours
from kiosk.faces import Chrome, HomeBody, ItemTile
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box, Node, Press, Surface

FEW = 2


def page(body: HomeBody, kit: Kit) -> Page:
    notice = (kit.told(body.notice_tone, body.notice),) if body.notice else ()
    items = kit.column(_heading(kit, body.items_title), _items(body, kit), gap=18, grow=1)
    how = _how(body, kit)
    if kit.wide:
        beside = kit.row(items, kit.column(how, *notice, gap=22, grow=0.9), gap=30, cross="stretch", grow=1)
        return Page("home", beside, hero=True)
    return Page("home", kit.column(how, items, *notice, gap=24, grow=1), hero=True)


def banner(body: HomeBody, chrome: Chrome, kit: Kit) -> Box:
    """Title, greeting, and the switch to large type in a colour of its own."""
    logo = kit.icon_disc("hall", 112, colours.WHITE, colours.PRIMARY_DEEP, 0.62, radius=26)
    words = kit.column(
        kit.text("title", body.title, colours.WHITE, shrink=0.56),
        kit.text("body", body.subtitle, "#E3EDFF", lines=2, shrink=0.8),
        grow=1,
    )
    return kit.row(logo, words, _elder(chrome, kit), gap=26)


def _elder(chrome: Chrome, kit: Kit) -> Box:
    surface = Surface(fill=colours.AMBER, fill2=colours.AMBER_DEEP, radius=kit.px(52), shadow="button")
    ink = "#4A2A00"
    children = (kit.icon("glasses", 52, ink, 0.35), kit.text("label", chrome.bar.elder, ink))
    press = Press("home.elder", ElderSwitched(not chrome.elder))
    pad = (kit.px(28), 0.0, kit.px(34), 0.0)
    return Box(
        children=children,
        axis="x",
        gap=kit.px(14),
        pad=pad,
        cross="center",
        surface=surface,
        press=press,
        least=kit.px(104),
        key="elder",
    )


def _heading(kit: Kit, text: str) -> Box:
    mark = Box(surface=Surface(fill=colours.PRIMARY, radius=kit.px(4)), width=kit.px(8), height=kit.px(40))
    return kit.row(mark, kit.text("heading", text, grow=1), gap=18)


def _how(body: HomeBody, kit: Kit) -> Box:
    """The card on its reader beside the steps of a visit, and the promise about data under them."""
    steps = [
        kit.bullet(
            kit.disc(str(n), 52 if kit.elder else 46, colours.PRIMARY, colours.WHITE),
            kit.text("body", line, grow=1),
            gap=18,
        )
        for n, line in enumerate(body.how, 1)
    ]
    title = kit.text("heading", body.how_title, grow=1)
    privacy = kit.row(
        kit.icon("shield_full", 40, colours.GREEN),
        kit.text("caption", body.privacy, colours.GREEN_DEEP, grow=1),
        gap=12,
    )
    if kit.wide:
        return kit.card(kit.row(title, kit.picture("reader", 210, 180), gap=20), *steps, kit.rule(), privacy, gap=16)
    words = kit.column(title, *steps, gap=14, grow=1)
    return kit.card(kit.row(kit.picture("reader", 290, 260), words, gap=36), kit.rule(), privacy, gap=22)


def _items(body: HomeBody, kit: Kit) -> Box:
    across = 1 if len(body.items) <= FEW else 2 if kit.elder or kit.wide else 3
    rows = []
    for start in range(0, len(body.items), across):
        part = list(enumerate(body.items))[start : start + across]
        cells: list[Node] = [_tile(kit, item, place, len(body.items)) for place, item in part]
        cells += [Box(grow=1)] * (across - len(cells))
        rows.append(kit.row(*cells, gap=20, cross="stretch", grow=1))
    return kit.column(*rows, gap=20, grow=1)


def _tile(kit: Kit, item: ItemTile, place: int, count: int) -> Box:
    """One thing that can be done here; alone on the screen it is told at length."""
    few = count <= FEW
    first, second = colours.TILES[place % len(colours.TILES)] if item.enabled else ("#5E6B82", "#49556C")
    surface = Surface(fill=first, fill2=second, radius=kit.px(28), art="tile", shadow="card")
    words: list[Node] = [kit.text("title" if few else "heading", item.name, colours.WHITE, lines=2, shrink=0.62)]
    words.append(kit.text("label" if few else "body", item.summary, colours.WHITE, bold=False))
    if item.why_not:
        words.append(
            kit.bullet(kit.icon("info", 36, colours.AMBER), kit.text("body", item.why_not, "#FFE3A8", grow=1), gap=12)
        )
    sign = kit.icon(item.icon, (96 if kit.wide else 132) if few else 76, colours.WHITE, 0.3)
    go = (_start(kit, item, few, first),) if item.enabled else ()
    inside = Box(
        children=(kit.row(sign, Box(grow=1), *go, cross="start"), Box(grow=1), *words),
        axis="y",
        gap=kit.gap(14),
        pad=kit.pad(44 if few else 26, 40 if few else 28),
    )
    return Box(
        children=(*(_watermark(kit, item.icon) if few else ()), inside),
        axis="z",
        surface=surface,
        press=Press(f"item.{item.item}", ItemChosen(item.item), item.enabled),
        grow=1,
        least=kit.px(260),
        key=item.item,
    )


def _start(kit: Kit, item: ItemTile, few: bool, ink: str) -> Box:
    """Says that the tile is to be pressed; among many tiles an arrow has to do."""
    if not few or not item.go_label:
        return kit.icon_disc("right", 84 if few else 60, colours.WHITE, ink, 0.6)
    height = kit.px(104 if kit.elder else 88)
    children = (kit.text("heading", item.go_label, ink), kit.icon("right", 46, ink))
    pad = (kit.px(38), 0.0, kit.px(26), 0.0)
    surface = Surface(fill=colours.WHITE, radius=height // 2)
    return Box(children=children, axis="x", gap=kit.px(8), pad=pad, cross="center", surface=surface, height=height)


def _watermark(kit: Kit, icon: str) -> tuple[Node, ...]:
    """A large faint sign that fills the tile when it stands alone."""
    sign = kit.icon(icon, 360, "#FFFFFF1C", 0.6)
    return (Box(children=(sign,), axis="y", main="center", cross="end", pad=(0, 0, kit.px(150), kit.px(60))),)
