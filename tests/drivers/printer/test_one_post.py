"""Whatever answers at the printer's address: one request is one POST, and the doubt has a name."""

from __future__ import annotations

import struct
import threading
import time

import pytest

from core.failures import HouseFailure, NotPrinted, PrinterBusy, PrinterFailure, PrinterGone, PrintUnknown, TookTooLong
from core.waiting import Patience
from drivers.printer.ipp_printer import IppCertificatePrinter
from tests.drivers.printer.crooked import REDIRECT, CrookedServer, http
from tests.drivers.printer.pdf import blank_pdf

OPERATION, JOB, PRINTER, END = 1, 2, 4, 3
INTEGER, KEYWORD, CHARSET = 0x21, 0x44, 0x47


def attribute(tag: int, name: str, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value


def ipp(status: int, *groups: bytes) -> bytes:
    head = (
        struct.pack(">BBHI", 2, 0, status, 1) + bytes([OPERATION]) + attribute(CHARSET, "attributes-charset", b"utf-8")
    )
    return head + b"".join(groups) + bytes([END])


NONSENSE = {
    "redirect": REDIRECT.encode(),
    "see_other": REDIRECT.replace("307 Temporary Redirect", "303 See Other").encode(),
    "unavailable": http(b"try later", "503 Service Unavailable"),
    "not_text": http(b"\xff\xfe\xfd", "500 Internal Server Error"),
    "upgrade": http(b"", "426 Upgrade Required"),
    "login": http(b"", "401 Unauthorized"),
    "hangs_up": b"",
    "half_a_head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "half_a_body": http(ipp(0), length=5000),
    "not_http": b"\x00" * 300,
    "empty": http(b""),
    "not_ipp": http(b"<html>hello</html>"),
    "cut_ipp": http(ipp(0)[:-3]),
    "no_groups": http(struct.pack(">BBHI", 2, 0, 0, 1) + bytes([END])),
    "server_error": http(ipp(0x0500)),
    "busy": http(ipp(0x0507)),
    "no_such_job": http(ipp(0x0406)),
    "bad_format": http(ipp(0x040A)),
    "old_version": http(ipp(0x0503)),
}


@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE.keys())
def test_a_document_answered_with_nonsense_is_unknown_and_sent_once(answer: bytes) -> None:
    with CrookedServer(answer) as server, pytest.raises(PrintUnknown):
        IppCertificatePrinter(server.uri).send_document(1, blank_pdf(), Patience(3))
    assert len(server.requests) == 1
    assert server.requests[0].count(b"POST ") == 1
    assert server.requests[0].endswith(blank_pdf())


@pytest.mark.parametrize("taken", [1, 200, 60_000])
def test_hung_up_on_in_the_middle(taken: int) -> None:
    with CrookedServer(None, take=taken) as server, pytest.raises(PrintUnknown):
        IppCertificatePrinter(server.uri).send_document(1, blank_pdf(padding=9_000_000), Patience(3))
    assert len(server.requests) == 1


def test_silence_is_unknown_and_sent_once() -> None:
    with CrookedServer(None) as server, pytest.raises(PrintUnknown):
        IppCertificatePrinter(server.uri).send_document(1, blank_pdf(), Patience(0.4))
    assert len(server.requests) == 1


@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE.keys())
def test_nonsense_makes_no_job_and_is_not_asked_again(answer: bytes) -> None:
    with CrookedServer(answer) as server, pytest.raises(PrinterFailure) as caught:
        IppCertificatePrinter(server.uri).create_job("O-1:1", Patience(3))
    assert not isinstance(caught.value, PrinterGone)
    assert len(server.requests) == 1


def test_nobody_there() -> None:
    with CrookedServer(b"") as server:
        uri = server.uri
    with pytest.raises(PrinterGone):
        IppCertificatePrinter(uri).create_job("O-1:1", Patience(2))
    with pytest.raises(NotPrinted):
        IppCertificatePrinter(uri).send_document(1, blank_pdf(), Patience(2))


def test_busy_is_told_apart() -> None:
    with CrookedServer(http(ipp(0x0507))) as server, pytest.raises(PrinterBusy):
        IppCertificatePrinter(server.uri).create_job("O-1:1", Patience(2))


def test_a_job_that_would_come_out_wrong_is_refused() -> None:
    """A printer that ignores the medium answers 0x0001 and says so in the group of unsupported attributes."""
    ignored = bytes([5]) + attribute(KEYWORD, "media", b"iso_a4_210x297mm")
    job = bytes([JOB]) + attribute(INTEGER, "job-id", struct.pack(">i", 9))
    answer = ipp(0x0001, ignored, job, bytes([PRINTER]) + attribute(KEYWORD, "sides-supported", b"one-sided"))
    with CrookedServer(http(answer)) as server, pytest.raises(PrinterFailure, match="media"):
        IppCertificatePrinter(server.uri).create_job("O-1:1", Patience(2))
    create, cancel = server.requests[-2:]
    assert create.partition(b"\r\n\r\n")[2][3] == 0x05
    assert cancel.partition(b"\r\n\r\n")[2][3] == 0x08
    assert attribute(INTEGER, "job-id", struct.pack(">i", 9)) in cancel


def test_a_stopped_call_is_back_at_once() -> None:
    patience = Patience()
    with CrookedServer(None) as server:
        timer = threading.Timer(0.2, patience.stop)
        timer.start()
        start = time.monotonic()
        with pytest.raises(PrintUnknown):
            IppCertificatePrinter(server.uri).send_document(1, blank_pdf(), patience)
        assert time.monotonic() - start < 0.7
        timer.join()


def test_an_address_that_swallows_everything() -> None:
    """A full backlog: the connection is never taken, so nothing has left."""
    with CrookedServer(None) as server, pytest.raises(TookTooLong):
        IppCertificatePrinter(server.uri).status(Patience(0.2))


@pytest.mark.parametrize("uri", ["http://127.0.0.1/", "ipp://printer.example/ipp/print", "ipp:///x", "printer", ""])
def test_addresses_it_does_not_take(uri: str) -> None:
    with pytest.raises(HouseFailure):
        IppCertificatePrinter(uri)


@pytest.mark.parametrize("uri", ["ipp://localhost:{port}/ipp/print", "ipp://127.0.0.1:{port}"])
def test_addresses_it_takes(uri: str) -> None:
    state = bytes([PRINTER]) + attribute(0x22, "printer-is-accepting-jobs", b"\x01")
    with CrookedServer(http(ipp(0, state))) as server:
        assert IppCertificatePrinter(uri.format(port=server.port)).status(Patience(2)).accepting
    assert server.requests[0].startswith(b"POST /ipp/print HTTP/1.1\r\n")
