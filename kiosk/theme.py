"""Colours, type and distances of every screen, in one place.

Sizes are written for 1080 × 1920 on 32 inches, where one point is 0.369 mm. ``Theme`` turns them into pixels of the
real glass by its physical size; the elder mode has its own type. Contrasts are measured in ``tests/glass``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

INK = "#12213D"
SECOND = "#45536D"
FAINT = "#66748C"
WHITE = "#FFFFFF"
PAGE = "#F0F4FB"
CARD = "#FFFFFF"
LINE = "#E1E7F1"
PRIMARY = "#1264DB"
PRIMARY_DEEP = "#0A3F95"
PRIMARY_PALE = "#E8F1FF"
NIGHT = "#08296B"
SLATE = "#324B7C"
SLATE_DEEP = "#20335D"
RED = "#C9242C"
RED_DEEP = "#AD141E"
RED_PALE = "#FDEBEC"
AMBER = "#FFC24A"
AMBER_DEEP = "#F5A81C"
AMBER_LINE = "#E39A1E"
BROWN = "#7A4500"
AMBER_PALE = "#FFF3DC"
GREEN = "#17703F"
GREEN_DEEP = "#0F5A30"
GREEN_PALE = "#E3F4E9"
VIOLET = "#4B279B"
VIOLET_PALE = "#EFE9FD"
TEAL = "#08776F"
TEAL_DEEP = "#06605A"
ORANGE = "#C45304"
KEY_BED = "#D5DEEA"
KEY_DARK = "#BFCCE0"
KEY_EDGE = "#A9B6CC"
OFF = "#E4E9F1"
OFF_INK = "#66748C"
CREAM = "#FFFDF1"
GOLD = "#A8792C"
SEAL = "#D0242F"


@dataclass(frozen=True, slots=True)
class Tone:
    """``ink`` on ``pale`` reads; ``strong`` carries white text; ``line`` is an edge."""

    ink: str
    pale: str
    strong: str
    line: str


TONES = {
    "plain": Tone("#3E4C66", "#EEF2F8", "#45536D", "#C5CFDE"),
    "info": Tone(PRIMARY_DEEP, PRIMARY_PALE, PRIMARY, "#9CC2F7"),
    "good": Tone(GREEN_DEEP, GREEN_PALE, GREEN, "#9DD4B2"),
    "warn": Tone(BROWN, AMBER_PALE, "#9A5B00", AMBER_LINE),
    "bad": Tone("#96101B", RED_PALE, RED, "#EDA5AA"),
    "typed": Tone(VIOLET, VIOLET_PALE, "#5E35B8", "#C7B5F2"),
}
ICON_FOR_TONE = {
    "plain": "info",
    "info": "info",
    "good": "check_circle",
    "warn": "alert",
    "bad": "exclaim",
    "typed": "pencil",
}
TILES = ((PRIMARY, "#0B4DB8"), (TEAL, TEAL_DEEP), (ORANGE, "#9E4206"), ("#6A48D7", "#4B2DA8"), (SLATE, SLATE_DEEP))

STANDARD = {"status": 28, "caption": 28, "body": 32, "label": 34, "heading": 42, "title": 58, "display": 72}
ELDER = {"status": 32, "caption": 38, "body": 42, "label": 46, "heading": 52, "title": 64, "display": 84}
BOLD = frozenset({"label", "heading", "title", "display"})
PITCH = {"title": 1.28, "display": 1.2}

POINT_MM = 0.369
STANDARD_TARGET_MM = 20.0
ELDER_TARGET_MM = 30.0
LEAST_CAP_MM = 7.3
"""EN 301 549 5.1.4: a capital H of 0.7° at 600 mm. Its height in our face is 0.733 of the size."""


@dataclass(frozen=True, slots=True)
class Type:
    size: int
    bold: bool
    pitch: float


@dataclass(frozen=True, slots=True)
class Theme:
    """``width`` × ``height`` px of the window, ``pitch_mm`` of one px; ``tight`` shrinks distances, never type."""

    width: int = 1080
    height: int = 1920
    pitch_mm: float = POINT_MM
    elder: bool = False
    tight: float = 1.0

    @property
    def wide(self) -> bool:
        return self.width > self.height

    @property
    def unit(self) -> float:
        """Pixels of one point: by physical size, as far as the window has room for it."""
        across, down = (1920, 1080) if self.wide else (1080, 1920)
        room = min(self.width / across, self.height / down)
        return min(max(POINT_MM / self.pitch_mm, room), 1.12 * room)

    def px(self, points: float) -> int:
        return round(points * self.unit)

    @property
    def gap_unit(self) -> float:
        """Pixels of one point of a distance: more for elders, less on a full screen."""
        return self.unit * self.tight * (1.1 if self.elder else 1.0)

    def type(self, role: str) -> Type:
        size = (ELDER if self.elder else STANDARD)[role]
        return Type(self.px(size), role in BOLD, PITCH.get(role, 1.4))

    @property
    def target(self) -> int:
        """The least side of anything that can be pressed."""
        finger = ELDER_TARGET_MM if self.elder else STANDARD_TARGET_MM
        return max(self.px(finger / POINT_MM), min(round(finger / self.pitch_mm), self.px(1.4 * finger / POINT_MM)))

    def tighter(self, tight: float) -> Theme:
        return replace(self, tight=tight)


def theme_for(width: int, height: int, diagonal_inches: float, elder: bool) -> Theme:
    """The theme of a window that fills a glass of ``diagonal_inches``."""
    pitch = diagonal_inches * 25.4 / math.hypot(width, height)
    return Theme(width, height, pitch, elder)


def tone(name: str) -> Tone:
    return TONES.get(name, TONES["plain"])


def rgba(colour: str, alpha: float = 1.0) -> tuple[float, float, float, float]:
    """``#RRGGBB`` or ``#RRGGBBAA`` as Kivy's four floats."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in range(1, len(colour), 2)]
    return (parts[0], parts[1], parts[2], alpha * (parts[3] if len(parts) == 4 else 1.0))
