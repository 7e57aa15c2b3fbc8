"""Can a certificate be printed now? Asked of the device each time, never remembered; only the count of blanks is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from core.devices import CertificatePrinter
from core.failures import BlanksOut, CentreFailure, PrinterBusy, PrinterGone
from core.waiting import Patience
from kiosk.printd.desk import Desk
from kiosk.printd.watching import AWAY
from kiosk.printd.words import Status

LOOK_S = 3.0
CENTRE_S = 3.0
COUNT_KEPT_S = 2.0
READY = "ready"


class Outlook:
    """``printer``: not the worker's object, so that a look never waits for a print."""

    def __init__(
        self, printer: CertificatePrinter, desk: Desk, busy: Callable[[], bool], stop: threading.Event
    ) -> None:
        self._printer, self._desk, self._busy, self._stop = printer, desk, busy, stop
        self._turn = threading.Lock()
        self._blanks, self._counted_at = -1, float("-inf")

    def status(self) -> Status:
        with self._turn:
            failure, paper = self._look()
            blanks = self._count()
        if failure is None and blanks == 0:
            failure = BlanksOut.code
        if failure is None and self._busy():
            failure = PrinterBusy.code
        return Status(failure=failure, paper=paper, blanks=blanks)

    def health(self) -> dict[str, str]:
        with self._turn:
            failure, _ = self._look()
        return {"certificate_printer": failure or READY}

    def _look(self) -> tuple[str | None, int]:
        try:
            found = self._printer.status(Patience(LOOK_S, self._stop))
        except AWAY:
            return PrinterGone.code, -1
        return found.failure, found.paper

    def _count(self) -> int:
        """Blanks left, -1 when the centre could not be asked: that alone stops no print."""
        if time.monotonic() - self._counted_at > COUNT_KEPT_S:
            try:
                self._blanks = len(self._desk.blanks(Patience(CENTRE_S, self._stop)))
            except CentreFailure:
                self._blanks = -1
            except BlanksOut:
                self._blanks = 0
            self._counted_at = time.monotonic()
        return self._blanks
