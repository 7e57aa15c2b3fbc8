"""Draws one placed node each, and draws again only when it changed. Kivy counts y from below; layers from above."""

from __future__ import annotations

from typing import TypeVar

from kivy.core.text import Label
from kivy.graphics import BorderImage, Color, InstructionGroup, Rectangle
from kivy.graphics.texture import Texture

from kiosk import fonts
from kiosk.art.surfaces import SHADOWS
from kiosk.theme import rgba
from kiosk.widgets import textures
from kiosk.widgets.layout import Placed, Rect
from kiosk.widgets.nodes import Box, Icon, Picture, Surface, Text
from kiosk.widgets.typesetting import Lines

Kind = TypeVar("Kind")
PRESSED = 0.86
"""How much darker a surface is under the finger."""


class Painter:
    """One node on the glass. ``group`` is what it adds to the canvas; ``height`` of the layer turns y round."""

    def __init__(self) -> None:
        self.group = InstructionGroup()
        self.seen: tuple[object, ...] | None = None

    def show(self, placed: Placed, height: float, unit: float) -> None:
        seen = (self.look(placed), placed.rect, placed.lines, height)
        if seen != self.seen:
            self.seen = seen
            self.group.clear()
            self.draw(placed, _flipped(placed.rect, height), unit)

    def look(self, placed: Placed) -> object:
        return placed.node

    def draw(self, placed: Placed, rect: Rect, unit: float) -> None:
        raise NotImplementedError

    def press(self, down: bool) -> None:
        """The finger is on it, or no longer."""

    def close(self) -> None:
        """Called when its node is gone."""

    def image(self, made: Texture, rect: Rect, colour: str = "#FFFFFF", alpha: float = 1.0) -> None:
        self.group.add(Color(*rgba(colour, alpha)))
        self.group.add(Rectangle(texture=made, pos=(rect.x, rect.y), size=(rect.w, rect.h)))


class TextPainter(Painter):
    def __init__(self) -> None:
        super().__init__()
        self._made: dict[tuple[str, int, bool], Texture] = {}

    def draw(self, placed: Placed, rect: Rect, unit: float) -> None:
        text, set_as = of_kind(placed.node, Text), of_kind(placed.lines, Lines)
        keys = [(line, set_as.size, text.type.bold) for line in set_as.lines]
        self._made = {key: self._made.get(key) or line_texture(*key) for key in keys if key[0]}
        top = rect.y + rect.h - max(0.0, (rect.h - set_as.pitch * len(keys)) / 2)
        for index, key in enumerate(keys):
            if key in self._made:
                self._line(text, self._made[key], key, rect, top - set_as.pitch * (index + 0.5))

    def _line(self, text: Text, made: Texture, key: tuple[str, int, bool], rect: Rect, middle: float) -> None:
        if text.spread:
            self._spread(text, key, rect, middle)
            return
        free = {"center": 0.5, "right": 1.0}.get(text.align, 0.0) * (rect.w - made.width)
        where = Rect(round(rect.x + free), round(middle - made.height / 2), made.width, made.height)
        self.image(made, where, text.colour)

    def _spread(self, text: Text, key: tuple[str, int, bool], rect: Rect, middle: float) -> None:
        line, size, bold = key
        made = [line_texture(char, size, bold) for char in line]
        extra = text.spread * size
        x = rect.x + (rect.w - sum(m.width for m in made) - extra * (len(made) - 1)) / 2
        for char in made:
            self.image(char, Rect(round(x), round(middle - char.height / 2), char.width, char.height), text.colour)
            x += char.width + extra


def line_texture(line: str, size: int, bold: bool) -> Texture:
    """White letters; the colour comes when they are drawn. Kept by nobody but the painter that shows them."""
    label = Label(text=line, font_name=fonts.NAME, font_size=size, bold=bold)
    label.refresh()
    return label.texture


