"""A finger's signature as vector art: the strokes smoothed, cut to the ink, in the colour of ink."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

INK = "#1b2a4a"
PEN = 22.0

Point = tuple[float, float]
Strokes = Sequence[Sequence[tuple[int, int]]]


def strokes_svg(strokes: Strokes, aspect: float) -> str:
    """SVG of ``strokes``, whose points are thousandths of the signing box (x right, y down).

    ``aspect`` is the box's width through its height. An empty signature gives an empty string.
    """
    lines = [[(x * aspect, float(y)) for x, y in stroke] for stroke in strokes if stroke]
    if not lines:
        return ""
    xs, ys = [x for line in lines for x, _ in line], [y for line in lines for _, y in line]
    left, top = min(xs) - PEN, min(ys) - PEN
    width, height = max(xs) + PEN - left, max(ys) + PEN - top
    path = "".join(_smooth(line) for line in lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}" '
        f'width="{width:.1f}" height="{height:.1f}"><path fill="none" stroke="{INK}" stroke-width="{PEN:g}" '
        f'stroke-linecap="round" stroke-linejoin="round" d="{path}"/></svg>'
    )


def _smooth(line: Sequence[Point]) -> str:
    """Quadratic curves from middle to middle, each point a handle; a single touch becomes a dot."""
    start = f"M{_at(line[0])}"
    if len(line) < 3:
        return start + f"L{_at(line[-1])}"
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(line[1:])]
    curves = "".join(f"Q{_at(handle)} {_at(end)}" for handle, end in zip(line[1:], middles, strict=False))
    return f"{start}{curves}L{_at(line[-1])}"


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
