"""Screens of a tour as pictures for the documentation: half the size, few colours, named after what they show."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

COLOURS = 256
AGAIN = "again"


def shrink(source: Path, target: Path) -> None:
    with Image.open(source) as picture:
        half = picture.convert("RGB").resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)
        half.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(target, optimize=True)


def main(source: Path, target: Path) -> None:
    """``03-question.png`` becomes ``question.png``; of several with one name the first is kept."""
    wanted: dict[str, Path] = {}
    for picture in sorted(source.glob("*.png")):
        wanted.setdefault(picture.stem.partition("-")[2], picture)
    wanted.pop(AGAIN, None)
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.png"):
        old.unlink()
    for name, picture in wanted.items():
        shrink(picture, target / f"{name}.png")
    print(f"{len(wanted)} pictures in {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