class IconPainter(Painter):
    def draw(self, placed: Placed, rect: Rect, unit: float) -> None:
        icon = of_kind(placed.node, Icon)
        x, y = round(rect.x + (rect.w - icon.size) / 2), round(rect.y + (rect.h - icon.size) / 2)
        self.image(textures.icon(icon.name, icon.size, icon.duo), Rect(x, y, icon.size, icon.size), icon.colour)


class PicturePainter(Painter):
    def draw(self, placed: Placed, rect: Rect, unit: float) -> None:
        name, size = of_kind(placed.node, Picture).name, (max(1, round(rect.w)), max(1, round(rect.h)))
        self.image(textures.picture(name, *size), Rect(round(rect.x), round(rect.y), *size))


class PanelPainter(Painter):
    """A box that has a surface: shadow, ground, edge. When it is a target it darkens under the finger."""

    def __init__(self) -> None:
        super().__init__()
        self._tint: Color | None = None
        self._plain = (1.0, 1.0, 1.0)

    def look(self, placed: Placed) -> object:
        box = of_kind(placed.node, Box)
        return box.surface, box.press is not None and box.press.enabled

    def draw(self, placed: Placed, rect: Rect, unit: float) -> None:
        surface = of_kind(of_kind(placed.node, Box).surface, Surface)
        snapped = Rect(round(rect.x), round(rect.y), round(rect.w), round(rect.h))
        if surface.shadow:
            self._shadow(surface, snapped, unit)
        if surface.fill:
            self._ground(surface, snapped)
        if surface.edge:
            line = max(1, surface.edge_width)
            self.group.add(Color(*rgba(surface.edge)))
            self._sliced(textures.edge(surface.radius, line), snapped, max(surface.radius, line) + 1)

    def _shadow(self, surface: Surface, rect: Rect, unit: float) -> None:
        opacity, blur, fall = SHADOWS[surface.shadow]
        soft = max(1, round(blur * unit))
        room = 2 * soft
        self.group.add(Color(1, 1, 1, 1))
        around = Rect(rect.x - room, rect.y - room - round(fall * unit), rect.w + 2 * room, rect.h + 2 * room)
        self._sliced(textures.shadow(surface.radius, soft, opacity), around, room + surface.radius + 2 * soft)

    def _ground(self, surface: Surface, rect: Rect) -> None:
        if surface.fill2 or surface.art:
            self._tint, self._plain = Color(1, 1, 1, 1), (1.0, 1.0, 1.0)
            self.group.add(self._tint)
            made = textures.ground(surface, int(rect.w), int(rect.h))
            self.group.add(Rectangle(texture=made, pos=(rect.x, rect.y), size=(rect.w, rect.h)))
            return
        self._tint = Color(*rgba(surface.fill))
        self._plain = rgba(surface.fill)[:3]
        self.group.add(self._tint)
        if surface.radius:
            self._sliced(textures.fill(surface.radius), rect, surface.radius + 1)
        else:
            self.group.add(Rectangle(pos=(rect.x, rect.y), size=(rect.w, rect.h)))

    def _sliced(self, made: Texture, rect: Rect, border: float) -> None:
        border = min(border, rect.w / 2, rect.h / 2)
        slices = (border, border, border, border)
        size = (rect.w, rect.h)
        self.group.add(BorderImage(texture=made, border=slices, pos=(rect.x, rect.y), size=size, auto_scale="off"))

    def press(self, down: bool) -> None:
        if self._tint is not None:
            self._tint.rgb = [part * PRESSED for part in self._plain] if down else self._plain


PLAIN: dict[type, type[Painter]] = {Text: TextPainter, Icon: IconPainter, Picture: PicturePainter, Box: PanelPainter}


def of_kind(thing: object, kind: type[Kind]) -> Kind:
    """``thing``, which every painter's place in the table promises to be a ``kind``."""
    if not isinstance(thing, kind):
        raise TypeError(f"{kind.__name__} expected, not {type(thing).__name__}")
    return thing


def _flipped(rect: Rect, height: float) -> Rect:
    return Rect(rect.x, height - rect.y - rect.h, rect.w, rect.h)
