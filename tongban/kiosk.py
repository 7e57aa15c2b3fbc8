"""``tongban kiosk``: the terminal's screen. The three last options are for development; production refuses them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from kiosk.main import Play
from kiosk.main import run as run_kiosk
from tongban._settings import add_settings, settings_of


def configure(parser: ArgumentParser) -> None:
    add_settings(parser)
    parser.add_argument("--where", type=Path, metavar="SOCKET", help="tell a robot citizen what is on the screen")
    parser.add_argument("--reader-state", type=Path, metavar="FILE", help="dock: the simulated reader's state")
    parser.add_argument("--certificates", type=Path, metavar="DIR", help="dock: the simulated certificate printer")


def run(args: Namespace) -> int:
    return run_kiosk(settings_of(args), Play(args.where, args.reader_state, args.certificates))
