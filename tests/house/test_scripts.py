"""The two words a stranger types: every chore is one short script, and without root the setup says what to do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

SCRIPTS = sorted(path for path in (ROOT / "scripts").iterdir() if not path.suffix)


def test_every_word_is_one_script() -> None:
    rules = re.findall(r"^(\w+):.*##.*\n\t@(.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    words = {word: command for word, command in rules if word != "help"}
    assert words == {word: f"scripts/{word}" for word in words}
    assert {"run", "test", "lint", "bench", "docs", "setup", "clean"} == set(words)


@pytest.mark.parametrize("script", [*SCRIPTS, ROOT / ".ci/run"], ids=lambda path: path.name)
def test_scripts_are_short_and_stop_at_an_error(script: Path) -> None:
    lines = script.read_text().splitlines()
    assert os.access(script, os.X_OK)
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert len(lines) <= 50
    subprocess.run(["bash", "-n", script], check=True)


def test_setup_has_nothing_to_do() -> None:
    done = subprocess.run([ROOT / "scripts/setup"], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A folder with the script and a list that names one package no Debian has, readable by anybody; no sudo."""
    shutil.copy(ROOT / "scripts/system-packages", tmp_path)
    (tmp_path / "system-packages.txt").write_text("bash\n# one\nno-such-package-a  # two\nno-such-12 no-such-13\n")
    sudo = tmp_path / "sudo"
    sudo.write_text("#!/bin/sh\nexit 1\n")
    sudo.chmod(0o755)
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(0o755)
    return tmp_path


def test_without_root_it_says_what_to_install(stranger: Path) -> None:
    command = [stranger / "system-packages"]
    if os.getuid() == 0:
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
    path = f"{stranger}:{os.environ['PATH']}"
    answer = subprocess.run(
        command, env={"PATH": path}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert re.search(
        r"^ +apt-get install --no-install-recommends no-such-1[23] no-such-package-a$", answer.stderr, re.MULTILINE
    )
