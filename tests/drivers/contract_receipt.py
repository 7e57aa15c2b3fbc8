"""What every receipt printer promises. Runs on each ``DRIVER`` below ``drivers/receipt/``, with its own simulator.

Imported by ``tests/drivers/receipt/test_receipt_contract.py``; a new driver file needs no edit here or there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.devices import Condition, ReceiptOutcome, ReceiptPrinter
from core.failures import Failure
from core.waiting import Patience
from drivers.driver import Driver, rehearsal_of
from drivers.printer.rehearsal import Rehearsal
from drivers.registry import drivers_of
from tests.drivers.printer.pdf import blank_pdf

GRACE = 8.0
"""Seconds that a driver may take to get a job back."""


@pytest.fixture(params=drivers_of("receipt").values(), ids=lambda driver: driver.name)
def driver(request: pytest.FixtureRequest) -> Driver[ReceiptPrinter]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def stage(driver: Driver[ReceiptPrinter], tmp_path: Path) -> Iterator[Rehearsal]:
    stage: Rehearsal = rehearsal_of(driver)(tmp_path)
    stage.start()
    yield stage
    stage.stop()


@pytest.fixture
def receipts(driver: Driver[ReceiptPrinter], stage: Rehearsal) -> Iterator[ReceiptPrinter]:
    receipts = driver.open(stage.address, Patience(5))
    yield receipts
    receipts.close()


def test_printed_is_on_paper(receipts: ReceiptPrinter, stage: Rehearsal) -> None:
    assert receipts.print_pdf("receipt", blank_pdf(), Patience(10)) is ReceiptOutcome.PRINTED
    assert stage.sheets() == 1
    assert receipts.health(Patience(2)).condition is Condition.READY


def test_what_is_not_printed_does_not_come_later(receipts: ReceiptPrinter, stage: Rehearsal) -> None:
    stage.jam()
    start = time.monotonic()
    assert receipts.print_pdf("receipt", blank_pdf(), Patience(0.5)) is not ReceiptOutcome.PRINTED
    assert time.monotonic() - start < 0.5 + GRACE
    stage.clear()
    assert receipts.print_pdf("the next one", blank_pdf(), Patience(10)) is ReceiptOutcome.PRINTED
    assert stage.sheets() == 1


def test_switched_off(receipts: ReceiptPrinter, stage: Rehearsal) -> None:
    stage.unplug()
    with pytest.raises(Failure):
        receipts.print_pdf("receipt", blank_pdf(), Patience(5))
    assert receipts.health(Patience(2)).condition is Condition.GONE


def test_silent(receipts: ReceiptPrinter, stage: Rehearsal) -> None:
    stage.fall_silent()
    with pytest.raises(Failure):
        receipts.print_pdf("receipt", blank_pdf(), Patience(0.3))
    stage.speak_again()
    assert stage.sheets() == 0


def test_no_patience_left(receipts: ReceiptPrinter, stage: Rehearsal) -> None:
    with pytest.raises(Failure):
        receipts.print_pdf("receipt", blank_pdf(), Patience(0))
    assert stage.sheets() == 0
