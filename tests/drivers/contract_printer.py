"""What every certificate printer promises. Runs on each ``DRIVER`` below ``drivers/printer/``, with its own simulator.

Imported by ``tests/drivers/printer/test_contract.py``; a new driver file needs no edit here or there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from core.devices import CertificatePrinter, Condition, Job, JobState
from core.failures import Cancelled, NotPrinted, PrinterGone, PrintUnknown, TookTooLong
from core.waiting import Patience
from drivers.driver import Driver, rehearsal_of
from drivers.printer.rehearsal import Rehearsal
from drivers.registry import drivers_of
from tests.drivers.printer.pdf import blank_pdf

T = TypeVar("T")
SOON = 0.5
"""Seconds within which a stopped call has to be back: 0.2 promised, the rest for a busy machine."""


@pytest.fixture(params=drivers_of("printer").values(), ids=lambda driver: driver.name)
def driver(request: pytest.FixtureRequest) -> Driver[CertificatePrinter]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def stage(driver: Driver[CertificatePrinter], tmp_path: Path) -> Iterator[Rehearsal]:
    stage: Rehearsal = rehearsal_of(driver)(tmp_path)
    stage.start()
    yield stage
    stage.stop()


@pytest.fixture
def printer(driver: Driver[CertificatePrinter], stage: Rehearsal) -> Iterator[CertificatePrinter]:
    printer = driver.open(stage.address, Patience(5))
    yield printer
    printer.close()


def wait_for(look: Callable[[], T | None], what: str, seconds: float = 10.0) -> T:
    """The first answer that is neither ``None`` nor false."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.01)
    pytest.fail(f"waited in vain for {what}")


def ended(printer: CertificatePrinter, job_id: int) -> Job:
    def look() -> Job | None:
        job = printer.job(job_id, Patience(2))
        assert job is not None
        return job if job.state.ended else None

    return wait_for(look, "the job's end")


def impressions(printer: CertificatePrinter, job_id: int) -> int | None:
    job = printer.job(job_id, Patience(2))
    assert job is not None
    return job.impressions


def failure_now(printer: CertificatePrinter, code: str | None) -> bool:
    return printer.status(Patience(2)).failure == code


def sent(printer: CertificatePrinter, name: str, pages: int = 1) -> int:
    job_id = printer.create_job(name, Patience(2))
    printer.send_document(job_id, blank_pdf(pages), Patience(5))
    return job_id


def test_prints_one_sheet_and_witnesses_it(printer: CertificatePrinter, stage: Rehearsal) -> None:
    job = ended(printer, sent(printer, "O-1:1"))
    assert (job.name, job.state, job.impressions) == ("O-1:1", JobState.COMPLETED, 1)
    assert stage.sheets() == 1


def test_a_job_without_document_prints_nothing(printer: CertificatePrinter, stage: Rehearsal) -> None:
    job_id = printer.create_job("O-1:1", Patience(2))
    job = printer.job(job_id, Patience(2))
    assert job is not None
    assert not job.state.ended
    printer.cancel_job(job_id, Patience(2))
    assert ended(printer, job_id).state is JobState.CANCELED
    assert stage.sheets() == 0


def test_finds_jobs_by_their_whole_name(printer: CertificatePrinter) -> None:
    done = sent(printer, "O-1:1")
    ended(printer, done)
    waiting = printer.create_job("O-1:2", Patience(2))
    assert [job.id for job in printer.find_jobs("O-1:1", Patience(2))] == [done]
    assert [job.id for job in printer.find_jobs("O-1:2", Patience(2))] == [waiting]
    assert printer.find_jobs("O-1", Patience(2)) == ()


def test_a_job_it_does_not_know(printer: CertificatePrinter) -> None:
    assert printer.job(4711, Patience(2)) is None
    printer.cancel_job(4711, Patience(2))


def test_cancelling_a_finished_job_is_no_failure(printer: CertificatePrinter) -> None:
    job_id = sent(printer, "O-1:1")
    ended(printer, job_id)
    printer.cancel_job(job_id, Patience(2))
    assert ended(printer, job_id).state is JobState.COMPLETED


def test_a_large_document(printer: CertificatePrinter, stage: Rehearsal) -> None:
    job_id = printer.create_job("O-1:1", Patience(2))
    printer.send_document(job_id, blank_pdf(padding=3_000_000), Patience(10))
    assert ended(printer, job_id).impressions == 1
    assert stage.sheets() == 1


def test_says_when_paper_is_out_and_how_much_there_is(printer: CertificatePrinter, stage: Rehearsal) -> None:
    assert printer.status(Patience(2)).failure is None
    stage.load(7)
    assert printer.status(Patience(2)).paper == 7
    stage.load(0)
    assert printer.status(Patience(2)).failure == "PAPER_OUT"
    assert printer.health(Patience(2)).condition is Condition.FAULTY


