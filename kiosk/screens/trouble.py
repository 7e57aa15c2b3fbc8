"""Something went wrong: what it is, what is safe, and the ways on."""

from __future__ import annotations

from flows.events import Event, HelpPressed, HomePressed, RetryPressed, RouteChosen
from kiosk import theme as colours
from kiosk.faces import TroubleBody, Way
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box, Node, Press, Surface

WAYS: dict[str, Event] = {
    "retry": RetryPressed(),
    "home": HomePressed(),
    "help": HelpPressed(),
    "normal": RouteChosen(False),
}


def page(body: TroubleBody, kit: Kit) -> Page:
    parts: list[Node] = [_what(body, kit)]
    if body.kept:
        parts.append(_kept(body, kit))
    if body.keep_code:
        parts.append(_keep(body, kit))
    ways = kit.column(kit.text("heading", body.ways_title), *(_way(kit, way) for way in body.ways), gap=18)
    code = kit.text("caption", body.code, colours.SECOND, align="right")
    return Page("trouble", kit.column(kit.split(kit.column(*parts, gap=20), ways, gap=34), code, gap=20))


def _what(body: TroubleBody, kit: Kit) -> Box:
    tile = kit.icon_disc(body.icon or "wrench", 124, colours.AMBER_PALE, colours.BROWN, 0.64, radius=32)
    badge = Box(
        children=(kit.icon("exclaim", 50, colours.RED),),
        axis="y",
        surface=Surface(fill=colours.WHITE, radius=kit.px(27)),
        width=kit.px(54),
        height=kit.px(54),
        main="center",
        cross="center",
    )
    corner = Box(children=(badge,), axis="y", main="end", cross="end", width=kit.px(144), height=kit.px(144))
    mark = Box(children=(tile, corner), axis="z", cross="start", main="start", width=kit.px(144), height=kit.px(144))
    words = kit.column(
        kit.text("title", body.title, shrink=0.76, lines=2),
        kit.text("label", body.text, colours.SECOND, bold=False),
        gap=12,
        grow=1,
    )
    return kit.card(kit.row(mark, words, gap=26, cross="start"), pad=kit.pad(32, 34))


def _kept(body: TroubleBody, kit: Kit) -> Box:
    shade = colours.tone("good")
    cells = [
        kit.row(
            kit.icon("check_circle", 44, shade.strong),
            kit.text("label", line, shade.ink, shrink=0.8, grow=1),
            gap=12,
            grow=1,
        )
        for line in body.kept
    ]
    return kit.band("good", *cells, axis="y" if kit.elder else "x", cross="stretch" if kit.elder else "center")


def _keep(body: TroubleBody, kit: Kit) -> Box:
    surface = Surface(fill=colours.PRIMARY_DEEP, fill2="#0C3A85", radius=kit.px(26))
    plate = Surface(fill=colours.WHITE, radius=kit.px(20))
    code = kit.text("heading", body.keep_code, colours.PRIMARY_DEEP, align="center", shrink=0.6)
    shown = Box(children=(code,), axis="y", main="center", pad=kit.pad(24, 16), surface=plate, grow=2)
    return Box(
        children=(kit.text("label", body.keep_label, colours.WHITE, grow=1), shown),
        axis="x",
        gap=kit.px(20),
        cross="center",
        pad=kit.pad(32, 24),
        surface=surface,
    )


def _way(kit: Kit, way: Way) -> Box:
    red = way.id == "help"
    ground, ink = (colours.RED_PALE, colours.RED) if red else (colours.PRIMARY_PALE, colours.PRIMARY)
    words = kit.column(kit.text("heading", way.label), kit.text("body", way.text, colours.SECOND), gap=2, grow=1)
    return kit.card(
        kit.icon_disc(way.icon or "arrow_right", 96, ground, ink, 0.62, radius=26),
        words,
        kit.icon("right", 46, ink),
        axis="x",
        gap=26,
        cross="center",
        edge="#F0B9BC" if red else "#C9D6EA",
        press=Press(f"way.{way.id}", WAYS[way.id]),
        key=way.id,
        least=max(kit.px(150), kit.theme.target),
    )
