"""What a run leaves behind for people to look at: papers, journal, table of steps."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.robot.moves import StepTiming
from kiosk.stage.house import House
from kiosk.stage.officer import sealed_certificates


@dataclass(frozen=True, slots=True)
class Harvest:
    """``originals``: sealed certificates as the centre keeps them; ``sheets`` and ``receipts``: what came out of the printers."""

    originals: tuple[Path, ...]
    sheets: tuple[Path, ...]
    receipts: tuple[Path, ...]
    journal: Path


def gather(house: House, folder: Path) -> Harvest:
    """Copy everything out of the house into ``folder``, in plain names."""
    journal = folder / "journal.jsonl"
    journal.write_text("".join(_lines(house)), encoding="utf-8")
    return Harvest(
        _written(sealed_certificates(house.settings.link.url), folder),
        _copied(house.sheets(), folder, "sheet"),
        _copied(sorted((house.receipts / "sheets").glob("*.pdf")), folder, "receipt"),
        journal,
    )


def write_table(steps: Sequence[StepTiming], folder: Path) -> Path:
    """Milliseconds from the press to the first finished frame of the next screen, as CSV."""
    path = folder / "steps.csv"
    rows = ["step,screen,milliseconds,picture", *(f"{s.number},{s.screen},{s.ms:.0f},{s.picture}" for s in steps)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def _written(papers: Sequence[bytes], folder: Path) -> tuple[Path, ...]:
    targets = [folder / f"certificate-{number}.pdf" for number in range(1, len(papers) + 1)]
    for paper, target in zip(papers, targets, strict=True):
        target.write_bytes(paper)
    return tuple(targets)


def _copied(papers: Sequence[Path], folder: Path, name: str) -> tuple[Path, ...]:
    targets = [folder / f"{name}-{number}.pdf" for number in range(1, len(papers) + 1)]
    for paper, target in zip(papers, targets, strict=True):
        shutil.copyfile(paper, target)
    return tuple(targets)


def _lines(house: House) -> list[str]:
    """The journals of both processes of the terminal, in the order of time."""
    lines: list[str] = []
    for journal in (house.folder / "terminal").glob("*.journal"):
        lines += journal.read_text(encoding="utf-8").splitlines(keepends=True)
    return sorted(lines, key=lambda line: str(json.loads(line)["at"]))