def test_waits_for_paper_and_goes_on(printer: CertificatePrinter, stage: Rehearsal) -> None:
    stage.load(1)
    job_id = sent(printer, "O-1:1", pages=2)
    wait_for(lambda: stage.sheets() == 1 and failure_now(printer, "PAPER_OUT"), "an empty tray")
    wait_for(lambda: impressions(printer, job_id) == 1, "the first page's report")
    job = printer.job(job_id, Patience(2))
    assert job is not None
    assert not job.state.ended
    stage.load(5)
    assert ended(printer, job_id).impressions == 2
    assert stage.sheets() == 2


def test_a_jam_is_said_and_ends(printer: CertificatePrinter, stage: Rehearsal) -> None:
    stage.jam()
    job_id = sent(printer, "O-1:1")
    wait_for(lambda: failure_now(printer, "PAPER_JAM"), "the jam")
    assert printer.health(Patience(2)).failure == "PAPER_JAM"
    assert stage.sheets() == 0
    stage.clear()
    assert ended(printer, job_id).state is JobState.COMPLETED
    wait_for(lambda: failure_now(printer, None), "a clear path")


def test_a_cancelled_job_leaves_no_sheet(printer: CertificatePrinter, stage: Rehearsal) -> None:
    stage.jam()
    job_id = sent(printer, "O-1:1")
    wait_for(lambda: failure_now(printer, "PAPER_JAM"), "the jam")
    printer.cancel_job(job_id, Patience(2))
    job = ended(printer, job_id)
    assert (job.state, job.impressions) == (JobState.CANCELED, 0)
    assert stage.sheets() == 0


def test_switched_off(printer: CertificatePrinter, stage: Rehearsal) -> None:
    job_id = printer.create_job("O-1:1", Patience(2))
    stage.unplug()
    for ask in (
        lambda: printer.status(Patience(2)),
        lambda: printer.create_job("O-1:2", Patience(2)),
        lambda: printer.job(job_id, Patience(2)),
        lambda: printer.find_jobs("O-1:1", Patience(2)),
    ):
        with pytest.raises(PrinterGone):
            ask()
    with pytest.raises(NotPrinted):
        printer.send_document(job_id, blank_pdf(), Patience(2))
    assert printer.health(Patience(2)).condition is Condition.GONE
    stage.plug()
    assert printer.health(Patience(2)).condition is Condition.READY


def test_a_silent_printer_ends_every_call(printer: CertificatePrinter, stage: Rehearsal) -> None:
    job_id = printer.create_job("O-1:1", Patience(2))
    stage.fall_silent()
    with pytest.raises(TookTooLong):
        printer.status(Patience(0.2))
    with pytest.raises(TookTooLong):
        printer.create_job("O-1:2", Patience(0.2))
    with pytest.raises(PrintUnknown):
        printer.send_document(job_id, blank_pdf(), Patience(0.2))
    assert printer.health(Patience(0.2)).condition is Condition.GONE
    stage.speak_again()


def stopped_in(patience: Patience, call: Callable[[], object]) -> float:
    """Run ``call``, stop its patience 0.1 s after; seconds from the stop to its end."""
    at: list[float] = []

    def stop() -> None:
        at.append(time.monotonic())
        patience.stop()

    timer = threading.Timer(0.1, stop)
    timer.start()
    call()
    took = time.monotonic() - at[0]
    timer.join()
    return took


def test_stops_when_told(printer: CertificatePrinter, stage: Rehearsal) -> None:
    job_id = printer.create_job("O-1:1", Patience(2))
    stage.fall_silent()
    waiting, sending = Patience(), Patience()

    def wait() -> None:
        with pytest.raises(Cancelled):
            printer.status(waiting)

    def send() -> None:
        with pytest.raises(PrintUnknown):
            printer.send_document(job_id, blank_pdf(), sending)

    assert stopped_in(waiting, wait) < SOON
    assert stopped_in(sending, send) < SOON
    stage.speak_again()


def test_with_no_patience_left_nothing_is_sent(printer: CertificatePrinter, stage: Rehearsal) -> None:
    job_id = printer.create_job("O-1:1", Patience(2))
    with pytest.raises(TookTooLong):
        printer.status(Patience(0))
    with pytest.raises(NotPrinted):
        printer.send_document(job_id, blank_pdf(), Patience(0))
    job = printer.job(job_id, Patience(2))
    assert job is not None
    assert not job.state.ended
    assert stage.sheets() == 0
