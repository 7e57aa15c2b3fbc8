"""The few things on a screen that have a life of their own: the countdown ring, the spinner, the signature."""

from __future__ import annotations

from typing import NamedTuple

from kivy.clock import Clock
from kivy.graphics import Color, InstructionGroup, Line, Point, PopMatrix, PushMatrix, Rotate

from core.wire import Stroke
from kiosk import theme
from kiosk.theme import rgba
from kiosk.widgets import textures
from kiosk.widgets.brush import ink
from kiosk.widgets.layout import Placed, Rect
from kiosk.widgets.nodes import Live
from kiosk.widgets.painters import Painter, of_kind

TURNS_PER_SECOND = 10
MOST_DOTS = 2**14 - 8


class RingFacts(NamedTuple):
    seconds: int
    line: int
    colour: str


class SignFacts(NamedTuple):
    strokes: tuple[Stroke, ...]
    width: int


class RingPainter(Painter):
    """What is left of the time; full is the most it has been since it last rose."""

    def __init__(self) -> None:
        super().__init__()
        self._full = self._last = 0

    def draw(self, placed: Placed, rect: Rect, unit: float) -> None:
        facts = of_kind(of_kind(placed.node, Live).facts, RingFacts)
        if facts.seconds > self._last:
            self._full = facts.seconds
        self._last = facts.seconds
        side = int(min(rect.w, rect.h))
        where = Rect(round(rect.x + (rect.w - side) / 2), round(rect.y + (rect.h - side) / 2), side, side)
        self.image(textures.arc(side, facts.line, 1.0), where, theme.LINE)
        self.image(textures.arc(side, facts.line, facts.seconds / max(1, self._full)), where, facts.colour)


class SpinnerPainter(Painter):
    """A quarter of a ring that turns by steps: every step repaints the glass, so there are few."""

    def __init__(self) -> None:
        super().__init__()
        self._turn: Rotate | None = None
        self._clock = Clock.schedule_interval(self._step, 1 / TURNS_PER_SECOND)

    def draw(self, placed: Placed, rect: Rect, unit: float) -> None:
        side = int(min(rect.w, rect.h))
        where = Rect(round(rect.x + (rect.w - side) / 2), round(rect.y + (rect.h - side) / 2), side, side)
        line = max(4, side // 12)
        self.image(textures.arc(side, line, 1.0), where, theme.LINE)
        self._turn = Rotate(angle=0, axis=(0, 0, 1), origin=(where.x + side / 2, where.y + side / 2))
        self.group.add(PushMatrix())
        self.group.add(self._turn)
        self.image(textures.arc(side, line, 0.28), where, theme.PRIMARY)
        self.group.add(PopMatrix())

    def _step(self, _: float) -> None:
        if self._turn is not None:
            self._turn.angle -= 360 / (1.4 * TURNS_PER_SECOND)

    def close(self) -> None:
        self._clock.cancel()


class SignaturePainter(Painter):
    """The strokes already accepted, and the one under the finger."""

    def __init__(self) -> None:
        super().__init__()
        self._fresh = InstructionGroup()
        self._rect = Rect(0, 0, 1, 1)
        self._width = 6

    def draw(self, placed: Placed, rect: Rect, unit: float) -> None:
        facts = of_kind(of_kind(placed.node, Live).facts, SignFacts)
        self._rect, self._width = rect, facts.width
        self._line(rect)
        for stroke in facts.strokes:
            self.group.add(self._inked([self._here(point) for point in stroke.points]))
        self._fresh = InstructionGroup()
        self.group.add(self._fresh)

    def _line(self, rect: Rect) -> None:
        y, margin = rect.y + rect.h * 0.15, rect.w * 0.05
        self.group.add(Color(*rgba("#9DB2D6")))
        dash, x = rect.w / 60, rect.x + margin
        while x < rect.x + rect.w - margin:
            self.group.add(Line(points=[x, y, x + dash, y], width=1))
            x += 2 * dash

    def stroke(self, points: list[tuple[float, float]]) -> None:
        """Show the line under the finger; window pixels."""
        self._fresh.clear()
        self._fresh.add(self._inked(points))

    def _here(self, point: tuple[int, int]) -> tuple[float, float]:
        return self._rect.x + point[0] * self._rect.w / 1000, self._rect.y + self._rect.h * (1 - point[1] / 1000)

    def _inked(self, points: list[tuple[float, float]]) -> InstructionGroup:
        group = InstructionGroup()
        group.add(Color(*rgba(theme.INK)))
        for radius, dots in ink(points, self._width).items():
            for start in range(0, len(dots), MOST_DOTS):
                dot = textures.disc(max(4, round(radius * 4)))
                group.add(Point(points=dots[start : start + MOST_DOTS], pointsize=radius, texture=dot))
        return group


LIVE: dict[str, type[Painter]] = {"ring": RingPainter, "spinner": SpinnerPainter, "signature": SignaturePainter}
