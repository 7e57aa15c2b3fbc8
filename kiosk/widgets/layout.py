"""Where everything goes: measures a tree of nodes and gives each its rectangle, in one pass and without a window.

Kivy's own layouts settle over several frames, and its labels drop lines that do not fit without a word. Here a text is
broken by our own rules, shrinks as far as it may, then wraps; what still does not fit is found by ``overflowing``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.widgets.nodes import Area, Box, Icon, Node, Text
from kiosk.widgets.typesetting import Lines, Ruler, Typesetter


@dataclass(frozen=True, slots=True)
class Rect:
    """Pixels from the top left of the layer."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Placed:
    node: Node
    rect: Rect
    children: tuple[Placed, ...] = ()
    lines: Lines | None = None


class Layout:
    """One pass over one tree; sizes are remembered for its length."""

    def __init__(self, ruler: Ruler) -> None:
        self._type = Typesetter(ruler)
        self._known: dict[tuple[int, float], tuple[float, float]] = {}

    def place(self, node: Node, rect: Rect) -> Placed:
        if isinstance(node, Text):
            return Placed(node, rect, lines=self._type.set(node, rect.w))
        if isinstance(node, Box):
            return Placed(node, rect, tuple(self._arranged(node, rect)))
        if isinstance(node, Area):
            return self._scrolling(node, rect)
        return Placed(node, rect)

    def _scrolling(self, area: Area, rect: Rect) -> Placed:
        """The content from 0, 0; with the strip under the window onto it when it does not fit."""
        _, needed = self.measure(area.child, rect.w)
        if needed <= rect.h + 0.5:
            return Placed(area, rect, (self.place(area.child, Rect(0, 0, rect.w, rect.h)),))
        _, strip = self.measure(area.strip, rect.w)
        window = Rect(rect.x, rect.y, rect.w, rect.h - strip)
        content = self.place(area.child, Rect(0, 0, rect.w, needed))
        return Placed(area, window, (content, self.place(area.strip, Rect(rect.x, rect.y + window.h, rect.w, strip))))

    # --- measuring --------------------------------------------------------------------------

    def measure(self, node: Node, width: float) -> tuple[float, float]:
        """The size ``node`` wants when it may be ``width`` wide."""
        width = min(width, node.width) if node.width is not None else width
        key = (id(node), round(width, 1))
        if key not in self._known:
            w, h = self._wanted(node, width)
            w = node.width if node.width is not None else max(w, node.least_width)
            h = node.height if node.height is not None else max(h, node.least)
            self._known[key] = (w, h)
        return self._known[key]

    def _wanted(self, node: Node, width: float) -> tuple[float, float]:
        if isinstance(node, Text):
            lines = self._type.set(node, width)
            return lines.width, lines.pitch * len(lines.lines)
        if isinstance(node, Icon):
            return node.size, node.size
        if isinstance(node, Area):
            return width, node.least
        if isinstance(node, Box):
            return self._wanted_box(node, width)
        return 0.0, 0.0

    def _wanted_box(self, box: Box, width: float) -> tuple[float, float]:
        left, top, right, bottom = box.pad
        inner = max(0.0, width - left - right)
        if box.axis == "x":
            widths = self._widths(box, inner)
            sizes = [self.measure(child, w) for child, w in zip(box.children, widths, strict=True)]
            w = sum(widths) + box.gap * max(0, len(widths) - 1)
            h = max((size[1] for size in sizes), default=0.0)
        else:
            sizes = [self.measure(child, inner) for child in box.children]
            w = max((size[0] for size in sizes), default=0.0)
            total = sum(size[1] for size in sizes) + box.gap * max(0, len(sizes) - 1)
            h = total if box.axis == "y" else max((size[1] for size in sizes), default=0.0)
        return w + left + right, h + top + bottom

    def _widths(self, row: Box, inner: float) -> list[float]:
        """Fixed and natural widths first; what is left is shared by those that grow."""
        room = inner - row.gap * max(0, len(row.children) - 1)
        natural = [0.0 if child.grow else self.measure(child, max(room, 0.0))[0] for child in row.children]
        shares = sum(child.grow for child in row.children)
        left = max(0.0, room - sum(natural))
        if not shares or sum(natural) > room:
            return self._squeezed(natural, room)
        return [left * c.grow / shares if c.grow else w for c, w in zip(row.children, natural, strict=True)]

    @staticmethod
    def _squeezed(widths: list[float], room: float) -> list[float]:
        total = sum(widths)
        return [w * room / total for w in widths] if total > room > 0 else widths

    # --- placing ----------------------------------------------------------------------------

    def _arranged(self, box: Box, rect: Rect) -> Iterator[Placed]:
        left, top, right, bottom = box.pad
        inner = Rect(rect.x + left, rect.y + top, rect.w - left - right, rect.h - top - bottom)
        if box.axis == "x":
            yield from self._in_row(box, inner)
        elif box.axis == "y":
            yield from self._in_column(box, inner)
        else:
            yield from (self.place(child, self._on_top(child, inner, box)) for child in box.children)

    def _in_row(self, row: Box, inner: Rect) -> Iterator[Placed]:
        widths = self._widths(row, inner.w)
        free = inner.w - sum(widths) - row.gap * max(0, len(widths) - 1)
        x, gap = _start(row, inner.x, free, len(widths))
        for child, width in zip(row.children, widths, strict=True):
            height = inner.h if row.cross == "stretch" else min(inner.h, self.measure(child, width)[1])
            yield self.place(child, Rect(x, inner.y + _offset(row.cross, inner.h - height), width, height))
            x += width + gap

    def _in_column(self, column: Box, inner: Rect) -> Iterator[Placed]:
        heights = [self.measure(child, inner.w)[1] for child in column.children]
        free = inner.h - sum(heights) - column.gap * max(0, len(heights) - 1)
        shares = sum(child.grow for child in column.children)
        if shares and free > 0:
            heights = [h + free * c.grow / shares for h, c in zip(heights, column.children, strict=True)]
            free = 0.0
        y, gap = _start(column, inner.y, free, len(heights))
        for child, height in zip(column.children, heights, strict=True):
            width = self._width_in(child, column, inner.w)
            yield self.place(child, Rect(inner.x + _offset(column.cross, inner.w - width), y, width, height))
            y += height + gap

    def _width_in(self, child: Node, column: Box, width: float) -> float:
        if child.width is not None:
            return min(child.width, width)
        return width if column.cross == "stretch" else min(width, self.measure(child, width)[0])

    def _on_top(self, child: Node, inner: Rect, box: Box) -> Rect:
        w, h = self.measure(child, inner.w)
        w = inner.w if box.cross == "stretch" and child.width is None else min(w, inner.w)
        h = inner.h if box.main == "start" and child.height is None and box.cross == "stretch" else min(h, inner.h)
        return Rect(inner.x + _offset(box.cross, inner.w - w), inner.y + _offset(box.main, inner.h - h), w, h)


