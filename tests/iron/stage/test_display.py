"""The virtual screen: gone when we are, however that came about; and what is said of a screen that is not there."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from core.failures import HouseFailure
from core.settings import CONFIG
from kiosk.stage.display import VirtualDisplay, _served, present_display

OPENS_ONE = "from kiosk.stage.display import VirtualDisplay; print(VirtualDisplay(640, 480).name, flush=True); input()"


def test_a_virtual_screen_serves_until_it_is_closed() -> None:
    display = VirtualDisplay(640, 480)
    number = int(display.name.removeprefix(":"))
    assert _served(number)
    display.close()
    assert not _served(number)


def test_it_does_not_outlive_a_killed_program() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OPENS_ONE], cwd=CONFIG.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        number = int(program.stdout.readline().strip().removeprefix(":"))
        assert _served(number)
        program.kill()
    deadline = time.monotonic() + 10
    while _served(number):
        assert time.monotonic() < deadline, "the X server was left behind"
        time.sleep(0.02)


def test_a_machine_without_xvfb_is_told_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(HouseFailure, match="install the Debian package xvfb"):
        VirtualDisplay(640, 480)


@pytest.mark.parametrize("name", [":7654", "unix:7654.0"])
def test_a_display_that_nobody_serves_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("DISPLAY", name)
    with pytest.raises(HouseFailure, match=f"nobody answers at DISPLAY={name}: unset"):
        present_display()


def test_no_display_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert present_display() is None
