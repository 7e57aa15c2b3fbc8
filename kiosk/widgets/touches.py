"""Fingers on the glass. A press counts when it begins and ends in the same target, and not twice in a moment.

Targets are rectangles in window pixels, y down; the last one is on top. The same list is what tests and the robot see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from core.wire import Stroke
from flows.events import StrokeDrawn, Touched
from kiosk.widgets.layout import Rect
from kiosk.widgets.nodes import Action, Press

PAUSE_S = 0.3
"""After a press counted, the next one must wait: shaking hands tap twice."""
SLOP = 22
"""Points a finger may wander before a press in a scroll area becomes a scroll."""
STILL_HERE_S = 1.0
FELT = 3.0


@dataclass(frozen=True, slots=True)
class Target:
    """``area``: the scroll area it lies in, or empty. ``seen``: it can be reached now. ``draws``: a signing box."""

    press: Press
    rect: Rect
    path: str
    area: str = ""
    seen: bool = True
    draws: bool = False

    def at(self, x: float, y: float) -> bool:
        rect = self.rect
        return self.seen and rect.x <= x < rect.x + rect.w and rect.y <= y < rect.y + rect.h


@dataclass(frozen=True, slots=True)
class Seen:
    """What is on the glass now, for tests and the robot.

    ``count`` rises with every change; ``drawn`` is the count the last finished frame showed; ``ready``: a press would count.
    """

    screen: str
    count: int
    drawn: int
    ready: bool
    targets: tuple[Target, ...]


class Surroundings(Protocol):
    """What touches need from the glass: what lies where, and what to do."""

    def target_at(self, x: float, y: float) -> Target | None: ...

    def area_at(self, x: float, y: float) -> str: ...

    def pressed(self, path: str, down: bool) -> None: ...

    def scrolled(self, area: str, by: float) -> None: ...

    def drawing(self, path: str, points: list[tuple[float, float]]) -> None: ...

    def act(self, action: Action) -> None: ...


class Touches:
    """One finger at a time; a second one is ignored until the first is gone."""

    def __init__(self, glass: Surroundings, now: Callable[[], float], unit: Callable[[], float]) -> None:
        self._glass = glass
        self._now = now
        self._unit = unit
        self._finger: object | None = None
        self._target: Target | None = None
        self._start = (0.0, 0.0)
        self._last_y = 0.0
        self._area = ""
        self._points: list[tuple[float, float]] = []
        self._felt: list[tuple[float, float]] = []
        self._acted_at = self._told_at = -1e9

    @property
    def ready(self) -> bool:
        """A press would count now."""
        return self._finger is None and self._now() - self._acted_at >= PAUSE_S

    def forget(self) -> None:
        self._points, self._felt = [], []

    def down(self, finger: object, x: float, y: float) -> None:
        if self._finger is not None:
            return
        self._finger, self._start, self._last_y = finger, (x, y), y
        self._target, self._area = self._glass.target_at(x, y), self._glass.area_at(x, y)
        if self._target and self._target.draws:
            self._begin_line(x, y)
        elif self._target and self._target.press.enabled:
            self._glass.pressed(self._target.path, True)
        self._still_here()

    def move(self, finger: object, x: float, y: float) -> None:
        if finger is not self._finger:
            return
        if self._points:
            self._draw_to(x, y)
        elif self._area and (self._target is None or abs(y - self._start[1]) > SLOP * self._unit()):
            self._let_go()
            self._glass.scrolled(self._area, self._last_y - y)
            self._last_y = y

    def felt_down(self, x: float, y: float) -> None:
        """A finger came down here; ``down`` follows, with the frame."""
        self._felt = [(x, y)]

    def felt_move(self, x: float, y: float) -> None:
        if self._points:
            self._draw_to(x, y)
        elif self._felt:
            self._felt.append((x, y))

    def up(self, finger: object, x: float, y: float) -> None:
        if finger is not self._finger:
            return
        target, self._finger = self._target, None
        if target and self._points:
            self._finish(target)
        elif target:
            self._let_go()
            self._press(target, x, y)

    def _begin_line(self, x: float, y: float) -> None:
        """With all that was felt before the frame told us of the finger."""
        felt, self._felt = self._felt or [(x, y)], []
        self._points = felt[:1]
        for point in (*felt[1:], (x, y)):
            self._draw_to(*point)
        if self._target:
            self._glass.drawing(self._target.path, self._points)

    def _press(self, target: Target, x: float, y: float) -> None:
        over = self._glass.target_at(x, y)
        if over is None or over.press != target.press or not over.press.enabled:
            return
        if not target.press.quick and self._now() - self._acted_at < PAUSE_S:
            return
        if not target.press.quick:
            self._acted_at = self._now()
        self._glass.act(target.press.action)

    def _let_go(self) -> None:
        if self._target:
            self._glass.pressed(self._target.path, False)
        self._target = None

    def _draw_to(self, x: float, y: float) -> None:
        last = self._points[-1]
        if self._target and max(abs(x - last[0]), abs(y - last[1])) >= FELT:
            self._points.append((x, y))
            self._glass.drawing(self._target.path, self._points)

    def _finish(self, target: Target) -> None:
        points, self._points, self._target = self._points, [], None
        box = target.rect
        placed = tuple(_thousandths(point, box) for point in points)
        self._glass.act(StrokeDrawn(Stroke(points=placed, aspect=round(box.w / box.h, 3))))

    def _still_here(self) -> None:
        if self._now() - self._told_at >= STILL_HERE_S:
            self._told_at = self._now()
            self._glass.act(Touched())


def _thousandths(point: tuple[float, float], rect: Rect) -> tuple[int, int]:
    x, y = (point[0] - rect.x) / rect.w * 1000, (point[1] - rect.y) / rect.h * 1000
    return round(min(1000.0, max(0.0, x))), round(min(1000.0, max(0.0, y)))
