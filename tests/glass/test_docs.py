"""The visit in pictures is whole: every screen has one, every one is shown, and they stay small."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.screens import SCREENS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURES = DOCS / "pictures"
MOST_BYTES = 2_000_000


def test_every_screen_of_the_visit_has_a_picture() -> None:
    names = {picture.stem.partition("-")[0] for picture in PICTURES.glob("*.png")}
    assert {name for name, _ in SCREENS.values()} <= names
    assert {"help", "home-large-print", "printing-held", "received"} <= {each.stem for each in PICTURES.glob("*.png")}


def test_the_page_shows_every_picture_and_no_other() -> None:
    shown = re.findall(r'src="pictures/([\w-]+)\.png"', (DOCS / "visit.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(picture.stem for picture in PICTURES.glob("*.png"))


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.rglob("*") if path.is_file()) < MOST_BYTES
