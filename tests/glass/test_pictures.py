"""Real pixels by software OpenGL, in processes of their own: screens are drawn, with ink where text is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kiosk import theme

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("home", "form", "sign", "printing")


def _drawn(folder: Path, *arguments: str) -> dict[str, np.ndarray]:
    command = [sys.executable, "-m", "tests.glass.gallery", "--out", str(folder), *arguments]
    subprocess.run(command, cwd=ROOT, check=True, timeout=100)
    return {path.stem: np.asarray(Image.open(path).convert("RGB")) for path in sorted(folder.glob("*.png"))}


def _share(picture: np.ndarray, colour: str, slack: int = 6) -> float:
    wanted = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])
    return float((np.abs(picture.astype(int) - wanted).max(axis=2) <= slack).mean())


@pytest.mark.parametrize(
    ("arguments", "shape"), [((), (1920, 1080, 3)), (("--wide", "--elder", "--english"), (1080, 1920, 3))]
)
def test_screens_are_drawn(tmp_path: Path, arguments: tuple[str, ...], shape: tuple[int, ...]) -> None:
    pictures = _drawn(tmp_path, *arguments, *NAMES)
    assert set(pictures) == set(NAMES)
    for name, picture in pictures.items():
        assert picture.shape == shape
        assert _share(picture, theme.PAGE) > 0.03, f"{name} has no page"
        assert _share(picture, theme.CARD) > 0.1, f"{name} has no cards"
        assert 0.002 < _share(picture, theme.INK, 40) < 0.3, f"{name} has no ink"
    red = pictures["form"][-160:, :] if shape[0] == 1920 else pictures["form"][:, -200:]
    assert _share(red, "#C2202A", 40) > 0.1, "the help button is not where it always is"
