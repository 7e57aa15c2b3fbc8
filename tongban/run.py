"""``tongban run``: the whole house on this machine, with simulated devices; a robot citizen, or your own fingers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from core.settings import Screen
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
    """One paragraph, and the table of steps when somebody walked."""
    papers = played.harvest
    walked = sum(step.ms for step in played.steps)
    rows = [f"{step.number:3d}  {step.screen:<10} {step.ms:7.0f} ms" for step in played.steps]
    sentence = (
        f"Centre, printers, reader, printd and screen were up in {played.started_s:.1f} s. "
        + (f"A robot citizen walked {len(rows)} screens, waiting {walked / 1000:.1f} s in all. " if rows else "")
        + f"{len(papers.originals)} certificate was sealed, {len(papers.sheets)} sheet and {len(papers.receipts)} receipt "
        f"pages came out of the printers. Pictures, papers, journal and steps.csv: {played.folder}"
    )
    return "\n".join([*rows, sentence])
