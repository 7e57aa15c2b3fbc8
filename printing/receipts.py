"""Receipts, notices and decisions as A4 papers: numbered, dated, with the agency's (test) seal drawn in.

Each is due by law: 行政许可法 art. 32 (acceptance, "no licence needed"), art. 38 (decision), and the pledge document with
the signature of the person. The seal is part of the page here, because these papers are printed; a signature with the
receipts key may be added to the file (``printing.original.sign_receipt``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from core.clock import CHINA
from core.failures import FormIncomplete, HouseFailure
from core.papers import Document
from printing.face import chinese_date
from printing.glyphs import require_glyphs
from printing.ports.typst_port import compile_pdf
from printing.render import PDF, TEMPLATES, template_path
from printing.seal_art import seal_svg
from printing.stroke_art import strokes_svg

SIGNING_BOX_ASPECT = 3.8

Pairs = tuple[tuple[str, str], ...]


class ReceiptKind(StrEnum):
    """The value is the template's name and the ``kind`` on the wire."""

    INTAKE_RECEIPT = "intake_receipt"
    PLEDGE_DOCUMENT = "pledge_document"
    DECISION = "decision"
    NOT_NEEDED = "not_needed"


TITLES = {
    ReceiptKind.INTAKE_RECEIPT: "受理通知书",
    ReceiptKind.PLEDGE_DOCUMENT: "告知承诺书",
    ReceiptKind.DECISION: "准予行政许可决定书",
    ReceiptKind.NOT_NEEDED: "无需办理告知单",
}

_NEEDED: dict[ReceiptKind, tuple[str, ...]] = {
    ReceiptKind.INTAKE_RECEIPT: ("applicant", "situation", "case_no", "facts", "materials", "promised"),
    ReceiptKind.PLEDGE_DOCUMENT: (
        *("situation", "facts", "ground", "conditions", "clauses", "consequences", "withdraw"),
        *("inspect_by", "strokes", "digest"),
    ),
    ReceiptKind.DECISION: ("applicant", "situation", "case_no", "facts", "ground", "certificate"),
    ReceiptKind.NOT_NEEDED: ("conclusion", "explanation", "answers", "ground"),
}


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptData:
    """What a paper says. Which fields a kind needs stands in ``_NEEDED``; the rest is ignored.

    ``issued_at`` is aware. ``facts`` label → value (numbers of persons already masked); ``materials`` name → how it was met;
    ``answers`` question → answer. ``make_good`` materials pledged, due by ``make_good_by``. ``strokes`` as on the wire:
    thousandths of a signing box whose width through height is ``box_aspect``. ``digest`` sha256 of what was signed.
    """

    number: str
    issued_at: datetime
    agency: str
    item: str
    situation: str = ""
    case_no: str = ""
    applicant: str = ""
    facts: Pairs = ()
    materials: Pairs = ()
    promised: str = ""
    phone: str = ""
    place: str = ""
    ground: str = ""
    certificate: str = ""
    conditions: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()
    withdraw: str = ""
    make_good: tuple[str, ...] = ()
    make_good_by: date | None = None
    inspect_by: date | None = None
    strokes: tuple[tuple[tuple[int, int], ...], ...] = ()
    box_aspect: float = SIGNING_BOX_ASPECT
    digest: str = ""
    conclusion: str = ""
    explanation: str = ""
    answers: Pairs = ()

    def __repr__(self) -> str:
        return f"ReceiptData({self.number})"


def render_receipt(kind: str, data: ReceiptData, *, templates: Path = TEMPLATES) -> Document:
    """The paper of ``kind`` as PDF/A-2b. Equal data gives equal bytes.

    Raises ``FormIncomplete`` when ``data`` lacks what the kind needs, ``GlyphMissing`` for an unprintable character,
    ``HouseFailure`` for an unknown kind.
    """
    if kind not in set(ReceiptKind):
        raise HouseFailure(f"no paper {kind[:40]!r}")
    which = ReceiptKind(kind)
    _require(which, data)
    values = _values(data)
    require_glyphs(*_texts(values))
    pictures = {"seal": seal_svg(data.agency), "signature": strokes_svg(data.strokes, data.box_aspect)}
    pdf = compile_pdf(template_path(which, templates), values, pictures, data.issued_at)
    return Document(TITLES[which], PDF, pdf)


def _require(kind: ReceiptKind, data: ReceiptData) -> None:
    needed = ("number", "agency", "item", *_NEEDED[kind])
    missing = [name for name in needed if not getattr(data, name)]
    if data.make_good:
        missing += [name for name in ("make_good_by", "inspect_by", "consequences") if not getattr(data, name)]
    if missing:
        raise FormIncomplete(f"{kind}: {', '.join(missing)}")


def _values(data: ReceiptData) -> dict[str, Any]:
    names = (
        *("number", "agency", "item", "situation", "case_no", "applicant", "facts", "materials", "promised", "phone"),
        *("ground", "certificate", "conditions", "clauses", "consequences", "withdraw", "make_good", "digest"),
        *("conclusion", "explanation", "answers"),
    )
    there = data.issued_at.astimezone(CHINA)
    return {name: _stripped(getattr(data, name)) for name in names} | {
        "date": chinese_date(there.date()),
        "moment": f"{chinese_date(there.date())}{there.hour}时{there.minute:02d}分",
        "make_good_by": chinese_date(data.make_good_by) if data.make_good_by else "",
        "inspect_by": chinese_date(data.inspect_by) if data.inspect_by else "",
        "foot": "　".join(part for part in (data.number, data.place) if part),
    }


def _stripped(value: str | tuple[Any, ...]) -> Any:
    return value.strip() if isinstance(value, str) else [_stripped(each) for each in value]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
