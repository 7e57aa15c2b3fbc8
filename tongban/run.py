"""``tongban run``: the whole house on this machine, with simulated devices; a robot citizen, or your own fingers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from core.settings import Screen
from kiosk.robot.moves import StepTiming
from kiosk.stage.harvest import write_table
from kiosk.stage.play import Played, play


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--robot", action="store_true", help="a robot citizen walks one visit, also on a real screen")
    parser.add_argument("--landscape", action="store_true", help="1920×1080 instead of 1080×1920")
    parser.add_argument("--out", type=Path, default=Path("out/run"), metavar="DIR", help="(%(default)s)")


def run(args: Namespace) -> int:
    """0 when everything worked."""
    folder: Path = args.out / datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    folder.mkdir(parents=True)
    width, height = (1920, 1080) if args.landscape else (1080, 1920)
    played = play(folder, args.robot, Screen(width=width, height=height, fullscreen=False, dock=True))
    write_table(played.steps, folder)
    print(told(played))
    return 0


def told(played: Played) -> str:
    """The table of steps when somebody walked, and one paragraph."""
    rows = [f"{step.number:3d}  {step.screen:<10} {step.ms:7.0f} ms" for step in played.steps]
    return "\n".join([*rows, " ".join([_started(played), *_walked(played.steps), _left(played)])])


def _started(played: Played) -> str:
    return f"Centre, card reader, printers, printd and screen were up in {played.started_s:.1f} s."


def _walked(steps: Sequence[StepTiming]) -> list[str]:
    if not steps:
        return []
    slowest = max(steps, key=lambda step: step.ms)
    waited = sum(step.ms for step in steps) / 1000
    walked = f"A robot citizen walked a whole visit of {len(steps)} screens by pointer presses and waited {waited:.1f} s in all"
    return [f"{walked}, longest for {slowest.screen} ({slowest.ms / 1000:.1f} s)."]


def _left(played: Played) -> str:
    papers = played.harvest
    sealed, sheets = _count(papers.originals, "certificate"), _count(papers.sheets, "sheet")
    out = f"The centre sealed {sealed}; {sheets} and {_count(papers.receipts, 'receipt')} came out of the printers."
    return f"{out} Look in {played.folder}: screens/, the papers as PDF, journal.jsonl, steps.csv."


def _count(papers: Sequence[Path], name: str) -> str:
    return f"{len(papers)} {name}" if len(papers) == 1 else f"{len(papers)} {name}s"