def _start(box: Box, at: float, free: float, count: int) -> tuple[float, float]:
    """Where the first child goes, and the gap, when ``free`` pixels are left."""
    if free <= 0:
        return at, box.gap
    if box.main == "stretch" and count > 1:
        return at, box.gap + free / (count - 1)
    return at + _offset(box.main, free), box.gap


def _offset(side: str, free: float) -> float:
    return {"center": free / 2, "end": free}.get(side, 0.0)


def every(placed: Placed) -> Iterator[Placed]:
    yield placed
    for child in placed.children:
        yield from every(child)


def overflowing(placed: Placed, slack: float = 1.0) -> Iterator[str]:
    """Whatever sticks out of its place: a text out of its box, a child out of its parent."""
    if placed.lines is not None:
        set_as = placed.lines
        if set_as.width > placed.rect.w + slack or set_as.pitch * len(set_as.lines) > placed.rect.h + slack:
            yield f"text {set_as.lines!r} needs {set_as.width:.0f}x{set_as.pitch * len(set_as.lines):.0f}, has {placed.rect}"
    for child in placed.children:
        if not isinstance(placed.node, Area) and not _within(child.rect, placed.rect, slack):
            yield f"{_called(child.node)} at {child.rect} sticks out of {_called(placed.node)} at {placed.rect}"
        yield from overflowing(child, slack)


def _within(inner: Rect, outer: Rect, slack: float) -> bool:
    return (
        inner.x >= outer.x - slack
        and inner.y >= outer.y - slack
        and inner.x + inner.w <= outer.x + outer.w + slack
        and inner.y + inner.h <= outer.y + outer.h + slack
    )


def _called(node: Node) -> str:
    name = getattr(node, "text", "") or getattr(node, "name", "") or node.key
    return f"{type(node).__name__}({name!r})"
