"""The simulated printers as the contract suites want them."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from drivers.printer.simulated import Fault, PrinterStand, SimulatedPrinter, powered_printer


class PrinterRehearsal:
    """Keeps ``drivers.printer.rehearsal.Rehearsal``: one printer, no spooler."""

    printer: SimulatedPrinter

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._exit = ExitStack()

    @property
    def address(self) -> str:
        return self.printer.uri

    def start(self) -> None:
        self.printer = self._exit.enter_context(powered_printer(self._folder))

    def stop(self) -> None:
        self._exit.close()

    def load(self, sheets: int) -> None:
        self.printer.set_paper(sheets)

    def jam(self) -> None:
        self.printer.set_fault(Fault.JAM)

    def clear(self) -> None:
        self.printer.set_fault(Fault.NONE)

    def fall_silent(self) -> None:
        self.printer.freeze()

    def speak_again(self) -> None:
        self.printer.thaw()

    def unplug(self) -> None:
        self.printer.kill()

    def plug(self) -> None:
        self.printer.start()

    def sheets(self) -> int:
        return len(self.printer.sheets())


class ReceiptRehearsal(PrinterRehearsal):
    """The receipt printer of a whole stand, with its spooler."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._stand = PrinterStand(folder)

    @property
    def address(self) -> str:
        return f"{self._stand.cups_server} {self._stand.receipt_queue} {self._stand.receipt_uri}"

    def start(self) -> None:
        self.printer = self._exit.enter_context(self._stand).receipt
