"""What a print costs on real services, ours and CUPS's own tools beside it: ``python -m bench.print_ways [N]``.

The printers are Debian's ippeveprinter with no time for paper movement, so this is the price of protocol and witness.
Peers: ``ipptool`` for a question to the printer (a process each), ``lp`` and then CUPS's word "completed" for a receipt.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from core.waiting import Patience
from drivers.printer.ipp_printer import IppCertificatePrinter
from drivers.printer.simulated import PrinterStand
from drivers.receipt.cups_receipt import CupsReceiptPrinter
from tests.drivers.printer.pdf import blank_pdf

N = int(sys.argv[1]) if len(sys.argv) > 1 else 30
ASK = "{ OPERATION Get-Printer-Attributes\nGROUP operation-attributes-tag\nATTR charset attributes-charset utf-8\n"
ASK += "ATTR naturalLanguage attributes-natural-language en\nATTR uri printer-uri $uri\n}"


def measure(name: str, act: Callable[[], object], count: int) -> None:
    took = []
    for _ in range(count):
        start = time.perf_counter()
        act()
        took.append((time.perf_counter() - start) * 1000)
    worst = statistics.quantiles(took, n=20)[-1]
    print(f"{name:44} {statistics.median(took):9.2f} ms median {worst:9.2f} ms p95   n={count}")


def certificate(printer: IppCertificatePrinter) -> None:
    job_id = printer.create_job("bench", Patience(5))
    printer.send_document(job_id, blank_pdf(padding=60_000), Patience(5))
    while (job := printer.job(job_id, Patience(5))) is None or not job.state.ended:
        time.sleep(0.01)


def lp(stand: PrinterStand, document: Path) -> None:
    subprocess.run(
        ["lp", "-h", stand.cups_server, "-d", stand.receipt_queue, document], capture_output=True, check=True
    )
    while subprocess.run(["lpstat", "-h", stand.cups_server, "-o"], capture_output=True, check=True).stdout:
        time.sleep(0.01)


def stand_up(folder: Path) -> None:
    with PrinterStand(folder):
        pass


def main(folder: Path) -> None:
    document, question = folder / "receipt.pdf", folder / "ask.test"
    document.write_bytes(blank_pdf(padding=60_000))
    question.write_text(ASK)
    measure("stand: start and stop", lambda: stand_up(folder / "stand"), min(N, 10))
    with PrinterStand(folder / "stand") as stand:
        printer = IppCertificatePrinter(stand.certificate_uri)
        receipts = CupsReceiptPrinter(stand.cups_server, stand.receipt_queue, stand.receipt_uri)
        ipptool = ["ipptool", "-q", stand.certificate_uri, question]
        measure("status, ours", lambda: printer.status(Patience(5)), N * 5)
        measure("status, ipptool", lambda: subprocess.run(ipptool, check=True), N)
        measure("certificate: create, send, witnessed", lambda: certificate(printer), N)
        few = max(3, N // 3)
        measure(
            "receipt, ours: witnessed and purged",
            lambda: receipts.print_pdf("b", document.read_bytes(), Patience(9)),
            few,
        )
        measure("receipt, lp until CUPS says completed", lambda: lp(stand, document), few)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        main(Path(name))
