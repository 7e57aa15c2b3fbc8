"""Turns outlines into coverage: drawn several times too large, then averaged, so that no edge is jagged without MSAA.

Only the part of a picture that an outline touches is drawn: a patch.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from kiosk.art.paths import Line, flattened

Mask = NDArray[np.float32]
FINE, COARSE, LARGE = 8, 4, 160
"""Times too large, for small and for large pictures."""


class Patch(NamedTuple):
    """Coverage 0..1 of a part of a picture whose top left corner is at ``x``, ``y``."""

    mask: Mask
    x: int
    y: int

    @property
    def where(self) -> tuple[slice, slice]:
        height, width = self.mask.shape
        return slice(self.y, self.y + height), slice(self.x, self.x + width)


def filled(path: str, size: tuple[int, int], scale: float) -> Patch:
    """The inside of ``path`` (even-odd, so that a second outline is a hole) on a picture of ``size`` px."""
    lines, over = flattened(path), _over(size)
    x, y, width, height = _touched(lines, size, scale, 1)
    mask = Image.new("1", (width * over, height * over))
    for line in lines:
        one = Image.new("1", mask.size)
        ImageDraw.Draw(one).polygon(_moved(line, scale, x, y, over), fill=1)
        mask = ImageChops.logical_xor(mask, one)
    return Patch(_averaged(mask.convert("L"), (width, height)), x, y)


def stroked(path: str, size: tuple[int, int], scale: float, line_width: float) -> Patch:
    """A line of ``line_width`` along ``path``, with round ends and corners."""
    lines, over = flattened(path), _over(size)
    x, y, width, height = _touched(lines, size, scale, math.ceil(line_width * scale / 2) + 1)
    mask = Image.new("L", (width * over, height * over))
    draw = ImageDraw.Draw(mask)
    thick = line_width * scale * over
    for line in lines:
        points = _moved(line, scale, x, y, over)
        draw.line(points, fill=255, width=round(thick))
        for px, py in points:
            draw.ellipse((px - thick / 2, py - thick / 2, px + thick / 2, py + thick / 2), fill=255)
    return Patch(_averaged(mask, (width, height)), x, y)


def _over(size: tuple[int, int]) -> int:
    return FINE if max(size) <= LARGE else COARSE


def _touched(lines: list[Line], size: tuple[int, int], scale: float, margin: int) -> tuple[int, int, int, int]:
    """Left, top, width and height of the pixels that ``lines`` and ``margin`` px around them touch."""
    xs = [x * scale for line in lines for x, _ in line]
    ys = [y * scale for line in lines for _, y in line]
    left, top = max(0, math.floor(min(xs)) - margin), max(0, math.floor(min(ys)) - margin)
    right, low = min(size[0], math.ceil(max(xs)) + margin), min(size[1], math.ceil(max(ys)) + margin)
    return left, top, max(1, right - left), max(1, low - top)


def _moved(line: Line, scale: float, x: int, y: int, over: int) -> list[tuple[float, float]]:
    return [((px * scale - x) * over, (py * scale - y) * over) for px, py in line]


def _averaged(mask: Image.Image, size: tuple[int, int]) -> Mask:
    return np.asarray(mask.resize(size, Image.Resampling.BOX), dtype=np.float32) / np.float32(255)


# --- laying patches over each other -------------------------------------------------------------


def opacity(layers: Sequence[tuple[Patch, float]], size: tuple[int, int]) -> Mask:
    """One mask of several patches, each with its own strength."""
    alpha = np.zeros((size[1], size[0]), np.float32)
    for patch, strength in layers:
        above = patch.mask * strength
        alpha[patch.where] = above + alpha[patch.where] * (1 - above)
    return alpha


def painted(layers: Sequence[tuple[Patch, tuple[int, int, int], float]], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Patches with colour and strength, the first at the bottom, as straight-alpha RGBA rows from the top."""
    colour = np.zeros((size[1], size[0], 3), np.float32)
    alpha = np.zeros((size[1], size[0], 1), np.float32)
    for patch, rgb_, strength in layers:
        above, where = patch.mask[..., None] * np.float32(strength), patch.where
        colour[where] = np.asarray(rgb_, np.float32) * above + colour[where] * (1 - above)
        alpha[where] = above + alpha[where] * (1 - above)
    straight = np.divide(colour, alpha, out=np.full_like(colour, 255.0), where=alpha > 0)
    return np.concatenate([straight, alpha * 255], axis=2).round().astype(np.uint8)


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
