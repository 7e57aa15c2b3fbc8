"""The import contracts hold, and each of them is broken by one wrong import, named in the report."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOMS, ROOT, imported, modules

WRONG = {
    "one direction": ("flows/wrong_way.py", "import drivers.ports"),
    "only kiosk has heard of Kivy": ("printing/wrong_screen.py", "import kivy"),
    "printd, stores and lines live without Kivy": ("kiosk/printd/wrong_screen.py", "import kivy"),
    "the centre has no devices and no eyes": ("centre/wrong_eyes.py", "import sight"),
    "core knows pydantic and nothing else": ("core/wrong_store.py", "import sqlalchemy"),
    "device libraries only in drivers.ports": ("drivers/wrong_library.py", "import serial"),
    "picture libraries only in sight": ("kiosk/wrong_library.py", "import cv2"),
    "typst and pyHanko only in printing.ports": ("printing/wrong_library.py", "import pyhanko"),
    "simulators are named only in wiring": ("kiosk/wrong_device.py", "import drivers.printer.simulated"),
}


def contracts() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [ROOT / ".venv/bin/lint-imports", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for source in (path for room in ROOMS for path in modules(room)):
        target = tmp_path / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    return tmp_path


def test_they_hold(copy: Path) -> None:
    report = lint_imports(copy)
    assert report.returncode == 0, report.stdout


def test_a_wrong_import_breaks_each(copy: Path) -> None:
    assert set(contracts()) == set(WRONG)
    for path, line in WRONG.values():
        (copy / path).write_text(line + "\n")
    report = lint_imports(copy)
    assert report.returncode == 1
    for name, (path, _) in WRONG.items():
        assert f"{name} BROKEN" in report.stdout
        section = report.stdout.rpartition(f"\n{name}\n-")[2]
        assert f"{path[:-3].replace('/', '.')} -> " in section, (name, section)


def test_core_imports_nothing_but_pydantic() -> None:
    """The contract can only name what it forbids; this names what is allowed."""
    allowed = {*sys.stdlib_module_names, "core", "pydantic", "pydantic_core"}
    assert {name for path in modules("core") for name in imported(path)} <= allowed
