"""``tongban robot``: a robot citizen walks a visit on a terminal that is already running."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--display", default=os.environ.get("DISPLAY", ":0"), help="X display of the terminal")
    parser.add_argument("--where", type=Path, required=True, help="socket of the terminal's where service")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--lay", default="", help="command that lays the ID card on the reader")
    parser.add_argument("--lift", default="", help="command that takes it away")


def run(args: argparse.Namespace) -> int:
    from kiosk.robot.citizen import RobotStuckError, table, walk
    from kiosk.robot.plans import first_visit

    try:
        steps = walk(args.display, args.where, args.out, first_visit(_command(args.lay), _command(args.lift)))
    except (RobotStuckError, ConnectionError, FileNotFoundError) as error:
        print(f"robot: {error}")
        return 1
    print(table(steps))
    return 0


def _command(line: str) -> Callable[[], object]:
    words = shlex.split(line)
    return lambda: subprocess.run(words, check=True, timeout=60) if words else None
