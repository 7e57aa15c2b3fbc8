"""Screens of a visit as pictures for the documentation: half the size, few colours, named after the screen."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from PIL import Image

COLOURS = 128


def shrink(source: Path, target: Path) -> None:
    with Image.open(source) as picture:
        half = picture.convert("RGB").resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)
        half.quantize(COLOURS).save(target, optimize=True)


def main(source: Path, target: Path) -> None:
    """``03-question.png`` becomes ``question-2.png`` when it is the second of that name."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.png"):
        old.unlink()
    seen: Counter[str] = Counter()
    for picture in sorted(source.glob("*.png")):
        name = picture.stem.partition("-")[2]
        seen[name] += 1
        shrink(picture, target / (f"{name}.png" if seen[name] == 1 else f"{name}-{seen[name]}.png"))
    print(f"{seen.total()} pictures in {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
