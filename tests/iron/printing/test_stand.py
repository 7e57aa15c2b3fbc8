"""The stand itself: as root and as an ordinary user, as a program, killed, and twice at once."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from core.devices import JobState, ReceiptOutcome
from core.failures import DeviceBroken
from core.waiting import Patience
from drivers.printer import simulated
from drivers.printer.ipp_printer import IppCertificatePrinter
from drivers.printer.sim_control import change_control
from drivers.printer.simulated import PrinterStand
from drivers.receipt.cups_receipt import CupsReceiptPrinter
from tests.drivers.contract_printer import ended, sent, wait_for
from tests.drivers.printer.pdf import blank_pdf

ROOT = Path(__file__).parents[3]
ROOMS = ("core", "drivers", "tongban")
NOBODY = 65534


class Program:
    """``tongban stand`` in a folder that its user owns, from a copy of the sources that its user can read."""

    def __init__(self, folder: Path, as_nobody: bool) -> None:
        self.folder = folder / "stand"
        sources = folder / "sources"
        for room in ROOMS:
            shutil.copytree(ROOT / room, sources / room, ignore=shutil.ignore_patterns("__pycache__"))
        # The interpreter of a virtual environment may lie in a home folder that only its owner can enter.
        python = "/usr/bin/python3" if as_nobody else sys.executable
        drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if as_nobody else []
        self.process = subprocess.Popen(
            [*drop, python, "-B", "-m", "tongban", "stand", "--folder", self.folder],
            cwd=sources,
            env={"PATH": os.environ["PATH"], "TMPDIR": str(folder)},
            stderr=subprocess.PIPE,
            text=True,
        )

    def addresses(self) -> dict[str, str]:
        told = self.folder / "stand.json"
        wait_for(lambda: told.exists() or self.process.poll() is not None, "stand.json")
        assert told.exists(), self.process.communicate()[1]
        found: dict[str, str] = json.loads(told.read_text())
        return found

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        self.process.communicate(timeout=10)
        return self.process.returncode


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach and write to: pytest's own are private."""
    with tempfile.TemporaryDirectory(prefix="tongban-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


def owner_of_port(port: str) -> int:
    """User id of who listens there, from ``/proc/net/tcp``."""
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == "0A" and int(fields[1].split(":")[1], 16) == int(port):
            return int(fields[7])
    raise AssertionError("nobody listens there")


def use(addresses: dict[str, str]) -> None:
    printer = IppCertificatePrinter(addresses["certificate_uri"])
    assert ended(printer, sent(printer, "O-1:1")).state is JobState.COMPLETED
    receipts = CupsReceiptPrinter(addresses["receipt_server"], addresses["receipt_queue"], addresses["receipt_uri"])
    assert receipts.print_pdf("receipt", blank_pdf(), Patience(10)) is ReceiptOutcome.PRINTED
    for folder in ("certificate_folder", "receipt_folder"):
        assert [sheet.name for sheet in (Path(addresses[folder]) / "sheets").iterdir()] == ["0001.pdf"]


def runtimes(folder: Path) -> list[Path]:
    return list(folder.glob("tongban-stand-*"))


def test_as_an_ordinary_user(open_folder: Path) -> None:
    """Nobody, when the tests run as root; else whoever runs them."""
    program = Program(open_folder, as_nobody=os.geteuid() == 0)
    addresses = program.addresses()
    use(addresses)
    user = owner_of_port(addresses["receipt_server"].rpartition(":")[2])
    assert user != 0
    assert pwd.getpwuid(user).pw_name
    assert program.end() == 0
    assert runtimes(open_folder) == []


def test_as_a_program_of_this_user(open_folder: Path) -> None:
    program = Program(open_folder, as_nobody=False)
    use(program.addresses())
    assert program.end() == 0
    assert not (program.folder / "stand.json").exists()
    assert runtimes(open_folder) == []


def test_its_power_can_be_cut_from_beside(open_folder: Path) -> None:
    program = Program(open_folder, as_nobody=False)
    addresses = program.addresses()
    folder = Path(addresses["certificate_folder"])
    printer = IppCertificatePrinter(addresses["certificate_uri"])
    for power, condition in ((False, "gone"), (True, "ready")):
        change_control(folder, power=power)
        wait_for(lambda wanted=condition: printer.health(Patience(2)).condition == wanted, condition)
    assert program.end() == 0


def test_killed_it_leaves_nothing(open_folder: Path) -> None:
    program = Program(open_folder, as_nobody=False)
    addresses = program.addresses()
    assert program.end(signal.SIGKILL) == -signal.SIGKILL
    wait_for(lambda: not runtimes(open_folder), "the keeper to clean up")
    assert IppCertificatePrinter(addresses["certificate_uri"]).health(Patience(2)).condition == "gone"


def test_two_at_once(tmp_path: Path) -> None:
    with PrinterStand(tmp_path / "one") as one, PrinterStand(tmp_path / "two") as two:
        use(one.addresses())
        assert two.sheets() == []
        use(two.addresses())
        with pytest.raises(DeviceBroken, match="another stand"), PrinterStand(tmp_path / "one"):
            pass


def test_it_keeps_its_tray_and_sheets(tmp_path: Path) -> None:
    for count in (1, 2):
        with PrinterStand(tmp_path) as stand:
            printer = IppCertificatePrinter(stand.certificate_uri)
            ended(printer, sent(printer, "O-1:1"))
            assert (len(stand.sheets()), stand.tray.paper) == (count, 250 - count)


def test_in_a_private_folder_with_a_long_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As under pam_tmpdir: the spooler's own user cannot enter it, and no socket's path fits."""
    private = tmp_path / ("long" * 30)
    private.mkdir(mode=0o700)
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    with PrinterStand(private / "stand") as stand:
        use(stand.addresses())


def test_started_by_a_process_that_keeps_its_files_private(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with PrinterStand(tmp_path) as stand:
            use(stand.addresses())
    finally:
        os.umask(before)


def test_what_a_machine_lacks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulated, "SYSTEM_PATH", str(tmp_path))
    monkeypatch.setattr(simulated, "PACKAGES", {"ippeveprinter": "cups-ipp-utils", "pdfinfo": "poppler-utils"})
    with pytest.raises(DeviceBroken, match="apt-get install cups-ipp-utils poppler-utils"), PrinterStand(tmp_path):
        pass


def test_a_service_that_does_not_start_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Any) -> list[str | Path]:
        return ["ippeveprinter", "--no-such-option"]

    monkeypatch.setattr("drivers.printer.sim_device.SimulatedPrinter._argv", broken)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    with ExitStack() as stack, pytest.raises(DeviceBroken, match="certificate did not start"):
        stack.enter_context(PrinterStand(tmp_path / "stand"))
    assert runtimes(tmp_path) == []
