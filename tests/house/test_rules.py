"""The rules of ``tests/conftest.py``, each broken on purpose in a pytest of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT

BREAKERS = {
    "skip": "def test_it(): pytest.skip('no scanner here')",
    "skip_mark": "@pytest.mark.skipif(True, reason='no scanner here')\ndef test_it(): pass",
    "xfail": "@pytest.mark.xfail(reason='no scanner here')\ndef test_it(): assert False",
    "xpass": "@pytest.mark.xfail(reason='no scanner here')\ndef test_it(): pass",
    "thread": "def test_it(): threading.Thread(target=threading.Event().wait, args=(20,), name='x', daemon=True).start()",
    "process": "def test_it(): global child; child = subprocess.Popen(['sleep', '20'])",
    "socket": "def test_it(): global server; server = socket.create_server(('127.0.0.1', 0))",
    "warning": "def test_it(): warnings.warn('old', DeprecationWarning)",
    "network": "def test_it(): socket.create_connection(('192.0.2.1', 80), timeout=1)",
    "swallowed_network": "def test_it():\n  try: socket.getaddrinfo('example.org', 80)\n  except Exception: pass",
}
HASTE = "from tests.house import leftovers\nleftovers.GRACE = 0.1\n"
IMPORTS = "import pytest, socket, subprocess, threading, warnings\n"


def run_pytest(folder: Path, **sources: str) -> tuple[int, str]:
    """Exit status and report of a pytest with our settings and conftest over these files."""
    (folder / "conftest.py").write_text(HASTE)
    for name, source in sources.items():
        (folder / f"test_{name}.py").write_text(IMPORTS + source + "\n")
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "-p", "tests.conftest", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_each_broken(tmp_path: Path) -> None:
    status, report = run_pytest(tmp_path, **BREAKERS)
    assert status == 1, report
    for name in BREAKERS:
        assert re.search(rf"^(FAILED|ERROR) .*test_{name}.py", report, re.MULTILINE), (name, report)
    assert not re.search(r"\d (skipped|xfailed|xpassed)", report.splitlines()[-1])


def test_a_module_that_skips(tmp_path: Path) -> None:
    status, report = run_pytest(tmp_path, skips="pytest.skip('no scanner here', allow_module_level=True)")
    assert status == 2, report


def test_a_service_nobody_stopped(tmp_path: Path) -> None:
    fixture = "@pytest.fixture(scope='session')\ndef service(): return subprocess.Popen(['sleep', '21'])\n"
    status, report = run_pytest(tmp_path, service=fixture + "def test_it(service): pass")
    assert status == 1, report
    assert "1 passed, 1 error" in report
    assert "(sleep 21)" in report


def test_kept(tmp_path: Path) -> None:
    status, report = run_pytest(tmp_path, good="def test_it(): pass")
    assert status == 0, report
