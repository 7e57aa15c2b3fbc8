"""The first screen: what can be done here, how, and what becomes of one's data."""

from __future__ import annotations

from flows.events import ItemChosen
from kiosk import theme as colours
from kiosk.faces import HomeBody, ItemTile
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box, Node, Press, Surface

FEW = 2


def page(body: HomeBody, kit: Kit) -> Page:
    notice = kit.told(body.notice_tone, body.notice) if body.notice else kit.space()
    items = kit.column(_heading(kit, body.items_title), _items(body, kit), gap=18)
    how = _how(body, kit)
    content = kit.split(items, how, 1.15) if kit.wide else kit.column(how, items, gap=26)
    rows = kit.column(content, notice, gap=22)
    return Page("home", rows, hero=True)


def banner(body: HomeBody, kit: Kit) -> Box:
    """Title and greeting, in the header."""
    logo = kit.icon_disc("hall", 112, colours.WHITE, colours.PRIMARY_DEEP, 0.62, radius=26)
    words = kit.column(
        kit.text("title", body.title, colours.WHITE, shrink=0.7),
        kit.text("body", body.subtitle, "#E3EDFF", lines=2),
        grow=1,
    )
    return kit.row(logo, words, gap=28)


def _heading(kit: Kit, text: str) -> Box:
    mark = Box(surface=Surface(fill=colours.PRIMARY, radius=kit.px(4)), width=kit.px(8), height=kit.px(40))
    return kit.row(mark, kit.text("heading", text, grow=1), gap=18)


def _how(body: HomeBody, kit: Kit) -> Box:
    """The card on its reader beside the steps of a visit, and the promise about data under them."""
    steps = [
        kit.row(kit.disc(str(n), 52 if kit.elder else 44, colours.PRIMARY, colours.WHITE), kit.text("body", line, grow=1), gap=18)
        for n, line in enumerate(body.how, 1)
    ]
    words = kit.column(kit.text("heading", body.how_title), *steps, gap=14, grow=1)
    privacy = kit.row(kit.icon("shield_full", 40, colours.GREEN), kit.text("caption", body.privacy, colours.GREEN_DEEP, grow=1), gap=12)
    return kit.card(kit.row(kit.picture("reader", 260, 240), words, gap=30), kit.rule(), privacy, gap=20)


def _items(body: HomeBody, kit: Kit) -> Box:
    few = len(body.items) <= FEW
    across = 1 if few else 2 if kit.elder or kit.wide else 3
    rows = []
    for start in range(0, len(body.items), across):
        part = list(enumerate(body.items))[start : start + across]
        cells: list[Node] = [_tile(kit, item, n, few) for n, item in part]
        cells += [Box(grow=1)] * (across - len(cells))
        rows.append(kit.row(*cells, gap=20, cross="stretch"))
    return kit.column(*rows, gap=20)


def _tile(kit: Kit, item: ItemTile, place: int, few: bool) -> Box:
    first, second = colours.TILES[place % len(colours.TILES)] if item.enabled else ("#5E6B82", "#49556C")
    surface = Surface(fill=first, fill2=second, radius=kit.px(28), art="tile")
    sign = kit.icon(item.icon, 104 if few else 72, colours.WHITE, 0.3)
    words = kit.column(
        kit.text("title" if few else "heading", item.name, colours.WHITE, lines=2, shrink=0.62),
        kit.text("body", item.summary, colours.WHITE),
        *((kit.row(kit.icon("info", 36, colours.AMBER), kit.text("body", item.why_not, "#FFE3A8", grow=1), gap=12),) if item.why_not else ()),
        gap=10,
        grow=1 if few else 0,
    )
    arrow = (kit.icon_disc("right", 72, "#FFFFFF", first, 0.6),) if few and item.enabled else ()
    return Box(
        children=(sign, words, *arrow),
        axis="x" if few else "y",
        gap=kit.gap(30 if few else 16),
        pad=kit.pad(36 if few else 24, 40 if few else 26),
        cross="center" if few else "stretch",
        surface=surface,
        press=Press(f"item.{item.item}", ItemChosen(item.item), item.enabled),
        grow=1,
        least=kit.px(230),
        key=item.item,
    )
