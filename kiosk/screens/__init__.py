"""From a face to what is on the glass. A screen draws its face and names the events; it holds no text and no rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk import theme as colours
from kiosk.faces import (
    BusyBody,
    CardBody,
    EndingBody,
    Face,
    FormBody,
    GoodbyeBody,
    HomeBody,
    MaterialsBody,
    NoticeBody,
    PledgeBody,
    PrintingBody,
    QuestionBody,
    RateBody,
    ReviewBody,
    SignBody,
    TakeBody,
    TroubleBody,
)
from kiosk.keyboard.draft import Draft
from kiosk.screens import (
    busy,
    card,
    chrome,
    ending,
    form,
    goodbye,
    home,
    materials,
    notice,
    overlay,
    pledge,
    printing,
    question,
    rate,
    review,
    sign,
    take,
    trouble,
)
from kiosk.screens.kit import Ends, Kit
from kiosk.screens.page import Page
from kiosk.theme import Theme
from kiosk.widgets.nodes import Box, Node, Surface

SCREENS: dict[type, tuple[str, Callable[..., Page]]] = {
    HomeBody: ("home", home.page),
    QuestionBody: ("question", question.page),
    EndingBody: ("ending", ending.page),
    NoticeBody: ("notice", notice.page),
    CardBody: ("card", card.page),
    BusyBody: ("busy", busy.page),
    FormBody: ("form", form.page),
    MaterialsBody: ("materials", materials.page),
    PledgeBody: ("pledge", pledge.page),
    SignBody: ("sign", sign.page),
    ReviewBody: ("review", review.page),
    PrintingBody: ("printing", printing.page),
    TakeBody: ("take", take.page),
    RateBody: ("rate", rate.page),
    GoodbyeBody: ("goodbye", goodbye.page),
    TroubleBody: ("trouble", trouble.page),
}


def name(face: Face) -> str:
    """What the screen of ``face`` is called in pictures and by the robot."""
    return SCREENS[type(face.body)][0]


def view(face: Face, theme: Theme, draft: Draft | None, ends: Ends | None = None) -> Node:
    """The whole glass: header, screen, bar, and whatever lies over them."""
    kit, steady = Kit(theme, ends), Kit(theme.tighter(1.0))
    page = _page(face, kit, draft)
    head = _head(face, steady)
    bar = chrome.bar(steady, face.chrome, chrome.is_home(face.body))
    area = _area(page, kit, (face.chrome.bar.up, face.chrome.bar.down))
    front = _wide(head, area, page, bar, kit) if kit.wide else _high(head, area, page, bar, kit)
    over = (overlay.over(face.overlay, steady),) if face.overlay else ()
    return Box(children=(Box(surface=Surface(fill=colours.PAGE)), front, *over), axis="z", key="glass")


def _high(head: Node, area: Node, page: Page, bar: Node, kit: Kit) -> Node:
    below = [node for node in (page.footer, page.panel) if node is not None]
    return kit.column(head, area, *below, bar, key="high")


def _wide(head: Node, area: Node, page: Page, bar: Node, kit: Kit) -> Node:
    left = kit.column(area, *((page.footer,) if page.footer else ()), grow=1)
    parts: list[Node] = [left]
    if page.panel is not None:
        parts.append(Box(children=(page.panel,), axis="z", width=kit.px(960), key="side"))
    rail = Box(children=(bar,), axis="z", width=kit.px(196), key="rail")
    return kit.column(head, kit.row(*parts, rail, cross="stretch", grow=1), key="wide")


def _page(face: Face, kit: Kit, draft: Draft | None) -> Page:
    make: Any = SCREENS[type(face.body)][1]
    return make(face.body, kit, draft) if draft is not None else make(face.body, kit)


def _head(face: Face, kit: Kit) -> Node:
    made = chrome.header_wide(kit, face.chrome) if kit.wide else chrome.header(kit, face.chrome)
    surface = chrome.HEAD
    if isinstance(face.body, HomeBody):
        margin = kit.px(48)
        banner = home.banner(face.body, face.chrome, kit)
        made = kit.column(chrome.status(kit, face.chrome), banner, gap=22, pad=(margin, kit.px(10), margin, kit.px(40)))
        surface = chrome.HERO
    return Box(children=(made,), axis="y", surface=surface, key="head")


def _area(page: Page, kit: Kit, labels: tuple[str, str]) -> Node:
    margin = kit.px(32)
    padded = kit.column(
        page.content, pad=(margin, kit.gap(26), margin, kit.gap(26)), main="center" if page.middle else "start"
    )
    return kit.scroll(padded, page.id, page.aim, labels=labels)
