"""How wide a text is, and where a line may be broken: Chinese between any two characters, but no comma begins a line."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from kivy.core.text import Label

from kiosk import fonts

NO_LINE_STARTS = frozenset("，。、；：？！）》」』】〕〉”’…—·,.;:?!)]}%℃·～")
NO_LINE_ENDS = frozenset("（《「『【〔〈“‘([{￥¥№")


@lru_cache(maxsize=64)
def _label(size: int, bold: bool) -> Label:
    return Label(font_name=fonts.NAME, font_size=size, bold=bold)


@lru_cache(maxsize=4096)
def width(text: str, size: int, bold: bool) -> float:
    """Pixels from the first pen position to the last."""
    return float(_label(size, bold).get_extents(text)[0]) if text else 0.0


@lru_cache(maxsize=2048)
def broken(text: str, size: int, bold: bool, room: float) -> tuple[str, ...]:
    """``text`` in lines no wider than ``room``. Nothing is ever left out: a word wider than a line is broken inside."""
    lines: list[str] = []
    for paragraph in fonts.visible(text).split("\n"):
        lines += _filled(paragraph, size, bold, room)
    return tuple(lines)


def forget() -> None:
    """Texts that were measured were also remembered."""
    width.cache_clear()
    broken.cache_clear()


def _filled(paragraph: str, size: int, bold: bool, room: float) -> list[str]:
    if width(paragraph, size, bold) <= room:
        return [paragraph]
    lines, line = [], ""
    for piece in _pieces(paragraph, size, bold, room):
        if line and width((line + piece).rstrip(), size, bold) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(paragraph: str, size: int, bold: bool, room: float) -> list[str]:
    """Runs that may not be broken: a Latin word or number, a character with the punctuation that clings to it."""
    pieces: list[str] = []
    for char in paragraph:
        if pieces and _clings(pieces[-1][-1], char) and width(pieces[-1] + char, size, bold) <= room:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _clings(before: str, char: str) -> bool:
    if char in NO_LINE_STARTS or before in NO_LINE_ENDS:
        return True
    if char == " " or before == " ":
        return char == " "
    return _latin(before) and _latin(char)


def _latin(char: str) -> bool:
    return char.isascii() or unicodedata.east_asian_width(char) in ("Na", "N", "H")
