"""From a face to a page: the sealed original's page (without seal) and the sheet that goes to a printer (with it).

The original carries its seal as the appearance of its signature, so that no unsigned file ever looks sealed. A sheet is a
print rendition of the same face, moved and stretched as its tray needs.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from core.clock import CHINA
from core.failures import HouseFailure
from core.papers import Document
from printing.face import CertificateFace
from printing.glyphs import require_glyphs
from printing.ports.typst_port import compile_pdf, drawn_svg
from printing.signing import Box
from printing.verify_code import VerifyCode, grouped

TEMPLATES = Path(__file__).resolve().parent.parent / "config" / "templates"
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Calibration:
    """What sets right one printer's tray: shift in mm (right, down), and scale about the page's top left corner."""

    dx: float = 0.0
    dy: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0

    def __post_init__(self) -> None:
        near = all(abs(shift) <= 20 for shift in (self.dx, self.dy))
        if not (near and all(0.9 <= scale <= 1.1 for scale in (self.scale_x, self.scale_y))):
            raise HouseFailure("calibration out of range: ±20 mm, 0.9 to 1.1")


STRAIGHT = Calibration()


def render_face(face: CertificateFace, code: VerifyCode, *, templates: Path = TEMPLATES) -> Document:
    """The page of the original, PDF/A-2b, not yet sealed. Equal input gives equal bytes.

    Raises ``GlyphMissing`` (found before anything is drawn) and ``FormIncomplete`` when a value does not fit its place:
    call it before a case is approved.
    """
    return _render(face, code, "", STRAIGHT, True, templates)


def render_sheet(
    face: CertificateFace,
    code: VerifyCode,
    seal_svg: str,
    calibration: Calibration = STRAIGHT,
    *,
    full: bool = True,
    templates: Path = TEMPLATES,
) -> Document:
    """The print rendition of ``face`` with its seal; ``full=False`` leaves out what a preprinted blank already shows."""
    return _render(face, code, seal_svg, calibration, full, templates)


def _render(
    face: CertificateFace, code: VerifyCode, seal: str, calibration: Calibration, full: bool, templates: Path
) -> Document:
    require_glyphs(face.title, face.number, face.issuer, *(field.label + field.value for field in face.fields))
    template = template_path(face.template, templates)
    if list(face.page_mm) != _layout(template)["page_mm"]:
        raise HouseFailure(f"{face.template} is not made for a page of {face.page_mm} mm")
    ground = drawn_svg(template_path(_layout(template)["ground"], templates)) if full else ""
    values = _values(face) | {"calibration": asdict(calibration), "full": full}
    pictures = {"code": code.picture.svg, "seal": seal, "ground": ground}
    return Document(face.title, PDF, compile_pdf(template, values, pictures, midnight(face.issued_on)))


def template_path(name: str, templates: Path = TEMPLATES) -> Path:
    """The file of a template; ``HouseFailure`` if there is none of that name."""
    path = templates / f"{name}.typ"
    if not name.isidentifier() or not path.is_file():
        raise HouseFailure(f"no template {name[:60]!r}")
    return path


def seal_box(name: str, templates: Path = TEMPLATES) -> Box:
    """Where a certificate template wants its seal."""
    return Box(**_layout(template_path(name, templates))["seal_mm"])


@cache
def _layout(template: Path) -> dict[str, Any]:
    layout: dict[str, Any] = json.loads(template.with_suffix(".json").read_text(encoding="utf-8"))
    return layout


def midnight(day: date) -> datetime:
    """The start of ``day`` in China: the creation date of what is dated by the day only."""
    return datetime.combine(day, time(), CHINA).astimezone(UTC)


def _values(face: CertificateFace) -> dict[str, Any]:
    return {
        "face": face.plain,
        "rows": [{"key": field.key, "label": field.label, "value": field.value} for field in face.fields],
        "digest": face.digest.hex(),
        "verify_code": grouped(face.verify_code),
    }
