"""The project as files: what is the project's own, and what tools have made beside it."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "vault", "drivers", "flows", "sight", "printing", "kiosk", "centre", "tongban")
FOLDERS = (*ROOMS, "config", "systemd", "docs", "tests", "bench", "scripts", ".ci")
MADE = {"__pycache__", "out"}


def files(suffix: str = "") -> list[Path]:
    """Every file of ours whose name ends in ``suffix``."""
    own = [path for path in ROOT.iterdir() if path.is_file()]
    for folder in FOLDERS:
        own += [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    return sorted(path for path in own if path.name.endswith(suffix) and not MADE.intersection(path.parts))


def modules(room: str) -> list[Path]:
    return [path for path in files(".py") if path.is_relative_to(ROOT / room)]


def imported(path: Path) -> set[str]:
    """First names of all absolute imports of a module."""
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found
