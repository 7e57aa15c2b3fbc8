"""The certificate's page: exact millimetres, equal bytes, PDF/A, the code readable from paper, nothing injected."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from core.failures import HouseFailure
from core.papers import Document, sha256_hex
from printing.render import Calibration, render_face, render_sheet, seal_box
from printing.seal_art import seal_svg
from printing.verify_code import verify_code
from tests.printing.face import pages
from tests.printing.face.samples import AGENCY, FACE, HOST, code_of, code_trust

EXACT = 0.002  # mm: what a PDF's rounding leaves
QR = zxingcpp.BarcodeFormat.QRCode
CODE = code_of(FACE)
SEAL = seal_svg(AGENCY)
FULL = render_face(FACE, CODE)


def sheet(calibration: Calibration | None = None, *, full: bool = True) -> bytes:
    return render_sheet(FACE, CODE, SEAL, calibration or Calibration(), full=full).data


def test_one_page_of_a4_landscape(tmp_path: Path):
    assert pages.page_sizes(FULL.data, tmp_path) == [pytest.approx((297, 210), abs=EXACT)]
    assert (FULL.title, FULL.media_type) == ("卫生许可证", "application/pdf")


@pytest.mark.parametrize(
    ("text", "x", "y"),
    [
        ("东城区测试理发店（个体工商户）", 87, 80),
        ("测试甲", 87, 94),
        ("东城区测试路8号2层", 87, 108),
        ("理发", 87, 122),
        ("2026年11月22日至2030年11月21日", 87, 136),
        ("法定代表人（负责人）", 37, 94),
        ("电子证照标识", 73, 172),
        (str(FACE.identifier), 73, 178),
    ],
)
def test_left_end_and_baseline(tmp_path: Path, text: str, x: float, y: float):
    found = pages.word(FULL.data, tmp_path, text)
    assert (found.x, found.y) == pytest.approx((x, y), abs=EXACT)


@pytest.mark.parametrize(
    ("text", "middle", "y"), [(FACE.number, 148.5, 63), (AGENCY, 223, 152), ("2026年11月22日", 223, 169.2)]
)
def test_centred_lines(tmp_path: Path, text: str, middle: float, y: float):
    found = pages.word(FULL.data, tmp_path, text)
    assert ((found.x + found.right) / 2, found.y) == pytest.approx((middle, y), abs=EXACT)


def test_code_and_seal_stand_where_they_should(tmp_path: Path):
    dpi = 600
    pixels = pages.raster(sheet(), tmp_path, dpi)
    left, top, right, bottom = (int(mm / 25.4 * dpi) for mm in (35.5, 147.5, 68.5, 180.5))
    dark = np.zeros(pixels.shape[:2], dtype=bool)
    dark[top:bottom, left:right] = pixels[top:bottom, left:right].max(axis=2) < 90
    assert pages.extent(dark, dpi) == pytest.approx((37, 149, 67, 179), abs=25.4 / dpi + 0.01)
    assert pages.extent(pages.red(pixels), dpi)[2:] == pytest.approx((244, 181), abs=25.4 / dpi + 0.01)
    box = seal_box(FACE.template)
    assert (box.x, box.y, box.width, box.height) == (202, 139, 42, 42)


def test_the_original_has_no_seal_before_it_is_signed(tmp_path: Path):
    pixels = pages.raster(FULL.data, tmp_path, 100)
    below_the_title = pages.red(pixels)[int(70 / 25.4 * 100) :]
    assert not below_the_title.any()


@pytest.mark.parametrize(
    "calibration",
    [
        Calibration(1.5, -0.75),
        Calibration(-3.2, 4.1),
        Calibration(0.4, 0.2, 1.003, 0.997),
        Calibration(0, 0, 0.95, 1.05),
    ],
)
def test_calibration_moves_and_stretches_exactly(tmp_path: Path, calibration: Calibration):
    straight = {each.text: each for each in pages.words(sheet(), tmp_path) if len(each.text) > 4}
    moved = {each.text: each for each in pages.words(sheet(calibration), tmp_path) if len(each.text) > 4}
    assert straight.keys() == moved.keys()
    for text, at in straight.items():
        place = (moved[text].x, moved[text].y, moved[text].right)
        wanted = (
            at.x * calibration.scale_x + calibration.dx,
            at.y * calibration.scale_y + calibration.dy,
            at.right * calibration.scale_x + calibration.dx,
        )
        assert place == pytest.approx(wanted, abs=EXACT)


def test_calibration_moves_the_seal_and_the_code(tmp_path: Path):
    dpi = 300
    straight = pages.extent(pages.red(pages.raster(sheet(full=False), tmp_path, dpi)), dpi)
    moved = pages.extent(pages.red(pages.raster(sheet(Calibration(2, 1), full=False), tmp_path, dpi)), dpi)
    wanted = (straight[0] + 2, straight[1] + 1, straight[2] + 2, straight[3] + 1)
    assert moved == pytest.approx(wanted, abs=25.4 / dpi + 0.01)


@pytest.mark.parametrize("wrong", [{"dx": 21}, {"dy": -21}, {"scale_x": 0.8}, {"scale_y": 1.2}, {"dx": float("nan")}])
def test_calibration_out_of_range(wrong: dict[str, float]):
    with pytest.raises(HouseFailure):
        Calibration(**wrong)


def test_overlay_holds_the_values_and_only_them(tmp_path: Path):
    full, overlay = (pages.words(sheet(full=flag), tmp_path) for flag in (True, False))
    assert {"卫生许可证", "法定代表人（负责人）", "电子证照标识"} <= {each.text for each in full}
    kept = {each.text: each for each in overlay}
    values = {field.value for field in FACE.fields} | {FACE.number, AGENCY, "2026年11月22日", "7K2M9-PQR4T"}
    assert set(kept) == values | {str(FACE.identifier)}
    whole = {each.text: each for each in full}
    for text in values - {"7K2M9-PQR4T"}:
        assert (kept[text].x, kept[text].y) == pytest.approx((whole[text].x, whole[text].y), abs=EXACT)


def test_equal_input_gives_equal_bytes_in_threads_and_processes():
    found: list[str] = []

    def work() -> None:
        found.extend(render_face(FACE, CODE).digest for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [FULL.digest] * 15
    assert render_face(FACE, CODE).data == FULL.data


def test_equal_input_gives_equal_bytes_in_another_process():
    sheet_here = sha256_hex(sheet())
    program = (
        "import sys; from core.papers import sha256_hex; from printing.render import render_sheet\n"
        "from printing.ports.qr import QrPicture; from printing.verify_code import VerifyCode\n"
        "from printing.seal_art import seal_svg; from tests.printing.face.samples import FACE, AGENCY\n"
        "code = VerifyCode('', QrPicture(sys.stdin.read(), 12, 65))\n"
        "print(sha256_hex(render_sheet(FACE, code, seal_svg(AGENCY)).data))"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=CODE.picture.svg,
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == sheet_here


@pytest.mark.parametrize("render", [lambda: FULL.data, sheet, lambda: sheet(full=False)])
def test_pdf_a_2b(tmp_path: Path, render: Callable[[], bytes]):
    pdf = render()
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>B</pdfaid:conformance>", pdf)
    assert b"/OutputIntents" in pdf
    assert b"/GTS_PDFA1" in pdf
    for line in pages.fonts(pdf, tmp_path):
        assert "NotoSerifCJKsc" in line[0]
        assert line[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, with a way back to Unicode


def test_the_file_names_the_digest_of_the_face_and_no_person():
    assert f"face-sm3-{FACE.digest.hex()}".encode() in FULL.data
    for name in ("测试甲", FACE.holder):
        for encoding in ("utf-8", "utf-16-be"):
            assert name.encode(encoding) not in FULL.data


def test_code_read_back_from_the_page_verifies_offline(tmp_path: Path):
    for dpi in (150, 300):
        (seen,) = zxingcpp.read_barcodes(pages.raster(sheet(), tmp_path, dpi), formats=QR)
        assert seen.text == CODE.url
        assert verify_code(seen.text, code_trust(), HOST, FACE).genuine


def test_code_survives_a_bad_photograph(tmp_path: Path):
    pixels = pages.raster(sheet(), tmp_path, 200).astype(float)
    noisy = pixels * 0.6 + 40 + np.random.default_rng(1).normal(0, 18, pixels.shape)
    (seen,) = zxingcpp.read_barcodes(np.rot90(noisy.clip(0, 255).astype(np.uint8)).copy(), formats=QR)
    assert seen.text == CODE.url


@pytest.mark.parametrize("name", ["no_such", "../secret", "seal/..", ""])
def test_unknown_templates(name: str):
    with pytest.raises(HouseFailure, match="no template"):
        render_face(replace(FACE, template=name), CODE)


def test_a_face_for_other_paper_is_refused():
    with pytest.raises(HouseFailure, match="page"):
        render_face(replace(FACE, page_mm=(420.0, 297.0)), CODE)


def test_a_broken_template_is_a_failure_of_the_house(tmp_path: Path):
    (tmp_path / "broken.typ").write_text("#unknown", encoding="utf-8")
    (tmp_path / "broken.json").write_text('{"ground": "broken", "page_mm": [297, 210]}', encoding="utf-8")
    with pytest.raises(HouseFailure, match="unknown variable"):
        render_face(replace(FACE, template="broken"), CODE, templates=tmp_path)


def test_document_is_what_the_house_calls_one():
    assert isinstance(FULL, Document)
