"""A round seal as vector art: red ring, star, the agency's name around the arc, and the words that say it is a test seal.

Measures follow GB/T 33841 and 国发〔1999〕25号 for a county-level body: 42 mm across, star 14 mm, ring 1.2 mm.
A seal with legal force is made by a certified seal authority, never by this program.
"""

from __future__ import annotations

import math
from functools import lru_cache

from core.failures import HouseFailure
from printing.ports.fonts import EM, outline

DIAMETER_MM = 42.0
RED = "#c8161d"
TEST_MARK = "测试样章"

_CENTRE = DIAMETER_MM / 2
_RING = 1.2
_STAR_RADIUS = 7.0
_NAME_HEIGHT = 5.6
_NAME_RADIUS = 16.1
_WIDEST_STEP = 19.0
_WIDEST_SPAN = 244.0
_MARK_HEIGHT = 3.5
_GLYPH_MIDDLE = (EM / 2, 380.0)


@lru_cache(maxsize=32)
def seal_svg(agency: str) -> str:
    """SVG, 42 × 42 mm, of ``agency``'s test seal. ``GlyphMissing`` for a character the font lacks."""
    if not agency or len(agency) > 30:
        raise HouseFailure("a seal holds 1 to 30 characters")
    paths = "".join((_star(), *_name(agency), *_line(TEST_MARK, 13.6)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {DIAMETER_MM:g} {DIAMETER_MM:g}" '
        f'width="{DIAMETER_MM:g}mm" height="{DIAMETER_MM:g}mm">'
        f'<circle cx="{_CENTRE:g}" cy="{_CENTRE:g}" r="{_CENTRE - _RING / 2:g}" fill="none" stroke="{RED}" '
        f'stroke-width="{_RING:g}"/><path fill="{RED}" d="{paths}"/></svg>'
    )


def _star() -> str:
    """Five-pointed star, one point up."""
    inner = _STAR_RADIUS * math.cos(math.radians(72)) / math.cos(math.radians(36))
    points = [
        (
            _CENTRE + radius * math.sin(math.radians(36 * i)),
            _CENTRE - radius * math.cos(math.radians(36 * i)),
        )
        for i, radius in enumerate((_STAR_RADIUS, inner) * 5)
    ]
    return "M" + "L".join(f"{x:.3f} {y:.3f}" for x, y in points) + "Z"


def _name(agency: str) -> list[str]:
    """The characters around the upper arc, upright to the rim, from left to right."""
    count = len(agency)
    step = min(_WIDEST_STEP, _WIDEST_SPAN / max(1, count - 1))
    room = math.radians(step) * (_NAME_RADIUS - _NAME_HEIGHT / 2)
    width = min(_NAME_HEIGHT * 0.82, room * 1.06)
    angles = [step * (i - (count - 1) / 2) for i in range(count)]
    return [_glyph(char, math.radians(angle), width) for char, angle in zip(agency, angles, strict=True)]


def _glyph(char: str, angle: float, width: float) -> str:
    scale_x, scale_y = width / EM, _NAME_HEIGHT / EM
    cos, sin = math.cos(angle), math.sin(angle)
    across, up = (scale_x * cos, scale_x * sin), (scale_y * sin, -scale_y * cos)
    middle = (_CENTRE + _NAME_RADIUS * sin, _CENTRE - _NAME_RADIUS * cos)
    shift_x = middle[0] - across[0] * _GLYPH_MIDDLE[0] - up[0] * _GLYPH_MIDDLE[1]
    shift_y = middle[1] - across[1] * _GLYPH_MIDDLE[0] - up[1] * _GLYPH_MIDDLE[1]
    return outline(char, (*across, *up, shift_x, shift_y))


def _line(text: str, below: float) -> list[str]:
    """A straight line of ``text``, centred, its middle ``below`` mm under the centre of the seal."""
    scale = _MARK_HEIGHT / EM
    left = _CENTRE - _MARK_HEIGHT * len(text) / 2
    base = _CENTRE + below + _GLYPH_MIDDLE[1] * scale
    return [outline(char, (scale, 0, 0, -scale, left + i * _MARK_HEIGHT, base)) for i, char in enumerate(text)]
