"""Keeps painters in step with a placed tree: same path and kind, same painter; what is gone is closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kivy.graphics import InstructionGroup, PopMatrix, PushMatrix, ScissorPop, ScissorPush, Translate

from kiosk.widgets.layout import Placed, Rect
from kiosk.widgets.live import LIVE, SignaturePainter
from kiosk.widgets.nodes import Area, Box, Live, Press
from kiosk.widgets.painters import PLAIN, Painter, of_kind
from kiosk.widgets.touches import Target


@dataclass(frozen=True, slots=True)
class Found:
    """One node on its way to the glass. ``clip``: the scroll area's window, in window pixels."""

    path: str
    placed: Placed
    area: str


def found(placed: Placed, path: str = "", area: str = "") -> Iterator[Found]:
    """Every node in drawing order, with a path that stays the same as long as its keys do."""
    yield Found(path, placed, area)
    inside = path if isinstance(placed.node, Area) else area
    for index, child in enumerate(placed.children):
        where = f"{path}/{child.node.key or index}"
        strip = isinstance(placed.node, Area) and index == 1
        yield from found(child, where, area if strip else inside)


class Layer:
    """All that is on the glass, and what of it can be pressed."""

    def __init__(self, canvas: InstructionGroup) -> None:
        self._canvas = canvas
        self._painters: dict[str, Painter] = {}
        self._shifts: dict[str, Translate] = {}
        self._order: list[str] = []
        self._windows: dict[str, tuple[Rect, float]] = {}
        self._offsets: dict[str, float] = {}
        self._targets: list[Target] = []
        self._modal = ""
        self._height = 0.0

    def show(self, placed: Placed, unit: float) -> None:
        """Draw what changed of ``placed``, whose rectangle is the window."""
        everything = list(found(placed))
        self._height = placed.rect.h
        self._windows = {one.path: _window(one.placed) for one in everything if isinstance(one.placed.node, Area)}
        self._offsets = {path: self._kept(path) for path in self._windows}
        self._modal = next((one.path for one in everything if getattr(one.placed.node, "modal", False)), "")
        drawn = [one for one in everything if _visible(one.placed)]
        self._refresh(drawn, unit)
        self._presses = [one for one in everything if getattr(one.placed.node, "press", None)]
        self._retarget()

    def _refresh(self, drawn: list[Found], unit: float) -> None:
        order = [f"{one.path}:{type(one.placed.node).__name__}:{getattr(one.placed.node, 'kind', '')}" for one in drawn]
        for gone in self._painters.keys() - set(order):
            self._painters.pop(gone).close()
        for name, one in zip(order, drawn, strict=True):
            if name not in self._painters:
                self._painters[name] = _painter(one.placed)
            self._painters[name].show(one.placed, self._height, unit)
        windows = list(self._windows.items())
        if [*order, *map(str, windows)] != self._order:
            self._order = [*order, *map(str, windows)]
            self._assemble(order, drawn)
        self._names = dict(zip((one.path for one in drawn), order, strict=True))

    def _assemble(self, order: list[str], drawn: list[Found]) -> None:
        """Put the painters' groups on the canvas in order; those of an area inside its window."""
        self._canvas.clear()
        self._shifts = {}
        at = ""
        for name, one in zip(order, drawn, strict=True):
            if one.area != at:
                self._leave(at)
                self._enter(one.area)
                at = one.area
            self._canvas.add(self._painters[name].group)
        self._leave(at)

    def _enter(self, area: str) -> None:
        if not area:
            return
        rect, _ = self._windows[area]
        low = self._height - rect.y - rect.h
        shift = self._shifts.setdefault(area, Translate(0, 0, 0))
        self._canvas.add(ScissorPush(x=int(rect.x), y=int(low), width=round(rect.w), height=round(rect.h)))
        self._canvas.add(PushMatrix())
        self._canvas.add(shift)
        self._shift(area)

    def _leave(self, area: str) -> None:
        if area:
            self._canvas.add(PopMatrix())
            self._canvas.add(ScissorPop())

    def _shift(self, area: str) -> None:
        rect, _ = self._windows[area]
        if area in self._shifts:
            self._shifts[area].xy = (round(rect.x), -round(rect.y - self._offsets[area]))

    # --- scrolling --------------------------------------------------------------------------

    def _kept(self, area: str) -> float:
        rect, content = self._windows[area]
        return min(max(0.0, self._offsets.get(area, 0.0)), max(0.0, content - rect.h))

    def scroll(self, area: str, by: float) -> None:
        """Move the content of ``area`` up by ``by`` px, as far as it goes."""
        if area in self._windows:
            self._offsets[area] = self._offsets[area] + by
            self._offsets[area] = self._kept(area)
            self._shift(area)
            self._retarget()

    def reveal(self, area: str, rect: Rect) -> None:
        """Scroll so that ``rect``, in content pixels, is in the window."""
        window, _ = self._windows[area]
        offset = self._offsets[area]
        if rect.y < offset or rect.y + rect.h > offset + window.h:
            self.scroll(area, rect.y + rect.h / 2 - window.h / 2 - offset)

    def window(self, area: str) -> Rect:
        return self._windows[area][0]

    def offset(self, area: str) -> float:
        return self._offsets[area]

    def area_at(self, x: float, y: float) -> str:
        inside = (a for a, (r, c) in self._windows.items() if _in(r, x, y) and c > r.h and a.startswith(self._modal))
        return next(inside, "")

    def ends(self) -> dict[str, tuple[bool, bool]]:
        """By key of every area that can be scrolled: is its top in sight, is its foot."""
        return {
            area.rsplit("/", 1)[-1]: (self._offsets[area] < 1, self._offsets[area] > content - rect.h - 1)
            for area, (rect, content) in self._windows.items()
            if content > rect.h
        }

    def areas(self) -> tuple[str, ...]:
        return tuple(self._windows)

    # --- targets ----------------------------------------------------------------------------

    def _retarget(self) -> None:
        self._targets = [self._target(one) for one in self._presses]

    def _target(self, one: Found) -> Target:
        press, rect, seen = of_kind(getattr(one.placed.node, "press", None), Press), one.placed.rect, True
        if one.area:
            window = self._windows[one.area][0]
            rect = Rect(rect.x + window.x, rect.y + window.y - self._offsets[one.area], rect.w, rect.h)
            seen = _in(window, rect.x + rect.w / 2, rect.y + rect.h / 2)
        seen = seen and one.path.startswith(self._modal)
        return Target(press, rect, one.path, one.area, seen, isinstance(one.placed.node, Live))

    def targets(self) -> tuple[Target, ...]:
        return tuple(self._targets)

    def target_at(self, x: float, y: float) -> Target | None:
        for target in reversed(self._targets):
            if target.at(x, y) and (not target.area or _in(self._windows[target.area][0], x, y)):
                return target
        return None

    def painter(self, path: str) -> Painter | None:
        return self._painters.get(self._names.get(path, ""))

    def drawing(self, path: str, points: list[tuple[float, float]]) -> None:
        painter = self.painter(path)
        if isinstance(painter, SignaturePainter):
            painter.stroke([(x, self._height - y) for x, y in points])

    def close(self) -> None:
        for painter in self._painters.values():
            painter.close()
        self._painters.clear()
        self._canvas.clear()


def _painter(placed: Placed) -> Painter:
    if isinstance(placed.node, Live):
        return LIVE[placed.node.kind]()
    return PLAIN[type(placed.node)]()


def _visible(placed: Placed) -> bool:
    if isinstance(placed.node, Box):
        return placed.node.surface is not None
    return isinstance(placed.node, Live) or type(placed.node) in PLAIN


def _window(placed: Placed) -> tuple[Rect, float]:
    return placed.rect, placed.children[0].rect.h


def _in(rect: Rect, x: float, y: float) -> bool:
    return rect.x <= x < rect.x + rect.w and rect.y <= y < rect.y + rect.h
