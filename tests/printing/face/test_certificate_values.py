"""What may stand on a certificate: rare names print, nothing vanishes, overflows or is taken for template source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.failures import FormIncomplete, GlyphMissing
from printing.face import FaceField
from printing.render import render_face
from tests.printing.face import pages
from tests.printing.face.samples import FACE, code_of, face_with

EXACT = 0.002  # mm: what a PDF's rounding leaves
CODE = code_of(FACE)


def test_rare_name_prints(tmp_path: Path):
    face = face_with("legal_rep", "测𬭎")
    document = render_face(face, code_of(face))
    assert pages.word(document.data, tmp_path, "测𬭎").x == pytest.approx(87, abs=EXACT)


@pytest.mark.parametrize(
    ("char", "code_point"),
    [("\ue000", "U+E000"), ("\U000e0100", "U+E0100"), ("\u200b", "U+200B"), ("\u202e", "U+202E"), ("\n", "U+000A")],
)
def test_a_glyph_missing_names_the_code_point_and_not_the_person(char: str, code_point: str):
    face = face_with("legal_rep", f"测试{char}")
    with pytest.raises(GlyphMissing) as caught:
        render_face(face, code_of(face))
    assert caught.value.detail == code_point
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("length", [60, 75])
def test_a_long_value_shrinks_and_stays_in_its_place(tmp_path: Path, length: int):
    face = face_with("address", "测" * length)
    lines = [each for each in pages.words(render_face(face, code_of(face)).data, tmp_path) if set(each.text) == {"测"}]
    assert sum(len(each.text) for each in lines) == length
    assert all(each.x >= 87 - EXACT and each.right <= 258 + EXACT for each in lines)
    assert all(each.y - each.size * 0.88 > 96 and each.y <= 110 for each in lines)


def test_a_value_too_long_is_refused_by_its_key():
    face = face_with("address", "测" * 200)
    with pytest.raises(FormIncomplete, match="address does not fit") as caught:
        render_face(face, code_of(face))
    assert "测" not in str(caught.value)


@pytest.mark.parametrize(
    "value", ["#panic()", "*a* _b_ $x$ `c`", "\\ #sys.inputs", "</script>", '"; drop', "=标题", "// 没有"]
)
def test_values_are_never_template_source(tmp_path: Path, value: str):
    face = face_with("project", value)
    assert value.replace(" ", "") in pages.text(render_face(face, code_of(face)).data, tmp_path)


def test_seven_rows_fit_and_eight_do_not(tmp_path: Path):
    more = tuple(FaceField(f"extra_{n}", "项目", f"值{n}") for n in range(3))
    seven = replace(FACE, fields=FACE.fields + more[:2])
    lines = [
        each.y
        for each in pages.words(render_face(seven, CODE).data, tmp_path)
        if each.x == pytest.approx(87, abs=EXACT)
    ]
    assert len(lines) == 7
    assert max(lines) == pytest.approx(140, abs=EXACT)
    with pytest.raises(FormIncomplete, match="rows"):
        render_face(replace(FACE, fields=FACE.fields + more), CODE)
