"""Nothing comes upon a simulator by accident: only wiring names one, or one of its parts.

The import contract says this for ``drivers.*.simulated``; a simulator's parts have names that a contract cannot match.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import ROOMS, ROOT, modules

SIMULATED = re.compile(r"drivers\.\w+\.(sim|simulated)(_\w+)?(\.|$)")
WIRING = {"kiosk.dock.devices", "tongban.sim", "tongban.stand"}
STAGE = "kiosk.stage."
"""The whole house on one machine, simulated devices included; production starts nothing of it."""


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strangers() -> Iterator[Path]:
    for path in (path for room in ROOMS for path in modules(room)):
        name = dotted(path)
        if not SIMULATED.match(name) and name not in WIRING and not name.startswith(STAGE):
            yield path


def test_only_wiring_names_them() -> None:
    found = [
        f"{dotted(path)} imports {name}" for path in strangers() for name in imports(path) if SIMULATED.match(name)
    ]
    assert found == []
