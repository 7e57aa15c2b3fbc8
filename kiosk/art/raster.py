"""Turns outlines into coverage: drawn eight times too large, then averaged, so that no edge is jagged without MSAA."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from kiosk.art.paths import Line, flattened

Mask = NDArray[np.float32]
OVER = 8


def filled(path: str, size: tuple[int, int], scale: float) -> Mask:
    """Coverage 0..1 of the inside of ``path`` (even-odd, so that a second outline is a hole)."""
    mask = Image.new("1", _large(size))
    for line in flattened(path):
        one = Image.new("1", mask.size)
        ImageDraw.Draw(one).polygon(_scaled(line, scale), fill=1)
        mask = ImageChops.logical_xor(mask, one)
    return _averaged(mask.convert("L"), size)


def stroked(path: str, size: tuple[int, int], scale: float, width: float) -> Mask:
    """Coverage of a line of ``width`` along ``path``, with round ends and corners."""
    mask = Image.new("L", _large(size))
    draw = ImageDraw.Draw(mask)
    thick = width * scale * OVER
    for line in flattened(path):
        points = _scaled(line, scale)
        draw.line(points, fill=255, width=round(thick))
        for x, y in points:
            draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)
    return _averaged(mask, size)


def _large(size: tuple[int, int]) -> tuple[int, int]:
    return size[0] * OVER, size[1] * OVER


def _scaled(line: Line, scale: float) -> list[tuple[float, float]]:
    return [(x * scale * OVER, y * scale * OVER) for x, y in line]


def _averaged(mask: Image.Image, size: tuple[int, int]) -> Mask:
    return np.asarray(mask.resize(size, Image.Resampling.BOX), dtype=np.float32) / 255


def painted(layers: Sequence[tuple[Mask, tuple[int, int, int], float]], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Layers of (coverage, colour, opacity), the first at the bottom, as straight-alpha RGBA rows from the top."""
    height, width = size[1], size[0]
    colour = np.zeros((height, width, 3), np.float32)
    alpha = np.zeros((height, width, 1), np.float32)
    for mask, rgb, opacity in layers:
        above = mask[..., None] * opacity
        colour = np.asarray(rgb, np.float32) * above + colour * (1 - above)
        alpha = above + alpha * (1 - above)
    straight = np.divide(colour, alpha, out=np.full_like(colour, 255.0), where=alpha > 0)
    return np.concatenate([straight, alpha * 255], axis=2).round().astype(np.uint8)


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
