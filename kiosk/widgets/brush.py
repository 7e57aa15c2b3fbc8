"""A finger's line as ink: smooth between the points that were felt, thinner where the finger was fast."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

Point = tuple[float, float]
SHADES = 8
"""Widths are sorted into so many kinds, one draw call each."""


def ink(points: Sequence[Point], width: float) -> dict[float, list[float]]:
    """Dots (x, y, x, y, …) by radius that together look like one stroke of about ``width`` px."""
    dots: dict[float, list[float]] = {}
    for x, y, radius in _dots(points, width):
        kind = max(1, round(radius / width * 2 * SHADES)) * width / (2 * SHADES)
        dots.setdefault(kind, []).extend((x, y))
    return dots


def _dots(points: Sequence[Point], width: float) -> Iterator[tuple[float, float, float]]:
    if len(points) == 1:
        yield (*points[0], width * 0.62)
        return
    thick = width * 0.55
    padded = [points[0], *points, points[-1]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        length = math.dist(b, c)
        wanted = width * (0.62 - 0.30 * min(1.0, length / (7 * width)))
        steps = max(1, math.ceil(length / 1.1))
        for step in range(steps):
            thick += (wanted - thick) * 0.04
            yield (*_between(a, b, c, d, step / steps), thick)
    yield (*points[-1], thick)


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    """Catmull-Rom: a curve through b and c that knows where it comes from and goes."""
    x, y = (
        0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3)
        for p, q, r, s in zip(a, b, c, d, strict=True)
    )
    return x, y
