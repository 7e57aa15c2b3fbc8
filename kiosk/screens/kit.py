"""The vocabulary screens are written in: the parts, and everything that can be pressed or scrolled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kiosk import theme as colours
from kiosk.screens.parts import RADIUS, Parts
from kiosk.theme import Theme
from kiosk.widgets.nodes import Action, Area, Box, Node, Pads, Press, Scroll, Side, Surface

Ends = Mapping[str, tuple[bool, bool]]
"""By scroll area: is its top in sight, is its foot."""
BUTTONS = {
    "primary": (colours.PRIMARY, "#0C50BE", colours.WHITE, ""),
    "dark": (colours.SLATE, colours.SLATE_DEEP, colours.WHITE, ""),
    "good": (colours.GREEN, colours.GREEN_DEEP, colours.WHITE, ""),
    "red": ("#DB2C34", colours.RED_DEEP, colours.WHITE, ""),
    "pale": (colours.PRIMARY_PALE, "", colours.PRIMARY_DEEP, ""),
    "line": (colours.WHITE, "", colours.PRIMARY_DEEP, "#7F9CCB"),
    "off": (colours.OFF, "", colours.OFF_INK, ""),
}
"""Ground, second ground, ink and edge of each kind of button."""


class Kit(Parts):
    """Makes nodes in the sizes of one theme. ``ends`` says how far areas are scrolled."""

    def __init__(self, theme: Theme, ends: Ends | None = None) -> None:
        super().__init__(theme)
        self._ends = ends or {}

    def card(
        self,
        *children: Node,
        gap: float = 14,
        pad: Pads | None = None,
        fill: str = colours.CARD,
        edge: str = "",
        edge_width: float = 3,
        shadow: str = "card",
        grow: float = 0,
        key: str = "",
        main: Side = "start",
        cross: Side = "stretch",
        press: Press | None = None,
        axis: Literal["x", "y"] = "y",
        least: float = 0,
    ) -> Box:
        """A white sheet with a soft shadow; a target when it has a ``press``."""
        surface = Surface(fill=fill, radius=self.px(RADIUS), edge=edge, edge_width=self.px(edge_width), shadow=shadow)
        return Box(
            children=children,
            axis=axis,
            gap=self.gap(gap),
            pad=pad or self.pad(30, 26),
            surface=surface,
            grow=grow,
            key=key,
            main=main,
            cross=cross,
            press=press,
            least=least,
        )

    # --- targets ----------------------------------------------------------------------------

    def button(
        self,
        id: str,
        label: str,
        action: Action,
        *,
        kind: str = "primary",
        icon: str = "",
        sub: str = "",
        enabled: bool = True,
        grow: float = 0,
        tall: float = 104,
        role: str = "heading",
        key: str = "",
    ) -> Box:
        """A large button; ``sub`` is a second, smaller line under its label."""
        first, second, ink, edge = BUTTONS[kind if enabled else "off"]
        height = max(self.px(tall * (1.2 if self.elder else 1.0)), self.theme.target)
        surface = Surface(fill=first, fill2=second, radius=self.px(RADIUS), edge=edge, edge_width=self.px(3))
        words: list[Node] = [self.text(role, label, ink, align="left" if sub else "center", shrink=0.7)]
        if sub:
            words.append(self.text("caption", sub, ink, shrink=0.84))
        sign = (self.icon(icon, 54 if sub else 46, ink),) if icon else ()
        middle = self.column(*words, grow=1 if sub else 0)
        return Box(
            children=(*sign, middle),
            axis="x",
            gap=self.px(18),
            pad=self.pad(28, 14),
            cross="center",
            main="center",
            surface=surface,
            press=Press(id, action, enabled),
            grow=grow,
            least=height,
            key=key or id,
        )

    def round_button(self, id: str, icon: str, action: Action) -> Box:
        side = max(self.px(76), self.theme.target)
        surface = Surface(fill=colours.PRIMARY_PALE, radius=side // 2)
        return Box(
            children=(self.icon(icon, 42, colours.PRIMARY_DEEP),),
            axis="y",
            main="center",
            cross="center",
            surface=surface,
            press=Press(id, action),
            width=side,
            height=side,
            key=id,
        )

    def chip(self, label: str, icon: str) -> Box:
        """Looks like a small button; the row around it is the target."""
        height = self.px(64 if self.elder else 50)
        surface = Surface(fill=colours.WHITE, radius=height // 2, edge="#8FB2E8", edge_width=self.px(2))
        children = (self.icon(icon, 30, colours.PRIMARY), self.text("caption", label, colours.PRIMARY_DEEP))
        return Box(
            children=children,
            axis="x",
            gap=self.px(6),
            pad=(self.px(16), 0, self.px(18), 0),
            cross="center",
            surface=surface,
            height=height,
        )

    def plain(self, inner: Node, *, press: Press | None, key: str, pad: Pads, least: float) -> Box:
        """A row without an edge; as a target it answers the finger all the same."""
        surface = Surface(fill=colours.WHITE, radius=self.px(16)) if press else None
        return Box(
            children=(inner,), axis="y", main="center", pad=pad, surface=surface, press=press, key=key, least=least
        )

    def check(self, on: bool) -> Box:
        side = self.px(66 if self.elder else 54)
        surface = Surface(
            fill=colours.PRIMARY if on else colours.WHITE,
            radius=self.px(14),
            edge=colours.PRIMARY if on else "#6B7F9F",
            edge_width=self.px(4),
        )
        sign = (self.icon("check", 42 if self.elder else 36, colours.WHITE),) if on else ()
        return Box(children=sign, axis="y", main="center", cross="center", surface=surface, width=side, height=side)

    def radio(self, on: bool) -> Box:
        side = self.px(60 if self.elder else 48)
        surface = Surface(
            fill=colours.WHITE, radius=side // 2, edge=colours.PRIMARY if on else "#6B7F9F", edge_width=self.px(4)
        )
        sign = (self.icon("dot", 40, colours.PRIMARY),) if on else ()
        return Box(children=sign, axis="y", main="center", cross="center", surface=surface, width=side, height=side)

    # --- arrangements -----------------------------------------------------------------------

    def footer(self, *children: Node, stacked: bool = False) -> Box:
        """What stays in sight above the bar: the way on."""
        margin = self.px(32)
        pad = (margin, self.px(18), margin, self.px(22))
        axis: Literal["x", "y"] = "y" if stacked else "x"
        return Box(children=children, axis=axis, gap=self.px(18), pad=pad, cross="stretch", key="footer")

    def sheet(self, child: Node, width: float = 1100) -> Node:
        """On a wide glass a column of a sensible width."""
        return (
            Box(children=(Box(children=(child,), width=self.px(width)),), axis="y", cross="center")
            if self.wide
            else child
        )

    def chevron(self, name: str, label: str, id: str, action: Action, there: bool) -> Box:
        """``there``: the content ends in that direction."""
        height = max(self.px(84 if self.elder else 66), self.theme.target)
        ink, ground = ("#B4C0D2", colours.PAGE) if there else (colours.PRIMARY, colours.WHITE)
        surface = Surface(
            fill=ground, radius=height // 2, edge="#D3DDEC" if there else "#8FB2E8", edge_width=self.px(2)
        )
        words = (self.text("label", label, ink),) if label else ()
        return Box(
            children=(self.icon(name, 44, ink), *words),
            axis="x",
            gap=self.px(10),
            cross="center",
            main="center",
            surface=surface,
            press=Press(id, action, not there),
            height=height,
            grow=1,
            key=id,
        )

    def scroll(self, child: Node, key: str, aim: str = "", grow: float = 1, labels: tuple[str, str] = ("", "")) -> Area:
        """``child`` in a scroll area with wide arrows under it when it is too high."""
        at_top, at_foot = self._ends.get(key, (True, False))
        up = self.chevron("up", labels[0], f"{key}.up", Scroll(key, -0.8), at_top)
        down = self.chevron("down", labels[1], f"{key}.down", Scroll(key, 0.8), at_foot)
        margin = self.px(32)
        strip = self.row(up, down, gap=20, pad=(margin, self.px(8), margin, self.px(10)))
        return Area(child=child, strip=strip, key=key, aim=aim, grow=grow, least=self.px(200))

    def split(self, left: Node, right: Node, share: float = 1.0, gap: float = 22) -> Box:
        """Side by side on a wide glass, under each other on a high one."""
        if not self.wide:
            return self.column(left, right, gap=gap)
        return self.row(self.column(left, grow=share), self.column(right, grow=1), gap=gap * 1.2, cross="start")
