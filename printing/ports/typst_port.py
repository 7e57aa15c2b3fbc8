"""Typst as a function from a template and values to PDF/A-2b bytes.

A ``typst.Compiler`` is not thread-safe ("Already borrowed"), so each thread keeps its own; fonts are read once.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from core.failures import FormIncomplete, GlyphMissing, HouseFailure

FAMILY = "Noto Serif CJK SC"
FONT_FOLDERS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/noto-cjk"))

_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_own = threading.local()


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face of a font collection. ``weight`` 400 regular, 700 bold."""

    path: Path
    index: int
    weight: int


@cache
def _fonts() -> typst.Fonts:
    folders = [str(folder) for folder in FONT_FOLDERS if folder.is_dir()]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    if FAMILY not in fonts.families():
        raise HouseFailure(f"no font {FAMILY}: install the package fonts-noto-cjk")
    return fonts


@cache
def font_files() -> tuple[FontFile, ...]:
    """The faces of the certificate family, the Simplified Chinese ones of the collection, lightest first."""
    found = [
        FontFile(Path(info.path), info.index, info.weight)
        for info in _fonts().fonts()
        if info.family == FAMILY and info.path is not None
    ]
    return tuple(sorted(found, key=lambda file: file.weight))


def _compiler(root: Path) -> typst.Compiler:
    mine: dict[Path, typst.Compiler] = _own.__dict__.setdefault("compilers", {})
    if root not in mine:
        mine[root] = typst.Compiler(root=str(root), font_paths=_fonts(), ignore_system_fonts=True)
    return mine[root]


def compile_pdf(template: Path, values: Mapping[str, Any], pictures: Mapping[str, str], moment: datetime) -> bytes:
    """PDF/A-2b of ``template``: ``values`` as JSON in ``sys.inputs.data``, each picture's SVG under its own name.

    Nothing of them is ever read as template source. Equal input gives equal bytes.

    ``moment`` (aware) becomes the file's creation date. Raises ``GlyphMissing``, ``FormIncomplete`` for a value that does
    not fit its place, ``HouseFailure`` for a broken template.
    """
    inputs = {**pictures, "data": json.dumps(values, ensure_ascii=False, sort_keys=True)}
    try:
        pdf = _compiler(template.parent).compile(
            input=str(template),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["a-2b"],
            timestamp=int(moment.timestamp()),
        )
    except typst.TypstError as error:
        raise _failure(template.stem, error.message) from None  # the message may quote a person's name
    if not isinstance(pdf, bytes):
        raise HouseFailure(f"{template.stem}: no PDF came out")
    return pdf


@cache
def drawn_svg(template: Path) -> str:
    """The one page of ``template`` (which takes no values) as SVG, drawn once a process. ``HouseFailure`` if it is broken."""
    try:
        svg = _compiler(template.parent).compile(input=str(template), format="svg")
    except typst.TypstError as error:
        raise _failure(template.stem, error.message) from error
    if not isinstance(svg, bytes):
        raise HouseFailure(f"{template.stem}: not one page")
    return _LONG_NUMBER.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), svg.decode())


def _failure(name: str, message: str) -> GlyphMissing | FormIncomplete | HouseFailure:
    if "could not be displayed" in message:
        return GlyphMissing(f"template {name}")
    misfit = re.search(r"does not fit: ([a-z_]+)", message)
    if misfit:
        return FormIncomplete(f"{name}: {misfit[1]} does not fit its place")
    return HouseFailure(f"{name}: {re.sub(r'[^A-Za-z ,.:_-]', '', message)[:200]}")
