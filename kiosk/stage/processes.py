"""Our own programs as services of the stage: children of the keeper, so that nothing is left whatever happens to us."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from drivers.printer.sim_process import Keeper, Service

READY_S = 60.0


def tongban(*arguments: str) -> list[str]:
    """The command line that runs a subcommand of ours with this very Python."""
    return [sys.executable, "-m", "tongban", *arguments]


def service(name: str, logs: Path, keeper: Keeper, *arguments: str, more: Mapping[str, str] | None = None) -> Service:
    """A subcommand as a started service; ``more`` is laid over this process's environment."""
    made = Service(name, tongban(*arguments), logs / f"{name}.log", keeper, {**os.environ, **(more or {})})
    made.start()
    return made
