"""A certificate's job on a real IPP Everywhere printer: printed, held up, gone wrong; and how often anything is sent."""

from __future__ import annotations

import pytest

from core.devices import JobState
from core.failures import PrintUnknown
from core.waiting import Patience
from drivers.printer.ipp_printer import IppCertificatePrinter
from drivers.printer.simulated import Fault, PrinterStand
from tests.drivers.contract_printer import ended, failure_now, sent, wait_for
from tests.drivers.printer.pdf import blank_pdf
from tests.iron.printing.proxy import CANCEL_JOB, CREATE_JOB, SEND_DOCUMENT, Proxy


@pytest.fixture
def printer(stand: PrinterStand) -> IppCertificatePrinter:
    return IppCertificatePrinter(stand.certificate_uri)


def test_the_sheet_is_the_document(stand: PrinterStand, printer: IppCertificatePrinter) -> None:
    job = ended(printer, sent(printer, "O-1:1"))
    assert (job.state, job.impressions) == (JobState.COMPLETED, 1)
    assert "job-completed-successfully" in job.reasons
    assert [sheet.read_bytes() for sheet in stand.sheets()] == [blank_pdf()]
    assert printer.status(Patience(2)).paper == stand.tray.paper == 249


def test_each_request_is_one_post(stand: PrinterStand) -> None:
    with Proxy(stand.certificate.port) as wire:
        printer = IppCertificatePrinter(wire.uri)
        ended(printer, sent(printer, "O-1:1"))
    assert (wire.posts()[CREATE_JOB], wire.posts()[SEND_DOCUMENT], wire.prints()) == (1, 1, 1)


def test_a_lost_answer_is_unknown_and_not_sent_again(stand: PrinterStand) -> None:
    """The sheet is there, and nobody was told: this is why the device has to be asked afterwards."""
    with Proxy(stand.certificate.port) as wire:
        wire.swallow = True
        printer = IppCertificatePrinter(wire.uri)
        job_id = printer.create_job("O-1:1", Patience(2))
        with pytest.raises(PrintUnknown):
            printer.send_document(job_id, blank_pdf(), Patience(3))
        assert ended(printer, job_id).state is JobState.COMPLETED
    assert (wire.posts()[CREATE_JOB], wire.prints()) == (1, 1)
    assert len(stand.sheets()) == 1


def test_a_cut_document_is_unknown_and_not_sent_again(stand: PrinterStand) -> None:
    with Proxy(stand.certificate.port) as wire:
        wire.hold_after = 400_000
        printer = IppCertificatePrinter(wire.uri)
        job_id = printer.create_job("O-1:1", Patience(2))
        with pytest.raises(PrintUnknown):
            printer.send_document(job_id, blank_pdf(padding=2_000_000), Patience(0.5))
    assert (wire.posts()[CREATE_JOB], wire.prints()) == (1, 1)
    assert stand.sheets() == []


def test_paper_out_before(stand: PrinterStand, printer: IppCertificatePrinter) -> None:
    stand.tray.set_paper(0)
    assert printer.status(Patience(2)).failure == "PAPER_OUT"
    job_id = sent(printer, "O-1:1")
    wait_for(lambda: "media-needed" in printer.status(Patience(2)).reasons, "a call for paper")
    assert stand.sheets() == []
    stand.tray.set_paper(50)
    assert ended(printer, job_id).state is JobState.COMPLETED
    assert len(stand.sheets()) == 1


def test_paper_out_during(stand: PrinterStand, printer: IppCertificatePrinter) -> None:
    stand.tray.set_paper(2)
    job_id = sent(printer, "O-1:1", pages=3)
    wait_for(lambda: failure_now(printer, "PAPER_OUT") and len(stand.sheets()) == 2, "the last sheet")
    stand.tray.set_paper(50)
    assert ended(printer, job_id).impressions == 3
    assert len(stand.sheets()) == 3


@pytest.mark.parametrize(("fault", "code"), [(Fault.JAM, "PAPER_JAM"), (Fault.COVER, "COVER_OPEN")])
def test_stopped_on_its_second_page(
    stand: PrinterStand, printer: IppCertificatePrinter, fault: Fault, code: str
) -> None:
    stand.certificate.set_fault(fault, from_page=2)
    job_id = sent(printer, "O-1:1", pages=2)
    wait_for(lambda: failure_now(printer, code), code)
    assert len(stand.sheets()) == 1
    stand.certificate.set_fault(Fault.NONE)
    assert ended(printer, job_id).state is JobState.COMPLETED
    assert len(stand.sheets()) == 2


def test_aborted_by_the_printer(stand: PrinterStand, printer: IppCertificatePrinter) -> None:
    stand.certificate.set_fault(Fault.DIE)
    job = ended(printer, sent(printer, "O-1:1"))
    assert (job.state, job.impressions) == (JobState.ABORTED, 0)
    assert stand.sheets() == []


def test_a_hanging_page_can_be_cancelled(stand: PrinterStand) -> None:
    stand.certificate.set_fault(Fault.HANG)
    with Proxy(stand.certificate.port) as wire:
        printer = IppCertificatePrinter(wire.uri)
        job_id = sent(printer, "O-1:1")
        printer.cancel_job(job_id, Patience(2))
        assert ended(printer, job_id).state is JobState.CANCELED
    assert wire.posts()[CANCEL_JOB] == 1
    assert stand.sheets() == []


def test_cancelled_while_paper_is_out_it_does_not_come_out_later(
    stand: PrinterStand, printer: IppCertificatePrinter
) -> None:
    stand.tray.set_paper(0)
    job_id = sent(printer, "O-1:1")
    printer.cancel_job(job_id, Patience(2))
    stand.tray.set_paper(50)
    assert ended(printer, job_id).state is JobState.CANCELED
    assert stand.sheets() == []


def test_over_tls(stand: PrinterStand) -> None:
    printer = IppCertificatePrinter(stand.certificate_uri.replace("ipp://", "ipps://"))
    assert ended(printer, sent(printer, "O-1:1")).state is JobState.COMPLETED
    assert len(stand.sheets()) == 1
