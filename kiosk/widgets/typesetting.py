"""How a text is set into a width: broken, shrunk, balanced. No character is ever left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from kiosk.widgets.nodes import Text

PAUSES = frozenset("，。、；：？！,.;:?!）》”")
SIZES = 4
"""Shrunken text has a size that is a multiple of this."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A text as it is set: ``size`` after shrinking, one string a line, ``width`` of the widest."""

    size: int
    lines: tuple[str, ...]
    width: float
    pitch: float


class Ruler(Protocol):
    def width(self, text: str, size: int, bold: bool) -> float: ...

    def broken(self, text: str, size: int, bold: bool, width: float) -> tuple[str, ...]: ...


class Typesetter:
    """Sets texts with one ruler. A text is measured and placed at one width: it is set once."""

    def __init__(self, ruler: Ruler) -> None:
        self._ruler = ruler
        self._done: dict[tuple[int, float], Lines] = {}

    def set(self, text: Text, width: float) -> Lines:
        """Break ``text`` for ``width``; smaller, down to its least size, if that saves lines or keeps words whole."""
        key = (id(text), width)
        if key not in self._done:
            self._done[key] = self._set(text, width)
        return self._done[key]

    def _set(self, text: Text, width: float) -> Lines:
        most = text.lines or (1 if text.shrink < 1 else 0)
        size = text.type.size
        lines = self._broken(text, size, width)
        if most and not _good(text, lines, most):
            size, lines = self._shrunk(text, width, most, lines)
        lines = self._balanced(text, size, width, lines)
        widest = max((self._width(text, line, size) for line in lines), default=0.0)
        return Lines(size, lines, widest, float(round(text.type.pitch * size)))

    def _shrunk(self, text: Text, width: float, most: int, lines: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """The largest size that needs no more than ``most`` lines and cuts no word.

        When there is none: its own size if one line was wanted and no word is cut, else the least.
        Every size of a font that is opened costs 2.5 MB: few are allowed, and they are tried by proportion first.
        """
        full, floor = text.type.size, round(text.type.size * text.shrink)
        for size in range((full - 1) // SIZES * SIZES, floor - 1, -SIZES):
            if _good(text, self._broken(text, full, width * full / size), most):
                tried = self._broken(text, size, width)
                if _good(text, tried, most):
                    return size, tried
        if most == 1 and not cut(text.text, lines):
            return full, lines
        least = min(full, -(-floor // SIZES) * SIZES)
        return least, self._broken(text, least, width)

    def _balanced(self, text: Text, size: int, width: float, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Titles break at commas, in lines of about one length; elsewhere only no line of one or two characters."""
        title = text.type.bold or text.align == "center"
        if not 2 <= len(lines) <= (4 if title else 9) or "\n" in text.text or (not title and len(lines[-1]) > 2):
            return lines
        narrowest = max(size, int(width / len(lines)) - size)
        tried = (self._broken(text, size, room) for room in range(int(width), narrowest, -size // 2))
        fitting = (one for one in tried if len(one) == len(lines) and not cut(text.text, one))
        return max(fitting, key=self._evenness(text, size), default=lines)

    def _evenness(self, text: Text, size: int) -> Callable[[tuple[str, ...]], tuple[int, float]]:
        def evenness(lines: tuple[str, ...]) -> tuple[int, float]:
            pauses = sum(line[-1:] in PAUSES and line.count("（") == line.count("）") for line in lines[:-1])
            widths = [self._width(text, line, size) for line in lines]
            return pauses, min(widths) - max(widths)

        return evenness

    def _broken(self, text: Text, size: int, width: float) -> tuple[str, ...]:
        spare = text.spread * size * max(0, len(text.text) - 1)
        return self._ruler.broken(text.text, size, text.type.bold, width - spare)

    def _width(self, text: Text, line: str, size: int) -> float:
        return self._ruler.width(line, size, text.type.bold) + text.spread * size * max(0, len(line) - 1)


def _good(text: Text, lines: tuple[str, ...], most: int) -> bool:
    return len(lines) <= most and not cut(text.text, lines)


def cut(text: str, lines: tuple[str, ...]) -> bool:
    """A Latin word or a number goes on in the next line."""
    at = 0
    for line, following in pairwise(lines):
        at = text.find(line, at) + len(line)
        if (
            line[-1:].isalnum()
            and line[-1:].isascii()
            and text[at : at + 1] == following[:1]
            and following[:1].isalnum()
            and following[:1].isascii()
        ):
            return True
    return False
