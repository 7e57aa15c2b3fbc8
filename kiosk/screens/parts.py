"""What every screen is made of, in the sizes of one theme: text, signs, rows, columns, strips, tags, round marks."""

from __future__ import annotations

from typing import Literal, TypedDict, Unpack

from kiosk import theme as colours
from kiosk.theme import Theme
from kiosk.widgets.nodes import Box, Icon, Node, Pads, Picture, Side, Surface, Text

RADIUS = 26
Align = Literal["left", "center", "right"]


class Arranged(TypedDict, total=False):
    """What a row or column may be told, as in ``Box``."""

    pad: Pads
    cross: Side
    main: Side
    grow: float
    key: str
    least: float


class Parts:
    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._unit, self._loose = theme.unit, theme.gap_unit
        self.elder = theme.elder
        self.wide = theme.wide

    def px(self, points: float) -> int:
        return round(points * self._unit)

    def gap(self, points: float) -> int:
        """A distance between things: wider for elders, narrower on a full screen."""
        return round(points * self._loose)

    # --- text -------------------------------------------------------------------------------

    def text(
        self,
        role: str,
        text: str,
        colour: str = colours.INK,
        *,
        align: Align = "left",
        shrink: float = 1.0,
        lines: int = 0,
        grow: float = 0.0,
        bold: bool | None = None,
        key: str = "",
    ) -> Text:
        kind = self.theme.type(role)
        if bold is not None:
            kind = type(kind)(kind.size, bold, kind.pitch)
        return Text(text=text, type=kind, colour=colour, align=align, shrink=shrink, lines=lines, grow=grow, key=key)

    def icon(self, name: str, points: float, colour: str = colours.PRIMARY, duo: float = 0.22) -> Icon:
        return Icon(name=name, size=self.px(points), colour=colour, duo=duo)

    def picture(self, name: str, width: float, height: float) -> Picture:
        """Pictures give way first when a screen is full."""
        scale = min(1.0, self.theme.tight) ** 1.5
        return Picture(name=name, width=self.px(width * scale), height=self.px(height * scale))

    def bullet(self, sign: Node, text: Text, gap: float = 16) -> Box:
        """A sign in the middle of the first line of a text that may have several."""
        line = Box(children=(sign,), axis="y", main="center", height=round(text.type.pitch * text.type.size))
        return self.row(line, text, gap=gap, cross="start")

    # --- boxes ------------------------------------------------------------------------------

    def column(self, *children: Node, gap: float = 0, **told: Unpack[Arranged]) -> Box:
        return Box(children=children, axis="y", gap=self.gap(gap), **told)

    def row(self, *children: Node, gap: float = 0, **told: Unpack[Arranged]) -> Box:
        """Children stand in the middle of the row's height unless told otherwise."""
        told.setdefault("cross", "center")
        return Box(children=children, axis="x", gap=self.gap(gap), **told)

    def pad(self, x: float, y: float) -> Pads:
        return (self.px(x), self.gap(y), self.px(x), self.gap(y))

    def band(
        self,
        tone: str,
        *children: Node,
        key: str = "",
        grow: float = 0,
        axis: Literal["x", "y"] = "x",
        gap: float = 18,
        main: Side = "start",
        cross: Side = "center",
    ) -> Box:
        """A coloured strip without a shadow, for what must be noticed but not pressed."""
        surface = Surface(fill=colours.tone(tone).pale, radius=self.px(20))
        return Box(
            children=children,
            axis=axis,
            gap=self.gap(gap),
            pad=self.pad(26, 20),
            surface=surface,
            key=key,
            grow=grow,
            main=main,
            cross=cross,
        )

    def space(self, points: float = 0, grow: float = 0) -> Box:
        return Box(height=self.gap(points) if points else None, grow=grow)

    def rule(self) -> Box:
        return Box(surface=Surface(fill=colours.LINE), height=max(1, self.px(2)))

    def told(self, tone: str, text: str, icon: str = "", role: str = "body") -> Box:
        """A sentence in a coloured strip with its sign."""
        shade = colours.tone(tone)
        sign = self.icon(icon or colours.ICON_FOR_TONE[tone], 44 if not self.elder else 54, shade.strong)
        return self.band(tone, sign, self.text(role, text, shade.ink, grow=1))

    def tag(self, label: str, icon: str, tone: str) -> Box:
        """A small pill that says where a value comes from."""
        shade = colours.tone("typed" if tone == "plain" and icon == "pencil" else tone)
        height = self.px(60 if self.elder else 46)
        sign = (self.icon(icon, 38 if self.elder else 30, shade.ink),) if icon else ()
        text = self.text("caption", label, shade.ink)
        surface = Surface(fill=shade.pale, radius=height // 2)
        return Box(
            children=(*sign, text),
            axis="x",
            gap=self.px(8),
            pad=(self.px(18), 0, self.px(18), 0),
            cross="center",
            surface=surface,
            height=height,
        )

    def disc(self, label: str, points: float, ground: str, ink: str, edge: str = "") -> Box:
        """A round mark with a number in it."""
        side = self.px(points)
        surface = Surface(fill=ground, radius=side // 2, edge=edge, edge_width=self.px(3))
        size = self.px(max(points * 0.52, 28 if self.elder else 24))
        text = Text(text=label, type=type(self.theme.type("label"))(size, True, 1.2), colour=ink, align="center")
        return Box(children=(text,), axis="y", main="center", surface=surface, width=side, height=side)

    def icon_disc(
        self, icon: str, points: float, ground: str, ink: str, scale: float = 0.6, radius: float | None = None
    ) -> Box:
        side = self.px(points)
        round_by = side // 2 if radius is None else self.px(radius)
        surface = Surface(fill=ground, radius=round_by)
        return Box(
            children=(self.icon(icon, points * scale, ink),),
            axis="y",
            main="center",
            cross="center",
            surface=surface,
            width=side,
            height=side,
        )
