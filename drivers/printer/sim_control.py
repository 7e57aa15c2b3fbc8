"""What is in a simulated printer's tray and what goes wrong with it, as a file that any process can change while it prints.

``control.json`` in the printer's folder: read by the press before every page, changed under a lock, written atomically.
Standard library only: the press starts for every job.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any


class Fault(StrEnum):
    """What happens to the page in hand, until cleared. ``JAM`` and ``COVER`` show as printer-state-reasons.

    ``HANG``: nothing moves and nothing is said. ``DIE``: the job is aborted by the printer.
    """

    NONE = "none"
    JAM = "jam"
    COVER = "cover"
    HANG = "hang"
    DIE = "die"


@dataclass(frozen=True, slots=True)
class Control:
    """``from_page`` is the first page of a job that the fault meets, counted from 1; ``paper`` sheets in the tray.

    ``power`` is heeded by a stand that runs on its own (``tongban stand``): another process pulls the plug with it.
    """

    fault: Fault = Fault.NONE
    from_page: int = 1
    seconds_per_page: float = 0.0
    paper: int = 250
    power: bool = True


FILE = "control.json"
LOCK = ".control.lock"


def read_control(folder: Path) -> Control:
    raw = json.loads((folder / FILE).read_text())
    return Control(**(raw | {"fault": Fault(raw["fault"])}))


def write_control(folder: Path, control: Control) -> None:
    fresh = folder / f".{FILE}.{os.getpid()}"
    fresh.write_text(json.dumps(asdict(control)))
    fresh.replace(folder / FILE)


def change_control(folder: Path, **changes: Any) -> Control:
    """Change some fields; two processes that do so at once both have their way."""
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        changed = replace(read_control(folder), **changes)
        write_control(folder, changed)
    return changed


def take_sheet(folder: Path) -> int:
    """One sheet leaves the tray; how many are left."""
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = read_control(folder)
        write_control(folder, replace(before, paper=max(0, before.paper - 1)))
    return max(0, before.paper - 1)
