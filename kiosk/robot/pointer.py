"""A finger on a real X server: XTEST presses, and pictures of what the server shows."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from Xlib import X
from Xlib.display import Display
from Xlib.ext import xtest

FINGER_S = 0.04
"""How long a finger rests on the glass; a press and release in one instant is no finger."""
STROKE_S = 0.006

Point = tuple[int, int]


class Pointer:
    """``display`` like ``:99``."""

    def __init__(self, display: str) -> None:
        self._display = Display(display)
        self._rest = threading.Event()

    def press(self, at: Point) -> None:
        self._move(at)
        self._button(X.ButtonPress)
        self._rest.wait(FINGER_S)
        self._button(X.ButtonRelease)

    def draw(self, points: Sequence[Point]) -> None:
        """Down at the first point, along the others, up at the last."""
        self._move(points[0])
        self._button(X.ButtonPress)
        for point in points[1:]:
            self._rest.wait(STROKE_S)
            self._move(point)
        self._rest.wait(STROKE_S)
        self._button(X.ButtonRelease)

    def picture(self, path: Path) -> None:
        """What the root window shows now, as PNG."""
        root = self._display.screen().root
        size = root.get_geometry()
        raw = root.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
        Image.frombytes("RGB", (size.width, size.height), raw.data, "raw", "BGRX").save(path, compress_level=1)

    def close(self) -> None:
        self._display.close()

    def _move(self, at: Point) -> None:
        xtest.fake_input(self._display, X.MotionNotify, x=at[0], y=at[1])
        self._display.sync()

    def _button(self, kind: int) -> None:
        xtest.fake_input(self._display, kind, 1)
        self._display.sync()
