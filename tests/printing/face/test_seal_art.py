"""The drawn seal: 42 mm, red, the agency's name, and always the words that say it is a test seal."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from core.failures import GlyphMissing, HouseFailure
from printing.original import seal_page
from printing.ports.typst_port import compile_pdf
from printing.seal_art import TEST_MARK, seal_svg
from tests.printing.face import pages
from tests.printing.face.samples import AGENCY, FACE, NOW

DPI = 300


def drawn(agency: str, folder: Path) -> np.ndarray:
    return pages.red(pages.raster(seal_page(seal_svg(agency), FACE.issued_on), folder, DPI))


def part(mask: np.ndarray, left: float, top: float, right: float, bottom: float) -> np.ndarray:
    a, b, c, d = (round(mm / 25.4 * DPI) for mm in (left, top, right, bottom))
    return mask[b:d, a:c]


def test_is_vector_art_of_42_mm(tmp_path: Path):
    root = ElementTree.fromstring(seal_svg(AGENCY))
    assert (root.attrib["width"], root.attrib["height"]) == ("42mm", "42mm")
    assert {each.tag.rpartition("}")[2] for each in root} == {"circle", "path"}
    assert pages.extent(drawn(AGENCY, tmp_path), DPI) == pytest.approx((0, 0, 42, 42), abs=25.4 / DPI + 0.01)


@pytest.mark.parametrize("agency", [AGENCY, "甲", "某某自治区某某市某某县行政审批服务管理局测试专用机关"])
def test_always_says_test(tmp_path: Path, agency: str):
    """The mark under the star equals the same words set by typst, whatever the agency is called."""
    template = tmp_path / "mark.typ"
    template.write_text(
        "#set page(width: 42mm, height: 42mm, margin: 0mm)\n"
        '#set text(font: "Noto Serif CJK SC", weight: "bold", lang: "zh", region: "cn", size: 3.5mm, fill: rgb("#c8161d"),'
        ' top-edge: "baseline", bottom-edge: "baseline")\n'
        f'#place(top + left, dx: 14mm, dy: 34.6mm + 3.5mm * 0.38, box("{TEST_MARK}"))',
        encoding="utf-8",
    )
    wanted = pages.red(pages.raster(compile_pdf(template, {}, {}, NOW), tmp_path, DPI))
    there = (13.5, 32.5, 28.5, 36.8)
    mark, reference = part(drawn(agency, tmp_path), *there), part(wanted, *there)
    assert "测试" in TEST_MARK
    assert (mark & reference).sum() / (mark | reference).sum() > 0.75  # text is hinted, outlines are not


def test_name_stands_around_the_upper_arc_and_the_star_in_the_middle(tmp_path: Path):
    mask = drawn(AGENCY, tmp_path)
    ys, xs = np.nonzero(mask)
    x, y = xs / DPI * 25.4 - 21, 21 - ys / DPI * 25.4
    radius, angle = np.hypot(x, y), np.degrees(np.arctan2(x, y))
    name = (radius > 12.9) & (radius < 19.4)
    assert name[np.abs(angle) < 115].sum() > 0.9 * name[y > -8].sum() > 1000
    assert abs((radius[(radius > 7.2) & (radius < 12.5) & (y > -10)]).size) == 0  # clear ring between star and name
    assert np.abs(x[radius < 7.2].mean()) < 0.1


def test_longest_name_keeps_its_characters_apart(tmp_path: Path):
    mask = drawn("测" * 30, tmp_path)
    assert part(mask, 15, 36.8, 27, 39).sum() == 0  # nothing of the name runs into the bottom


@pytest.mark.parametrize("agency", ["", "测" * 31])
def test_refused_names(agency: str):
    with pytest.raises(HouseFailure):
        seal_svg(agency)


def test_missing_glyph():
    with pytest.raises(GlyphMissing, match=r"U\+E000"):
        seal_svg("测试\ue000局")
