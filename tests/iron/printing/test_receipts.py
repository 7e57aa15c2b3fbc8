"""Receipts through a real CUPS, with the device as witness: CUPS itself is caught telling an untruth."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from contextlib import ExitStack

import pytest

from core.devices import Condition, JobState, ReceiptOutcome
from core.failures import PrinterFailure, PrinterGone, TookTooLong
from core.settings import CONFIG
from core.waiting import Patience
from drivers.printer.ipp_device import IppDevice
from drivers.printer.simulated import Fault, PrinterStand
from drivers.receipt.cups_receipt import CupsReceiptPrinter
from drivers.receipt.spooler import Spooler
from kiosk.taking_back import TakingBack
from tests.drivers.contract_printer import wait_for
from tests.drivers.printer.pdf import blank_pdf


@pytest.fixture
def receipts(stand: PrinterStand) -> CupsReceiptPrinter:
    return CupsReceiptPrinter(stand.cups_server, stand.receipt_queue, stand.receipt_uri)


class Printing:
    """A receipt being printed on a thread of its own."""

    def __init__(self, receipts: CupsReceiptPrinter, patience: Patience) -> None:
        self._outcome: list[ReceiptOutcome] = []
        self._thread = threading.Thread(
            target=lambda: self._outcome.append(receipts.print_pdf("receipt", blank_pdf(), patience))
        )
        self._thread.start()

    def outcome(self) -> ReceiptOutcome:
        self._thread.join(20)
        assert not self._thread.is_alive()
        return self._outcome[0]


def left_in_spooler(stand: PrinterStand) -> list[str]:
    """Jobs that CUPS knows, running or kept, and documents in its spool (``d*``; job files are ``c*``)."""
    listed = subprocess.run(
        ["lpstat", "-h", stand.cups_server, "-W", "all", "-o"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return listed + [path.name for path in (stand.spooler.root / "spool").glob("d*")]


def until_logged(stand: PrinterStand, words: str) -> None:
    log = stand.receipt.folder / "printer.log"
    wait_for(lambda: re.search(words, log.read_text()), words)


def until_in_press(stand: PrinterStand) -> None:
    """The device has the job, and its page is in the rollers."""
    until_logged(stand, "Running command")


def test_printed_and_forgotten(stand: PrinterStand, receipts: CupsReceiptPrinter) -> None:
    assert receipts.print_pdf("receipt", blank_pdf(2), Patience(10)) is ReceiptOutcome.PRINTED
    assert len(stand.receipts()) == 2
    assert left_in_spooler(stand) == []
    assert receipts.health(Patience(2)).condition is Condition.READY


def test_one_after_the_other(stand: PrinterStand, receipts: CupsReceiptPrinter) -> None:
    assert [receipts.print_pdf("same title", blank_pdf(), Patience(10)) for _ in range(3)] == [
        ReceiptOutcome.PRINTED
    ] * 3
    assert len(stand.receipts()) == 3


def test_a_jammed_receipt_is_taken_back(stand: PrinterStand, receipts: CupsReceiptPrinter) -> None:
    """It must not come out for the next person once somebody has opened the lid."""
    stand.receipt.set_fault(Fault.JAM)
    assert receipts.print_pdf("receipt", blank_pdf(), Patience(1)) is ReceiptOutcome.NOT_PRINTED
    assert left_in_spooler(stand) == []
    stand.receipt.set_fault(Fault.NONE)
    assert receipts.print_pdf("the next one", blank_pdf(), Patience(10)) is ReceiptOutcome.PRINTED
    assert len(stand.receipts()) == 1


def test_the_person_leaves(stand: PrinterStand, receipts: CupsReceiptPrinter) -> None:
    stand.receipt.set_pace(30)
    patience = Patience(60)
    printing = Printing(receipts, patience)
    until_in_press(stand)
    patience.stop()
    stopped = time.monotonic()
    assert printing.outcome() is ReceiptOutcome.NOT_PRINTED
    assert time.monotonic() - stopped < 3
    assert stand.receipts() == []


def test_partly_printed_is_unknown(stand: PrinterStand, receipts: CupsReceiptPrinter) -> None:
    stand.receipt.set_fault(Fault.JAM, from_page=2)
    assert receipts.print_pdf("receipt", blank_pdf(2), Patience(1)) is ReceiptOutcome.UNKNOWN
    assert len(stand.receipts()) == 1


def test_aborted_by_the_printer(stand: PrinterStand, receipts: CupsReceiptPrinter) -> None:
    stand.receipt.set_fault(Fault.DIE)
    assert receipts.print_pdf("receipt", blank_pdf(), Patience(10)) is ReceiptOutcome.NOT_PRINTED
    assert left_in_spooler(stand) == []


def test_killed_and_back_empty_is_unknown(stand: PrinterStand, receipts: CupsReceiptPrinter) -> None:
    """Whether CUPS takes the job for printed, or sends it again to a printer that has forgotten the first."""
    stand.receipt.set_pace(30)
    device = IppDevice(stand.receipt_uri)
    wait_for(lambda: device.up_seconds(Patience(2)) >= 3, "an uptime that tells a restart apart")
    printing = Printing(receipts, Patience(5))
    until_in_press(stand)
    stand.receipt.kill()
    stand.receipt.start()
    assert printing.outcome() is ReceiptOutcome.UNKNOWN
    assert stand.receipts() == []
    assert left_in_spooler(stand) == []


def test_what_cups_says_of_that(stand: PrinterStand) -> None:
    """Why it is not asked: a job whose printer was killed and came back empty is *completed* for it.

    It does so from its first look at the job in the printer on; killed before that, it sends the document again. The
    press asks for jobs every 0.1 s: seen twice after that look, the answer to the look has been given.
    """
    stand.receipt.set_pace(30)
    with Spooler(stand.cups_server) as spooler:
        job = spooler.create(stand.receipt_queue, "receipt", {"media": "A4"}, Patience(5))
        spooler.send(stand.receipt_queue, job, blank_pdf(), Patience(5))
        until_logged(stand, "(?s)Running command.*?Get-Job-Attributes .*?Get-Jobs success.*?Get-Jobs success")
        stand.receipt.kill()
        stand.receipt.start()
        wait_for(lambda: JobState(spooler.state(job, Patience(5)) or 3).ended, "CUPS to make up its mind", 20)
        assert spooler.state(job, Patience(5)) == JobState.COMPLETED
        spooler.purge(job, Patience(5))
    assert stand.receipts() == []


def test_printer_off_before(stand: PrinterStand, receipts: CupsReceiptPrinter) -> None:
    stand.receipt.kill()
    with pytest.raises(PrinterGone):
        receipts.print_pdf("receipt", blank_pdf(), Patience(5))
    assert receipts.health(Patience(2)).condition is Condition.GONE
    assert left_in_spooler(stand) == []


def test_no_such_queue(stand: PrinterStand) -> None:
    with pytest.raises(PrinterFailure, match="spooler"):
        CupsReceiptPrinter(stand.cups_server, "nowhere", stand.receipt_uri).print_pdf("r", blank_pdf(), Patience(5))


def test_spooler_hangs(stand: PrinterStand, receipts: CupsReceiptPrinter) -> None:
    stand.spooler.freeze()
    try:
        with pytest.raises(TookTooLong):
            receipts.print_pdf("receipt", blank_pdf(), Patience(0.5))
    finally:
        stand.spooler.thaw()
    assert stand.receipts() == []


def test_spooler_hangs_with_the_job_in_the_printer(stand: PrinterStand, receipts: CupsReceiptPrinter) -> None:
    """The sheet came out: the device is believed, whatever the spooler does."""
    stand.receipt.set_pace(0.5)
    printing = Printing(receipts, Patience(15))
    until_in_press(stand)
    stand.spooler.freeze()
    try:
        assert printing.outcome() is ReceiptOutcome.PRINTED
    finally:
        stand.spooler.thaw()
    assert len(stand.receipts()) == 1


def killed_while_printing(stand: PrinterStand) -> None:
    code = (
        "import sys; from core.waiting import Patience; from tests.drivers.printer.pdf import blank_pdf\n"
        "from drivers.receipt.cups_receipt import CupsReceiptPrinter\n"
        "CupsReceiptPrinter(*sys.argv[1:]).print_pdf('receipt', blank_pdf(), Patience(60))"
    )
    argv = [sys.executable, "-c", code, stand.cups_server, stand.receipt_queue, stand.receipt_uri]
    terminal = subprocess.Popen(argv, cwd=CONFIG.parent)
    until_in_press(stand)
    terminal.kill()
    terminal.wait()


def test_what_a_killed_terminal_left_does_not_come_out_for_the_next_person(
    stand: PrinterStand, receipts: CupsReceiptPrinter
) -> None:
    receipts.take_back_all(Patience(10))  # what killed printers of earlier tests left
    stand.receipt.set_fault(Fault.JAM)
    killed_while_printing(stand)
    assert left_in_spooler(stand) != []
    assert receipts.take_back_all(Patience(10)) == 1
    stand.receipt.set_fault(Fault.NONE)
    assert left_in_spooler(stand) == []
    assert receipts.print_pdf("the next one", blank_pdf(), Patience(10)) is ReceiptOutcome.PRINTED
    assert len(stand.receipts()) == 1


def test_it_is_waited_for_until_the_spooler_answers(stand: PrinterStand, receipts: CupsReceiptPrinter) -> None:
    stand.receipt.set_fault(Fault.JAM)
    killed_while_printing(stand)
    stand.spooler.freeze()
    with ExitStack() as stack:
        TakingBack(receipts).begin(stack)
        stand.spooler.thaw()
        wait_for(lambda: left_in_spooler(stand) == [], "an empty spooler", 20)


def test_asked_to_end_it_waits_no_longer(stand: PrinterStand, receipts: CupsReceiptPrinter) -> None:
    stand.spooler.freeze()
    try:
        with ExitStack() as stack:
            begun = time.monotonic()
            TakingBack(receipts).begin(stack)
        assert time.monotonic() - begun < 2
    finally:
        stand.spooler.thaw()
