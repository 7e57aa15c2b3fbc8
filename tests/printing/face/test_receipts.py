"""Receipts, notices and decisions: complete, on A4, sealed and dated, and nothing left out in silence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from core.failures import FormIncomplete, GlyphMissing, HouseFailure
from printing.receipts import TITLES, ReceiptData, ReceiptKind, render_receipt
from printing.stroke_art import strokes_svg
from tests.printing.face import pages
from tests.printing.face.samples import AGENCY, NOW, RECEIPTS, STROKES

KINDS = list(ReceiptKind)
PLEDGE = RECEIPTS[ReceiptKind.PLEDGE_DOCUMENT]

SAID = {
    ReceiptKind.INTAKE_RECEIPT: ("受理通知书", "第三十二条第一款第五项", "2026年11月22日14时36分", "110101********0014", "承诺后补", "当场作出决定"),
    ReceiptKind.PLEDGE_DOCUMENT: ("告知承诺书", *PLEDGE.conditions, *PLEDGE.clauses, *PLEDGE.consequences, PLEDGE.withdraw, *PLEDGE.make_good, "2027年1月21日", "2027年1月20日", "00" * 32),
    ReceiptKind.DECISION: ("准予行政许可决定书", "第三十八条第一款", "颁发《卫生许可证》", "六十日内", "六个月内", "2027年1月21日"),
    ReceiptKind.NOT_NEEDED: ("无需办理告知单", "您不需要办理卫生许可证", "商场、超市、书店", "《公共场所卫生管理条例》"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_says_what_the_law_wants(tmp_path: Path, kind: ReceiptKind):
    said = pages.text(render_receipt(kind, RECEIPTS[kind]).data, tmp_path)
    for sentence in (*SAID[kind], RECEIPTS[kind].number, AGENCY, "2026年11月22日"):
        assert sentence in said
    assert TITLES[kind] in said


@pytest.mark.parametrize("kind", KINDS)
def test_is_a4_portrait_pdf_a_with_embedded_fonts(tmp_path: Path, kind: ReceiptKind):
    document = render_receipt(kind, RECEIPTS[kind])
    for size in pages.page_sizes(document.data, tmp_path):
        assert size == pytest.approx((210, 297), abs=0.01)
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>B</pdfaid:conformance>", document.data)
    assert b"/GTS_PDFA1" in document.data
    for line in pages.fonts(document.data, tmp_path):
        assert "NotoSerifCJKsc" in line[0]
        assert line[-5:-2] == ["yes", "yes", "yes"]


@pytest.mark.parametrize("kind", KINDS)
def test_seal_of_42_mm_stands_on_the_last_page_over_agency_and_date(tmp_path: Path, kind: ReceiptKind):
    pdf = render_receipt(kind, RECEIPTS[kind]).data
    count, dpi = len(pages.page_sizes(pdf, tmp_path)), 150
    mask = pages.red(pages.raster(pdf, tmp_path, dpi, count))
    mask[: int(45 / 25.4 * dpi)] = False  # the red head
    mask[:, : int(105 / 25.4 * dpi)] = False
    left, top, right, bottom = pages.extent(mask, dpi)
    assert (right - left, bottom - top) == pytest.approx((42, 42), abs=0.4)
    date = [word for word in pages.words(pdf, tmp_path) if word.text == "2026年11月22日"][-1]
    assert left < (date.x + date.right) / 2 < right
    assert top < date.y < bottom


@pytest.mark.parametrize("kind", KINDS)
def test_equal_data_gives_equal_bytes(kind: ReceiptKind):
    assert render_receipt(kind, RECEIPTS[kind]).data == render_receipt(kind.value, RECEIPTS[kind]).data


def test_later_paper_differs():
    data = RECEIPTS[ReceiptKind.DECISION]
    later = replace(data, issued_at=data.issued_at + timedelta(seconds=1))
    assert render_receipt("decision", data).data != render_receipt("decision", later).data


@pytest.mark.parametrize(
    ("kind", "without", "named"),
    [
        (ReceiptKind.INTAKE_RECEIPT, {"materials": ()}, "materials"),
        (ReceiptKind.INTAKE_RECEIPT, {"number": ""}, "number"),
        (ReceiptKind.PLEDGE_DOCUMENT, {"strokes": ()}, "strokes"),
        (ReceiptKind.PLEDGE_DOCUMENT, {"digest": ""}, "digest"),
        (ReceiptKind.PLEDGE_DOCUMENT, {"make_good_by": None}, "make_good_by"),
        (ReceiptKind.DECISION, {"consequences": ()}, "consequences"),
        (ReceiptKind.DECISION, {"ground": ""}, "ground"),
        (ReceiptKind.NOT_NEEDED, {"answers": ()}, "answers"),
    ],
)
def test_a_paper_with_something_missing_is_refused(kind: ReceiptKind, without: dict[str, object], named: str):
    with pytest.raises(FormIncomplete, match=named):
        render_receipt(kind, replace(RECEIPTS[kind], **without))


def test_unknown_kind():
    with pytest.raises(HouseFailure, match="no_such"):
        render_receipt("no_such", PLEDGE)


@pytest.mark.parametrize(
    "place", [{"applicant": "测\ue000"}, {"facts": (("申请人", "测\ue000"),)}, {"clauses": ("甲", "\ue000")}]
)
def test_an_unprintable_character_anywhere_is_refused(place: dict[str, object]):
    with pytest.raises(GlyphMissing) as caught:
        render_receipt(ReceiptKind.PLEDGE_DOCUMENT, replace(PLEDGE, **place))
    assert caught.value.detail == "U+E000"


def test_texts_of_the_catalogue_may_end_in_a_line_feed(tmp_path: Path):
    data = replace(PLEDGE, withdraw="可以撤回。\n", clauses=("第一条。\n",))
    assert "可以撤回。" in pages.text(render_receipt("pledge_document", data).data, tmp_path)


def test_without_pledge_the_decision_has_no_conditions(tmp_path: Path):
    data = replace(RECEIPTS[ReceiptKind.DECISION], make_good=(), make_good_by=None, inspect_by=None, consequences=())
    assert "补齐" not in pages.text(render_receipt("decision", data).data, tmp_path)


def test_a_pledge_without_papers_to_make_good(tmp_path: Path):
    data = replace(PLEDGE, make_good=(), make_good_by=None)
    assert "本次没有需要补交的材料" in pages.text(render_receipt("pledge_document", data).data, tmp_path)


def test_a_long_paper_runs_on_and_keeps_seal_and_notice_together(tmp_path: Path):
    data = RECEIPTS[ReceiptKind.INTAKE_RECEIPT]
    long = replace(data, materials=tuple((f"材料{n}", "承诺后补") for n in range(45)))
    pdf = render_receipt("intake_receipt", long).data
    said = pages.text(pdf, tmp_path)
    assert len(pages.page_sizes(pdf, tmp_path)) > 1
    assert all(f"材料{n}" in said for n in range(45))
    assert pages.red(pages.raster(pdf, tmp_path, 50, len(pages.page_sizes(pdf, tmp_path)))).any()


def test_a_whole_form_and_ten_materials_stay_on_one_page(tmp_path: Path):
    data = RECEIPTS[ReceiptKind.INTAKE_RECEIPT]
    form = (*data.facts[:5], *((f"第{n}项内容", f"填写的内容{n}") for n in range(9)), ("经营项目", "测" * 60))
    full = replace(data, facts=form, materials=tuple((f"材料{n}", "承诺后补") for n in range(10)))
    pdf = render_receipt("intake_receipt", full).data
    said = pages.text(pdf, tmp_path)
    assert len(pages.page_sizes(pdf, tmp_path)) == 1
    assert all(f"填写的内容{n}" in said and f"第{n}项内容" in said for n in range(9))
    assert said.count("测" * 20) >= 2


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_leaves_the_margins(tmp_path: Path, kind: ReceiptKind):
    data = replace(RECEIPTS[kind], facts=(("申请人", "测" * 90), ("标识", "1.2.156." + "A" * 90)))
    for word in pages.words(render_receipt(kind, data).data, tmp_path):
        assert word.x >= 26 - 0.1
        # A closing mark's empty half may stand in the margin.
        empty = word.size / 2 if word.text[-1] in "，。；：、）》”" else 0
        assert word.right - empty <= 184 + 0.1


def test_the_signature_is_drawn_where_it_is_asked_for(tmp_path: Path):
    with_strokes = pages.raster(render_receipt("pledge_document", PLEDGE).data, tmp_path, 100, 2)
    other = replace(PLEDGE, strokes=(((10, 500), (990, 500)),))
    with_line = pages.raster(render_receipt("pledge_document", other).data, tmp_path, 100, 2)
    ys, xs = np.nonzero((with_strokes != with_line).any(axis=2))
    left, right = xs.min() * 0.254, xs.max() * 0.254
    assert 28 < left < right < 100
    assert (ys.max() - ys.min()) * 0.254 == pytest.approx(20, abs=1)  # the height of its place


def test_strokes_become_smooth_lines():
    svg = strokes_svg(STROKES, 3.8)
    assert svg.count("M") == len(STROKES)
    assert "Q" in svg
    assert strokes_svg((), 3.8) == strokes_svg(((),), 3.8) == ""
    assert 'd="M1900.0 500.0L1900.0 500.0"' in strokes_svg((((500, 500),),), 3.8)


def test_no_repr_shows_a_person():
    assert "测试" not in repr(PLEDGE)
    assert isinstance(ReceiptData("1", NOW, AGENCY, "x"), ReceiptData)
