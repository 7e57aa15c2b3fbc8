"""What the certificate font holds: its characters and their outlines, by fontTools."""

from __future__ import annotations

import threading
from functools import cache

from fontTools.misc.transform import Transform
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from core.failures import GlyphMissing
from printing.ports.typst_port import font_files

# Two threads that draw from one lazily read font break it for good (seen: every later glyph fails).
_reading = threading.Lock()
BOLD = 700
EM = 1000


@cache
def _face(weight: int) -> TTFont:
    file = next(file for file in font_files() if file.weight == weight)
    return TTFont(file.path, fontNumber=file.index, lazy=True)


@cache
def printable_code_points() -> frozenset[int]:
    """Code points that every weight of the family can print."""
    with _reading:
        maps = [frozenset(_face(file.weight).getBestCmap()) for file in font_files()]
    return frozenset.intersection(*maps)


def outline(char: str, place: tuple[float, float, float, float, float, float]) -> str:
    """SVG path of the bold glyph of ``char``, its font units (em 1000, y up) mapped by the affine ``place``."""
    with _reading:
        face = _face(BOLD)
        name = face.getBestCmap().get(ord(char))
        if name is None:
            raise GlyphMissing(f"U+{ord(char):04X}")
        glyphs = face.getGlyphSet()
        pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.3f}".rstrip("0").rstrip("."))
        glyphs[name].draw(TransformPen(pen, Transform(*place)))
        return str(pen.getCommands())
