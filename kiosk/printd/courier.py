"""Tells the centre what happened until it says that it has heard; and, when there is nothing to tell, that we live.

Nothing is ever dropped: a centre that is away for hours, or does not trust us for a while, hears it later, in order.
"""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Mapping

from core.failures import Cancelled, CentreConfused, Failure
from core.waiting import Patience
from core.wire import SyncTold
from kiosk.printd.desk import Centre
from kiosk.store.outbox import Outbox

BEAT_S = 30.0
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
ANSWER_S = 30.0


class Courier(threading.Thread):
    """``health``: device id → condition or failure code. ``note``: told a journal code and a failure code.

    ``broken``: it did not end because it was asked to.
    """

    def __init__(
        self,
        centre: Centre,
        outbox: Outbox,
        health: Callable[[], Mapping[str, str]],
        note: Callable[[str, str], None],
        stop: threading.Event,
    ) -> None:
        super().__init__(name="printd-courier")
        self._centre, self._outbox, self._health, self._note = centre, outbox, health, note
        self._stop_event = stop
        self.broken = True
        self._change = threading.Condition()
        self._woken = False
        self._leapt: set[str] = set()
        self._jitter = random.SystemRandom()

    def wake(self) -> None:
        """There is something new, or somebody waits: try now."""
        with self._change:
            self._woken = True
            self._change.notify_all()

    def drained(self, patience: Patience) -> bool:
        """Whether the centre has heard everything, waiting for it within ``patience``. Raises ``Cancelled``."""
        if not len(self._outbox):
            return True
        self.wake()
        while len(self._outbox) and not patience.over:
            if patience.stopped:
                raise Cancelled
            with self._change:
                self._change.wait(patience.slice(0.1))
        return not len(self._outbox)

    def run(self) -> None:
        try:
            self._work()
            self.broken = False
        finally:
            self._stop_event.set()

    def _work(self) -> None:
        pause = 0.0
        with contextlib.suppress(Cancelled):
            while not self._stop_event.is_set():
                pause = self._round(pause)
                self._rest(pause or BEAT_S)

    def _round(self, pause: float) -> float:
        """Hand over everything there is; seconds to rest before the next try, 0 when nothing is left."""
        try:
            while self._deliver():
                self._announce()
        except Cancelled:
            raise
        except Failure as failure:
            if not pause:
                self._note("print.told_late", failure.code)
            return min(LONGEST_PAUSE_S, max(FIRST_PAUSE_S, pause * 2)) * self._jitter.uniform(0.7, 1.0)
        self._announce()
        return 0.0

    def _deliver(self) -> bool:
        """One message to the centre with at most 100 rows; whether more rows are waiting."""
        messages = self._outbox.pending()
        told = self._centre.sync(messages, dict(self._health()), Patience(ANSWER_S, self._stop_event))
        sent = {message.seq: message.id for message in messages}
        self._heard(told, sent)
        return bool(messages) and len(self._outbox) > 0

    def _heard(self, told: SyncTold, sent: Mapping[int, str]) -> None:
        """Refused rows are stored at the centre, too: they are done with here. All but one kind.

        A number that the centre knows from another message is refused without being stored. It looks like a message
        that is not understood, so a row so refused is given another number and sent once more.
        """
        refused = [ack for ack in told.acks if ack.status == "refused" and ack.seq in sent]
        clashed = {ack.seq for ack in refused if ack.code == CentreConfused.code and sent[ack.seq] not in self._leapt}
        self._outbox.acknowledge(ack.seq for ack in told.acks if ack.seq in sent.keys() - clashed)
        for ack in refused:
            self._note("print.told_again" if ack.seq in clashed else "print.told_refused", ack.code or Failure.code)
        if clashed:
            self._leapt |= {sent[seq] for seq in clashed}
            self._outbox.renumber()

    def _announce(self) -> None:
        with self._change:
            self._change.notify_all()

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        with self._change:
            while not self._woken and not self._stop_event.is_set() and time.monotonic() < until:
                self._change.wait(0.2)
            self._woken = False
