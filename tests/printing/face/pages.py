"""PDF pages as poppler sees them: words with their places in millimetres, pixels, and what pdfsig says."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray
from PIL import Image

MM = 25.4 / 72
XHTML = "{http://www.w3.org/1999/xhtml}"
ASCENT = 0.88  # of the type size, above the baseline: the certificate font's

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Word:
    """``x`` left and ``right`` end, ``y`` baseline, ``size`` of the type: all mm."""

    text: str
    x: float
    right: float
    y: float
    size: float


def _poppler(command: str, pdf: bytes, folder: Path, *options: str) -> bytes:
    source = folder / "page.pdf"
    source.write_bytes(pdf)
    done = subprocess.run([command, *options, str(source), "-"], capture_output=True, check=True, timeout=60)
    assert not done.stderr, done.stderr.decode()
    return done.stdout


def words(pdf: bytes, folder: Path) -> list[Word]:
    root = ElementTree.fromstring(_poppler("pdftotext", pdf, folder, "-bbox"))
    return [_word(each) for each in root.iter(f"{XHTML}word")]


def _word(each: ElementTree.Element) -> Word:
    left, top, right, bottom = (float(each.attrib[name]) * MM for name in ("xMin", "yMin", "xMax", "yMax"))
    return Word(each.text or "", left, right, top + ASCENT * (bottom - top), bottom - top)


def word(pdf: bytes, folder: Path, text: str) -> Word:
    (found,) = [each for each in words(pdf, folder) if each.text == text]
    return found


def text(pdf: bytes, folder: Path) -> str:
    """All text of the file, without any white space."""
    return re.sub(r"\s", "", _poppler("pdftotext", pdf, folder).decode())


def page_sizes(pdf: bytes, folder: Path) -> list[tuple[float, float]]:
    """Width and height of every page, mm."""
    root = ElementTree.fromstring(_poppler("pdftotext", pdf, folder, "-bbox"))
    return [(float(page.attrib["width"]) * MM, float(page.attrib["height"]) * MM) for page in root.iter(f"{XHTML}page")]


def raster(pdf: bytes, folder: Path, dpi: int, page: int = 1) -> Pixels:
    """One page as RGB pixels."""
    source = folder / "page.pdf"
    source.write_bytes(pdf)
    command = ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), str(source)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert not done.stderr, done.stderr.decode()
    return np.asarray(Image.open(io.BytesIO(done.stdout)).convert("RGB"))


def red(pixels: Pixels) -> NDArray[np.bool_]:
    """Where the ink of a seal is."""
    r, g, b = (pixels[..., i].astype(int) for i in range(3))
    return (r > 175) & (g < 60) & (b < 70)


def extent(mask: NDArray[np.bool_], dpi: int) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in mm of what is set in ``mask``."""
    ys, xs = np.nonzero(mask)
    scale = 25.4 / dpi
    return (xs.min() * scale, ys.min() * scale, (xs.max() + 1) * scale, (ys.max() + 1) * scale)


def pdfsig(pdf: bytes, folder: Path) -> str:
    source = folder / "signed.pdf"
    source.write_bytes(pdf)
    return subprocess.run(["pdfsig", str(source)], capture_output=True, text=True, timeout=60, check=False).stdout


def fonts(pdf: bytes, folder: Path) -> list[list[str]]:
    """Lines of pdffonts: name, type…, and emb, sub, uni as yes or no."""
    source = folder / "page.pdf"
    source.write_bytes(pdf)
    done = subprocess.run(["pdffonts", str(source)], capture_output=True, text=True, check=True, timeout=60)
    return [line.split() for line in done.stdout.splitlines()[2:]]
