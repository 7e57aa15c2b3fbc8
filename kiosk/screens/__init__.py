"""From a face to what is on the glass. A screen draws its face and names the events; it holds no text and no rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk import theme as colours
from kiosk.faces import Face, HomeBody, QuestionBody
from kiosk.keyboard.draft import Draft
from kiosk.screens import chrome, home, question
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.theme import Theme
from kiosk.widgets.nodes import Box, Node, Surface

SCREENS: dict[type, tuple[str, Callable[..., Page]]] = {
    HomeBody: ("home", home.page),
    QuestionBody: ("question", question.page),
}


def name(face: Face) -> str:
    """What the screen of ``face`` is called in pictures and by the robot."""
    return SCREENS[type(face.body)][0]


def view(face: Face, theme: Theme, draft: Draft | None) -> Node:
    """The whole glass: header, screen, bar, and whatever lies over them."""
    kit = Kit(theme)
    page = _page(face, kit, draft)
    head = _head(face, kit)
    body = _body(page, kit)
    bar = chrome.bar(kit, face.chrome, chrome.is_home(face.body))
    if kit.wide:
        rest = kit.row(kit.column(*body, grow=1), Box(children=(bar,), width=kit.px(210)), cross="stretch", grow=1)
        front = kit.column(head, rest)
    else:
        front = kit.column(head, *body, bar)
    return Box(children=(Box(surface=Surface(fill=colours.PAGE)), front), axis="z", key="glass")


def _page(face: Face, kit: Kit, draft: Draft | None) -> Page:
    make: Any = SCREENS[type(face.body)][1]
    return make(face.body, kit, draft) if draft is not None else make(face.body, kit)


def _head(face: Face, kit: Kit) -> Node:
    made = chrome.header_wide(kit, face.chrome) if kit.wide else chrome.header(kit, face.chrome)
    surface = chrome.HEAD
    if isinstance(face.body, HomeBody):
        margin = kit.px(48)
        banner = home.banner(face.body, kit)
        made = kit.column(chrome.status(kit, face.chrome), banner, gap=22, pad=(margin, kit.px(10), margin, kit.px(40)))
        surface = chrome.HERO
    return Box(children=(made,), axis="y", surface=surface, key="head")


def _body(page: Page, kit: Kit) -> tuple[Node, ...]:
    margin = kit.px(32)
    padded = kit.column(page.content, pad=(margin, kit.gap(26), margin, kit.gap(26)), main="center" if page.middle else "start")
    area = kit.scroll(padded, page.id, page.aim)
    return (area, page.footer) if page.footer is not None else (area,)
