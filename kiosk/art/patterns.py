"""What lies in coloured grounds: large soft circles, the waves under the header, a skyline. Quiet enough for white text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kiosk.art.raster import Mask
from kiosk.art.surfaces import covered, lit

Canvas = NDArray[np.float32]


def _disc(canvas: Canvas, cx: float, cy: float, rx: float, ry: float) -> Mask:
    height, width = canvas.shape[:2]
    x = (np.arange(width, dtype=np.float32)[None, :] + 0.5 - cx) / rx
    y = (np.arange(height, dtype=np.float32)[:, None] + 0.5 - cy) / ry
    return covered((1 - np.hypot(x, y)) * min(rx, ry) + 0.5)


def _below(canvas: Canvas, level: NDArray[np.float32]) -> Mask:
    y = np.arange(canvas.shape[0], dtype=np.float32)[:, None] + 0.5
    return covered(y - level[None, :] + 0.5)


def tile(canvas: Canvas) -> None:
    """Two soft circles at the right, as on the service tiles."""
    height, width = canvas.shape[:2]
    size = min(height, width * 0.6)
    lit(canvas, _disc(canvas, width - size * 0.05, size * 0.1, size * 0.5, size * 0.5), 0.10)
    lit(canvas, _disc(canvas, width + size * 0.05, height, size * 0.42, size * 0.42), 0.08)


def header(canvas: Canvas) -> None:
    """A large circle behind the clock and two waves at the foot."""
    height, width = canvas.shape[:2]
    lit(canvas, _disc(canvas, width * 0.93, -height * 0.12, width * 0.31, width * 0.31), 0.06)
    lit(canvas, _disc(canvas, width * 1.02, -height * 0.1, width * 0.19, width * 0.19), 0.06)
    x = np.linspace(0, 2 * np.pi, width, dtype=np.float32)
    lit(canvas, _below(canvas, height * (0.86 + 0.07 * np.sin(x * 1.1 + 0.6))), 0.05)
    lit(canvas, _below(canvas, height * (0.90 + 0.06 * np.sin(x * 1.6 + 2.6))), 0.05)


def hero(canvas: Canvas) -> None:
    """The header of the first screen: a skyline over the waves, and the ground curving away at the foot."""
    header(canvas)
    height, width = canvas.shape[:2]
    rows = np.random.default_rng(11)
    level = np.full(width, height, np.float32)
    x = 0
    while x < width:
        house = int(rows.integers(width // 26, width // 12))
        level[x : x + house] = height * (1 - 0.10 - 0.16 * float(rows.random()))
        x += house + int(rows.integers(0, width // 30))
    lit(canvas, _below(canvas, level), 0.07)


PATTERNS = {"tile": tile, "header": header, "hero": hero}
