"""``--settings FILE``, the same for every subcommand that reads settings, and what a technician is told of a wrong file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from core.failures import HouseFailure
from core.settings import Settings, SettingsWrong, settings_from


def add_settings(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--settings",
        type=Path,
        nargs="+",
        action="extend",
        required=True,
        metavar="FILE",
        help="TOML; later files are laid over earlier ones",
    )


def settings_of(args: Namespace) -> Settings:
    """``HouseFailure`` with every mistake, a line each, or with the file that cannot be read."""
    try:
        return settings_from(*(path.read_text(encoding="utf-8") for path in args.settings))
    except (SettingsWrong, OSError, UnicodeDecodeError) as error:
        raise HouseFailure(str(error)) from error
