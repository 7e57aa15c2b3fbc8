"""What the certificate font can print, asked before anything is approved."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.failures import GlyphMissing
from printing.glyphs import missing_glyphs, require_glyphs
from printing.ports.typst_port import FAMILY, font_files

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", ["测试甲", "𬭎", "㛃", "䶮", "爨", "·", "Ａ", "Zoë", "〇", "第1号"])
def test_printable(name: str):
    assert missing_glyphs(name) == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("测\ue123试\ue123", ("U+E123",)),
        ("a\u200db\tc", ("U+200D", "U+0009")),
        ("\U0003134a", ("U+3134A",)),
        ("😀", ("U+1F600",)),
    ],
)
def test_missing_in_order_and_once(text: str, missing: tuple[str, ...]):
    assert missing_glyphs(text) == missing


def test_failure_names_code_points_only():
    with pytest.raises(GlyphMissing) as caught:
        require_glyphs("测试", "\ue000甲", "\ue001")
    assert caught.value.detail == "U+E000 U+E001"


def test_faces_are_the_simplified_chinese_ones():
    """The collection's first face is Japanese: its shapes would be wrong on a certificate."""
    assert FAMILY.endswith(" SC")
    assert [file.weight for file in font_files()] == [400, 700]
    assert all(file.index == 2 for file in font_files())


@pytest.mark.parametrize("path", sorted((ROOT / "config").glob("[ct]*/*.[ty]*")), ids=lambda path: path.name)
def test_all_words_of_catalogue_and_templates_can_be_printed(path: Path):
    text = path.read_text(encoding="utf-8")
    assert missing_glyphs("".join(text.split())) == ()
