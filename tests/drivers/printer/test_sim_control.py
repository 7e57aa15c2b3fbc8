"""The control file of a simulated printer, changed by several processes while it prints."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from drivers.printer.sim_control import Control, Fault, change_control, read_control, take_sheet, write_control


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_control(tmp_path, Control())
    return tmp_path


def test_what_is_written_is_read(folder: Path) -> None:
    wanted = Control(Fault.JAM, from_page=2, seconds_per_page=0.5, paper=7, power=False)
    write_control(folder, wanted)
    assert read_control(folder) == wanted


def test_a_change_leaves_the_rest(folder: Path) -> None:
    change_control(folder, fault=Fault.COVER)
    change_control(folder, paper=3)
    assert read_control(folder) == Control(fault=Fault.COVER, paper=3)


def test_the_tray_does_not_go_below_empty(folder: Path) -> None:
    change_control(folder, paper=1)
    assert [take_sheet(folder) for _ in range(3)] == [0, 0, 0]


def test_nobody_undoes_what_another_did(folder: Path) -> None:
    """Sheets leave the tray while the faults change: all are counted, and no reader sees half a file."""

    def print_on() -> None:
        for _ in range(100):
            take_sheet(folder)

    printing = [threading.Thread(target=print_on) for _ in range(2)]
    for thread in printing:
        thread.start()
    while any(thread.is_alive() for thread in printing):
        change_control(folder, fault=Fault.JAM)
        assert read_control(folder).fault is Fault.JAM
    for thread in printing:
        thread.join()
    assert read_control(folder).paper == 50


def test_words_only(folder: Path) -> None:
    """A person may edit it by hand."""
    told = json.loads((folder / "control.json").read_text())
    assert told == {"fault": "none", "from_page": 1, "seconds_per_page": 0.0, "paper": 250, "power": True}
