"""A form of fifteen rows on the glass: ours (laid out in one pass) beside Kivy's own layouts and labels.

Both draw label, value and source of the same rows in software OpenGL, offscreen. "shown": until nothing moves any more;
"clock": a second passes on the countdown; "turns": frames until it stood still. ``python -m bench.screen``
"""

# ruff: noqa: E402  Kivy reads its settings when it is imported
from __future__ import annotations

import os
import statistics
import time
from dataclasses import replace
from typing import Any

os.environ["SDL_VIDEODRIVER"] = "offscreen"

from core.settings import Screen
from kiosk import environment

REPEATS = 15
SIZE = (1080, 1920)

environment.prepare(Screen(width=SIZE[0], height=SIZE[1], fullscreen=False))

from kivy.base import EventLoop, runTouchApp, stopTouchApp
from kivy.core.window import Window
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label

from kiosk import fonts
from kiosk.widgets import ruler
from kiosk.widgets.pane import Pane
from tests.glass import samples


def ours() -> tuple[list[float], list[float]]:
    face = samples.faces()["form_full"]
    shown, clock = [], []
    for _ in range(REPEATS):
        pane = Pane(lambda event: None, lambda letters: (), 32.0)
        Window.add_widget(pane)
        ruler.forget()
        shown.append(_timed(lambda pane=pane: pane.show(face)))
        bar = replace(face.chrome.bar, seconds_left=31)
        later = replace(face, chrome=replace(face.chrome, bar=bar))
        clock.append(_timed(lambda pane=pane, later=later: pane.show(later)))
        pane.close()
        Window.remove_widget(pane)
    return shown, clock


def kivys() -> tuple[list[float], list[int]]:
    rows = samples.rows(samples.Speaker(samples.Language.ZH), open_ends=False)
    shown, turns = [], []
    for _ in range(REPEATS):
        column = BoxLayout(orientation="vertical", spacing=8, padding=32)
        began = time.perf_counter()
        for row in rows:
            column.add_widget(_row(row.label, row.value, row.source))
        Window.add_widget(column)
        turns.append(_settle(column))
        shown.append((time.perf_counter() - began) * 1000)
        Window.remove_widget(column)
    return shown, turns


def _row(*texts: str) -> BoxLayout:
    line = BoxLayout()
    for text in texts:
        label = Label(text=text, font_size=32, halign="left", valign="middle")
        label.bind(size=lambda label, size: setattr(label, "text_size", size))
        line.add_widget(label)
    return line


def _settle(column: BoxLayout) -> int:
    """Frames until no widget has another place, size or texture than in the frame before."""
    before: Any = None
    for turn in range(1, 60):
        EventLoop.idle()
        now = [(*label.pos, *label.size, *label.texture_size) for row in column.children for label in row.children]
        if now == before:
            return turn
        before = now
    return 60


def _timed(do: Any) -> float:
    began = time.perf_counter()
    do()
    EventLoop.idle()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    fonts.register()
    runTouchApp(embedded=True)
    shown, clock = ours()
    theirs, turns = kivys()
    print(
        f"ours   shown {statistics.median(shown):6.1f} ms   clock {statistics.median(clock):6.1f} ms   turns 1   n={REPEATS}"
    )
    print(
        f"kivy's shown {statistics.median(theirs):6.1f} ms   turns {statistics.median(turns):.0f}   n={REPEATS}   (rows only: no header, bar, cards, tags)"
    )
    stopTouchApp()


if __name__ == "__main__":
    main()
