"""``tongban stand``: the simulated printers in the foreground, until SIGTERM.

``stand.json`` in the folder appears when everything can be used, and goes when it is switched off.
"""

from __future__ import annotations

import argparse
import json
import signal
import threading
from pathlib import Path

from drivers.printer.simulated import PrinterStand


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--folder",
        type=Path,
        required=True,
        metavar="DIR",
        help="sheets, control files, stand.json (the printers listen on every address of this machine)",
    )


def run(args: argparse.Namespace) -> int:
    """0 after SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    told: Path = args.folder / "stand.json"
    with PrinterStand(args.folder) as stand:
        fresh = told.with_suffix(".new")
        fresh.write_text(json.dumps(stand.addresses(), indent=1))
        fresh.replace(told)
        try:
            stand.tend(stop)
        finally:
            told.unlink()
    return 0
