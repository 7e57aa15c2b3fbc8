"""The Chinese face of every screen, taken out of Debian's font collection.

``NotoSansCJK-*.ttc`` holds five faces, and SDL opens the first: the Japanese one, with Japanese shapes for 直 骨 关 门.
Face 2 is Simplified Chinese. It is copied out once (0.2 s a weight, 17 MB) and kept in the cache. Whole faces are kept,
not subsets: a subset loses characters of names (𬭎) and saves nothing that matters on a terminal.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from core.failures import HouseFailure
from kiosk.environment import cache_folder

SOURCE = Path("/usr/share/fonts/opentype/noto")
PACKAGE = "fonts-noto-cjk"
SC_FACE = 2
SC_NAME = "Noto Sans CJK SC"
NAME = "Tongban"
"""The family name under which Kivy knows the face."""

WITHOUT_SHAPE = (*map(ord, "\n\u200b\u200d\ufeff"), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
LAST = 0x110000


def face(weight: str) -> Path:
    """The Simplified Chinese face of ``weight`` (Regular or Bold) as a font file of its own; made when it is not there yet."""
    collection = SOURCE / f"NotoSansCJK-{weight}.ttc"
    try:
        found = collection.stat()
    except FileNotFoundError as error:
        raise HouseFailure(f"{collection} is missing: install {PACKAGE}") from error
    made = cache_folder() / f"sans-sc-{weight.lower()}-{found.st_size}-{int(found.st_mtime)}.otf"
    if not made.exists() or not _shapes(made).exists():
        _extract(collection, made)
    return made


def _shapes(made: Path) -> Path:
    return made.with_suffix(".shapes")


def _extract(collection: Path, made: Path) -> None:
    """Copy the face out, and write down what it covers: fontTools would need 30 MB each time to find out."""
    from fontTools.ttLib import TTFont

    made.parent.mkdir(parents=True, exist_ok=True)
    with TTFont(collection, fontNumber=SC_FACE, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        name = font["name"].getDebugName(1) or ""
        if not name.startswith(SC_NAME):
            raise HouseFailure(f"face {SC_FACE} of {collection} is {name}, not {SC_NAME}")
        with _whole(_shapes(made)) as partial:
            partial.write_bytes(_bits((*font.getBestCmap(), *WITHOUT_SHAPE)))
        with _whole(made) as partial:
            font.save(partial, reorderTables=None)


@contextmanager
def _whole(made: Path) -> Iterator[Path]:
    """A file that is there completely or not at all: two terminals may start at once."""
    handle, partial = tempfile.mkstemp(dir=made.parent, prefix=made.name)
    os.close(handle)
    yield Path(partial)
    Path(partial).replace(made)


def _bits(codes: Iterable[int]) -> bytes:
    bits = bytearray(LAST // 8)
    for code in codes:
        bits[code // 8] |= 1 << code % 8
    return bytes(bits)


@cache
def coverage() -> bytes:
    """One bit for every code point: set if the face has a shape for it, or if it needs none."""
    return _shapes(face("Regular")).read_bytes()


def _covered(char: str) -> bool:
    code = ord(char)
    return bool(coverage()[code // 8] >> code % 8 & 1)


def missing(text: str) -> str:
    """The characters of ``text`` the face has no shape for, each once, in order."""
    return "".join(dict.fromkeys(char for char in text if not _covered(char)))


def visible(text: str) -> str:
    """``text`` with every character that has no shape written as its code point, so that nothing vanishes without a word."""
    lost = missing(text)
    for char in lost:
        text = text.replace(char, f"〔U+{ord(char):04X}〕")
    return text


def register() -> None:
    """Make the face Kivy's only one: Roboto, its default, has no Chinese at all."""
    from kivy.core.text import LabelBase

    for family in (NAME, "Roboto"):
        LabelBase.register(family, str(face("Regular")), fn_bold=str(face("Bold")))
