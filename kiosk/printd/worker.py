"""The one thread that prints: first what a crash left, then one order after the other."""

from __future__ import annotations

import contextlib
import queue
import threading

from core.failures import Cancelled, PrinterBusy
from kiosk.printd.board import Board
from kiosk.printd.order_run import OrderRun
from kiosk.printd.recovery import Recovery
from kiosk.printd.words import Progress, Stage
from printing.attempt import may_try
from printing.stores import AttemptLog

IDLE_S = 0.5
MOST_WAITING = 8


class Worker(threading.Thread):
    """A fault of ours, a full disk for one, ends this thread and with it the process: the journal then tells how far it was.

    ``broken``: it did not end because it was asked to.
    """

    def __init__(
        self, log: AttemptLog, orders: OrderRun, recovery: Recovery, board: Board, stop: threading.Event
    ) -> None:
        super().__init__(name="printd-worker")
        self._log, self._orders, self._recovery = log, orders, recovery
        self._board, self._stop_event = board, stop
        self.broken = True
        self._turn = threading.Lock()
        self._under_way = 0
        self._queue: queue.Queue[tuple[str, bool] | None] = queue.Queue()

    def ask(self, order_no: str, again: bool) -> Progress:
        """Print this order, unless that is under way. Raises ``PrinterBusy`` when too many wait.

        The board alone says whether it is: a run that has shown its end is over for whoever asks next.
        """
        with self._turn:
            idle = self._board.look(order_no).stage in (Stage.UNASKED, Stage.ENDED)
            if idle and may_try(self._log.latest(order_no), again):
                if self._under_way >= MOST_WAITING:
                    raise PrinterBusy("too many orders are waiting")
                self._under_way += 1
                self._board.post(Progress(order_no=order_no, stage=Stage.PREPARING))
                self._queue.put((order_no, again))
        return self._board.look(order_no)

    def wake(self) -> None:
        """Look at once whether it is to end."""
        self._queue.put(None)

    @property
    def busy(self) -> bool:
        return self._under_way > 0

    def run(self) -> None:
        try:
            self._work()
            self.broken = False
        finally:
            self._stop_event.set()

    def _work(self) -> None:
        with contextlib.suppress(Cancelled):
            self._recovery.recover()
            while not self._stop_event.is_set():
                self._next()

    def _next(self) -> None:
        try:
            asked = self._queue.get(timeout=IDLE_S)
        except queue.Empty:
            self._recovery.tidy()
            return
        if asked is not None:
            self._print(*asked)

    def _print(self, order_no: str, again: bool) -> None:
        try:
            self._orders.run(order_no, again)
        finally:
            with self._turn:
                self._under_way -= 1
