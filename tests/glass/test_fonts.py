"""The face on the glass is the Chinese one, and no character vanishes without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from core.failures import HouseFailure
from kiosk import fonts
from kiosk.widgets import ruler

JAPANESE_FACE = 0
DIFFERENT = "直骨关门述将角"
RARE = "𬭎"


def _outline(font: TTFont, char: str) -> list[Any]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getBestCmap()[ord(char)]].draw(pen)
    return list(pen.value)


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_shapes_are_chinese_not_japanese(weight: str) -> None:
    collection = fonts.SOURCE / f"NotoSansCJK-{weight}.ttc"
    with (
        TTFont(fonts.face(weight)) as ours,
        TTFont(collection, fontNumber=fonts.SC_FACE) as chinese,
        TTFont(collection, fontNumber=JAPANESE_FACE) as japanese,
    ):
        for char in DIFFERENT:
            assert _outline(ours, char) == _outline(chinese, char), char
            assert _outline(ours, char) != _outline(japanese, char), char


def test_a_missing_glyph_would_be_visible() -> None:
    with TTFont(fonts.face("Regular")) as ours:
        pen = DecomposingRecordingPen(ours.getGlyphSet())
        ours.getGlyphSet()[".notdef"].draw(pen)
        assert pen.value


def test_a_rare_name_has_its_shape() -> None:
    assert fonts.missing(f"测试{RARE}") == ""
    assert fonts.visible(f"测试{RARE}") == f"测试{RARE}"


def test_a_character_without_a_shape_is_shown_as_its_code_point() -> None:
    lost = "\U0002a700"
    assert fonts.missing(f"测{lost}试{lost}") == lost
    assert fonts.visible(f"测{lost}") == "测〔U+2A700〕"
    assert "".join(ruler.broken(f"测{lost}试", 30, False, 1000)) == "测〔U+2A700〕试"


def test_all_of_gb2312_has_shapes() -> None:
    text = "".join(
        bytes([high, low]).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)
    )
    assert len(text) == 6763
    assert fonts.missing(text) == ""


def test_the_face_is_copied_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = fonts.face("Regular")
    before = first.stat().st_mtime_ns
    assert fonts.face("Regular") == first
    assert first.stat().st_mtime_ns == before
    assert sorted(path.suffix for path in first.parent.iterdir()) == [".otf", ".shapes"]


def test_without_the_package_the_failure_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "SOURCE", tmp_path)
    with pytest.raises(HouseFailure, match="fonts-noto-cjk"):
        fonts.face("Regular")


def test_another_face_in_its_place_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(fonts, "SC_FACE", JAPANESE_FACE)
    with pytest.raises(HouseFailure, match="Noto Sans CJK JP"):
        fonts.face("Regular")
