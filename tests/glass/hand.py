"""A hand at the glass: taps, drags and looks, the way a citizen does; never waits for a time, only for a condition."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from kivy.base import EventLoop
from kivy.tests.common import UnitTestTouch

from flows.events import Event, Touched
from kiosk.faces import Face
from kiosk.keyboard.pinyin import Pinyin
from kiosk.widgets.pane import Pane
from kiosk.widgets.touches import Target

DEADLINE_S = 5.0
HIGH, WIDE = (1080, 1920), (1920, 1080)
MOST_SCROLLS = 40


class Glass:
    """One pane in the window. ``events`` are what it sent, without ``Touched``; ``time`` is its clock, which only we move."""

    def __init__(self, window: Any) -> None:
        self._window = window
        self.time = 1000.0
        self.events: list[Event] = []
        self.touched = 0
        self.words = Pinyin()
        self.pane = Pane(self._hear, self.words.candidates, 32.0, lambda: self.time)
        self.pane.size_hint = (None, None)  # else the window makes it as large as itself
        window.add_widget(self.pane)
        self.pane.size = HIGH

    def _hear(self, event: Event) -> None:
        if isinstance(event, Touched):
            self.touched += 1
        else:
            self.events.append(event)

    def close(self) -> None:
        self.pane.close()
        self.words.close()
        self._window.remove_widget(self.pane)

    def show(self, face: Face, size: tuple[int, int] = HIGH) -> None:
        if tuple(self.pane.size) != size:
            self.pane.size = size
            self.pane.resize()
        assert tuple(self.pane.size) == size
        self.pane.show(face)

    # --- looking ----------------------------------------------------------------------------

    def targets(self) -> dict[str, Target]:
        return {target.press.id: target for target in self.pane.seen_now().targets}

    def says(self, text: str) -> bool:
        return any(text in shown for shown in self.pane.texts())

    def until(self, met: Callable[[], bool]) -> None:
        """Let Kivy run until ``met``; fails after a deadline."""
        deadline = time.monotonic() + DEADLINE_S
        while not met():
            assert time.monotonic() < deadline, "it did not happen in time"
            EventLoop.idle()

    # --- touching ---------------------------------------------------------------------------

    def tap(self, id: str) -> None:
        """Press the middle of a target, scrolling to it first; a second passes before."""
        self.tap_at(*self.middle(self.reach(id)))

    def tap_at(self, x: float, y: float) -> None:
        touch = self.down(x, y)
        touch.touch_up()

    def down(self, x: float, y: float) -> UnitTestTouch:
        """Window pixels, y down."""
        self.time += 1.0
        touch = UnitTestTouch(x, self.pane.height - y)
        touch.touch_down()
        return touch

    def move(self, touch: UnitTestTouch, x: float, y: float) -> None:
        touch.touch_move(x, self.pane.height - y)

    def middle(self, target: Target) -> tuple[float, float]:
        return target.rect.x + target.rect.w / 2, target.rect.y + target.rect.h / 2

    def reach(self, id: str) -> Target:
        for direction in ("up", "down"):
            for _ in range(MOST_SCROLLS):
                target = self.targets()[id]
                arrow = self.targets().get(f"{target.area.rsplit('/', 1)[-1]}.{direction}")
                if target.seen or arrow is None or not arrow.press.enabled:
                    break
                self.tap_at(*self.middle(arrow))
        target = self.targets()[id]
        assert target.seen, f"{id} cannot be reached"
        return target
