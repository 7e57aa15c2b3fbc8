"""The parts of ``printd`` put together, and their life from start to stop."""

from __future__ import annotations

import os
import resource
import threading
from contextlib import ExitStack

from core.clock import Clock, SystemClock
from core.devices import CertificatePrinter
from core.failures import HouseFailure
from core.settings import Settings
from drivers.printer.ipp_printer import IppCertificatePrinter
from kiosk.journal import JsonJournal
from kiosk.link import CentreLink
from kiosk.printd.board import Board
from kiosk.printd.courier import Courier
from kiosk.printd.desk import Desk
from kiosk.printd.ending import Ending
from kiosk.printd.order_run import OrderRun
from kiosk.printd.recovery import Recovery
from kiosk.printd.server import Server
from kiosk.printd.status import Outlook
from kiosk.printd.watching import Watch
from kiosk.printd.words import Answer, Ask, AskPrint, AskWatch
from kiosk.printd.worker import Worker
from kiosk.store.terminal import TerminalStore, open_store
from vault.keys import open_keys

STREAM = "printd"
DEVICE_KEY = "device"
LOOK_AROUND_S = 0.2


def serve(settings: Settings, stop: threading.Event) -> int:
    """Run until ``stop`` is set; 0, or 1 when a part of it ended by itself. Raises ``HouseFailure`` when it cannot start."""
    with ExitStack() as stack:
        store = open_store(settings.terminal.data / "printd.db", STREAM)
        stack.callback(store.close)
        link = _link(settings, store)
        stack.callback(link.close)
        journal = JsonJournal(settings.terminal.data / "printd.journal")
        stack.callback(journal.close)
        return _Printd(settings, store, link, journal, stop).live()


class _Printd:
    def __init__(
        self, settings: Settings, store: TerminalStore, link: CentreLink, journal: JsonJournal, stop: threading.Event
    ) -> None:
        clock: Clock = SystemClock()
        self._stop, self._socket = stop, settings.terminal.socket
        desk = Desk(link, settings.certificate_printer.stock)
        printer = printer_of(settings)
        watch = Watch(printer, settings.certificate_printer.watch_s, stop)
        self._board = Board(store.attempts)
        ending = Ending(store.attempts, self._board, self._wake, clock, journal)
        orders = OrderRun(
            printer,
            store.attempts,
            desk,
            self._board,
            watch,
            ending,
            lambda patience: self._courier.drained(patience),
            stop,
        )
        self._worker = Worker(
            store.attempts, orders, Recovery(store.attempts, watch, ending, orders), self._board, stop
        )
        self._outlook = Outlook(printer_of(settings), desk, lambda: self._worker.busy, stop)
        self._courier = Courier(link, store.outbox, self._outlook.health, ending.note, stop)

    def live(self) -> int:
        """The socket is there once everything behind it is."""
        with ExitStack() as stack:
            stack.callback(self._end)
            self._courier.start()
            self._worker.start()
            server = Server(self._socket, self._respond)
            stack.callback(server.close)
            stack.callback(self._board.close)
            stack.callback(self._stop.set)
            while not self._stop.wait(LOOK_AROUND_S):
                pass
        return 1 if self._worker.broken or self._courier.broken else 0

    def _end(self) -> None:
        self._stop.set()  # also when the door could not be opened
        self._worker.wake()
        self._courier.wake()
        self._worker.join()
        self._courier.join()

    def _wake(self) -> None:
        self._courier.wake()

    def _respond(self, ask: Ask) -> Answer:
        if isinstance(ask, AskPrint):
            return Answer(progress=self._worker.ask(ask.order_no, ask.again))
        if isinstance(ask, AskWatch):
            return Answer(progress=self._board.wait(ask.order_no, ask.seen, ask.wait_s))
        return Answer(status=self._outlook.status())


def printer_of(settings: Settings) -> CertificatePrinter:
    if settings.certificate_printer.driver != "ipp":
        raise HouseFailure(f"no certificate printer driver {settings.certificate_printer.driver!r}")
    return IppCertificatePrinter(settings.certificate_printer.uri)


def _link(settings: Settings, store: TerminalStore) -> CentreLink:
    key = open_keys(settings.terminal.keys, settings.profile).signing(DEVICE_KEY)
    return CentreLink(settings.link.url, settings.terminal.id, STREAM, key, store.next_seq, settings.link.timeout_s)


def keep_private() -> None:
    """For a process of its own: the sheet is in this process's memory: no core dump, and nothing we make is for others to read."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
