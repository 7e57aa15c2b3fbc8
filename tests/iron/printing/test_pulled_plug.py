"""The certificate printer loses power, at every moment of a print: what the driver says, and what came out."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from core.failures import Failure, NotPrinted, PrinterGone, PrintUnknown
from core.waiting import Patience
from drivers.printer.ipp_printer import IppCertificatePrinter
from drivers.printer.simulated import PrinterStand
from tests.drivers.contract_printer import ended, sent, wait_for
from tests.drivers.printer.pdf import blank_pdf
from tests.iron.printing.proxy import CREATE_JOB, SEND_DOCUMENT, Proxy


@pytest.fixture
def wire(stand: PrinterStand) -> Iterator[Proxy]:
    with Proxy(stand.certificate.port) as wire:
        yield wire


@pytest.fixture
def printer(stand: PrinterStand) -> IppCertificatePrinter:
    return IppCertificatePrinter(stand.certificate_uri)


def test_before_create(stand: PrinterStand, printer: IppCertificatePrinter) -> None:
    stand.kill_certificate_printer()
    with pytest.raises(PrinterGone):
        printer.create_job("O-1:1", Patience(2))
    stand.restart_certificate_printer()
    assert printer.find_jobs("O-1:1", Patience(2)) == ()
    assert stand.sheets() == []


def test_between_create_and_send(stand: PrinterStand, printer: IppCertificatePrinter) -> None:
    job_id = printer.create_job("O-1:1", Patience(2))
    stand.kill_certificate_printer()
    with pytest.raises(NotPrinted):
        printer.send_document(job_id, blank_pdf(), Patience(2))
    stand.restart_certificate_printer()
    assert printer.job(job_id, Patience(2)) is None
    assert stand.sheets() == []


def test_back_in_between_it_has_forgotten_the_job(stand: PrinterStand, printer: IppCertificatePrinter) -> None:
    job_id = printer.create_job("O-1:1", Patience(2))
    stand.kill_certificate_printer()
    stand.restart_certificate_printer()
    with pytest.raises(PrintUnknown, match="0x0406"):
        printer.send_document(job_id, blank_pdf(), Patience(2))
    assert printer.job(job_id, Patience(2)) is None
    assert stand.sheets() == []


def test_during_send(stand: PrinterStand, wire: Proxy) -> None:
    wire.hold_after = 300_000
    printer = IppCertificatePrinter(wire.uri)
    job_id = printer.create_job("O-1:1", Patience(2))
    failed: list[Failure] = []

    def send() -> None:
        try:
            printer.send_document(job_id, blank_pdf(padding=2_000_000), Patience(10))
        except Failure as failure:
            failed.append(failure)

    sending = threading.Thread(target=send)
    sending.start()
    assert wire.held.wait(5)
    stand.kill_certificate_printer()
    sending.join(5)
    assert [failure.code for failure in failed] == ["PRINT_UNKNOWN"]
    stand.restart_certificate_printer()
    assert printer.find_jobs("O-1:1", Patience(2)) == ()
    assert (wire.posts()[CREATE_JOB], wire.posts()[SEND_DOCUMENT]) == (1, 1)
    assert stand.sheets() == []


def test_after_send_with_the_page_in_the_rollers(stand: PrinterStand, printer: IppCertificatePrinter) -> None:
    stand.certificate.set_pace(30)
    job_id = sent(printer, "O-1:1")
    stand.kill_certificate_printer()
    with pytest.raises(PrinterGone):
        printer.job(job_id, Patience(2))
    stand.restart_certificate_printer()
    assert printer.job(job_id, Patience(2)) is None
    assert stand.sheets() == []


def test_between_two_pages(stand: PrinterStand, printer: IppCertificatePrinter) -> None:
    stand.tray.set_paper(1)
    job_id = sent(printer, "O-1:1", pages=2)
    wait_for(lambda: len(stand.sheets()) == 1, "the first page")
    stand.kill_certificate_printer()
    stand.restart_certificate_printer()
    assert printer.job(job_id, Patience(2)) is None
    assert len(stand.sheets()) == 1


def test_its_job_numbers_begin_again(stand: PrinterStand, printer: IppCertificatePrinter) -> None:
    """So an id alone is no witness: after a restart it may be somebody else's job, told by its name."""
    first = sent(printer, "O-1:1")
    ended(printer, first)
    stand.kill_certificate_printer()
    stand.restart_certificate_printer()
    second = sent(printer, "O-2:1")
    assert second == first
    assert ended(printer, first).name == "O-2:1"
