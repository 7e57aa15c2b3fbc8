"""Where the worker writes how far it is and clients wait for it. Memory only: the attempt log knows the rest."""

from __future__ import annotations

import threading
from collections import OrderedDict

from core.wire import Outcome
from kiosk.printd.words import Progress, Stage
from printing.attempt import told
from printing.stores import Attempt, AttemptLog, Phase

REMEMBERED = 50


class Board:
    def __init__(self, log: AttemptLog) -> None:
        self._log = log
        self._changed = threading.Condition()
        self._known: OrderedDict[str, Progress] = OrderedDict()
        self._closed = False

    def post(self, progress: Progress) -> None:
        with self._changed:
            self._known[progress.order_no] = progress
            self._known.move_to_end(progress.order_no)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            self._changed.notify_all()

    def look(self, order_no: str) -> Progress:
        with self._changed:
            known = self._known.get(order_no)
        return known or progress_of(order_no, self._log.latest(order_no))

    def wait(self, order_no: str, seen: Progress | None, seconds: float) -> Progress:
        """The progress as soon as it differs from ``seen``, at the latest after ``seconds`` or when the board closes."""
        if seen is not None and self.look(order_no) == seen:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._known.get(order_no, seen) != seen, seconds)
        return self.look(order_no)

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def progress_of(order_no: str, attempt: Attempt | None, failure: str | None = None) -> Progress:
    """What the attempt log alone can tell. DEAD is, for whoever waits, a sheet that was not printed."""
    if attempt is None:
        return Progress(order_no=order_no, stage=Stage.UNASKED)
    if not attempt.phase.ended:
        stage = Stage.PREPARING if attempt.phase is Phase.PREP else Stage.PRINTING
        return Progress(order_no=order_no, stage=stage, blank=attempt.blank, failure=failure)
    outcome = Outcome.NOT_PRINTED if attempt.phase is Phase.DEAD else told(attempt.phase)
    return Progress(order_no=order_no, stage=Stage.ENDED, outcome=outcome, blank=attempt.blank, failure=failure)
