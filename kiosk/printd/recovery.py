"""What a crash left open is settled from evidence before anything new begins; never from hope, and never by printing.

PREP: the printer has heard nothing, DEAD; unless it knows a job of that name, for then an older copy of this journal was
put back, and what followed is missing from it. START with a job: wait for its end. START without one: nothing of that name
may be left in the printer, and then two people must look.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.failures import PrinterGone
from core.wire import Evidence
from kiosk.printd.ending import Ending
from kiosk.printd.order_run import OrderRun
from kiosk.printd.watching import Verdict, Watch, evidence_of
from printing.stores import Attempt, AttemptLog, Phase


@dataclass(frozen=True, slots=True)
class Recovery:
    log: AttemptLog
    watch: Watch
    ending: Ending
    orders: OrderRun

    def recover(self) -> None:
        """Raises ``Cancelled`` when the process is to end; what is still open then stays open."""
        for attempt in self.log.open():
            if attempt.phase is Phase.PREP:
                self._promised(attempt)
            elif attempt.job_id is not None:
                self.orders.resume(attempt, attempt.job_id)
            else:
                self._without_handle(attempt)

    def _promised(self, attempt: Attempt) -> None:
        job = self.watch.glimpse(attempt)
        if job is None:
            self.ending.end(attempt, Verdict(Phase.DEAD, Evidence(note="restart"), settled=True))
            return
        self.log.start(attempt, "")
        self.log.job_known(attempt, job.id)
        self.orders.resume(attempt, job.id)

    def tidy(self) -> None:
        """Attempts that ended while the printer was away: make sure that it prints nothing of them when it is back."""
        for attempt in self.log.unsettled():
            if self.watch.still(attempt):
                self.log.settle(attempt)

    def _without_handle(self, attempt: Attempt) -> None:
        try:
            job = self.watch.find(attempt)
        except PrinterGone as failure:
            verdict = Verdict(Phase.UNKNOWN, evidence_of(None, None, "restart; printer not seen"), settled=False)
            self.ending.end(attempt, verdict, failure.code)
            return
        if job is None:
            evidence = evidence_of(None, None, "restart; no job of that name")
            self.ending.end(attempt, Verdict(Phase.UNKNOWN, evidence, self.watch.still(attempt)))
            return
        self.log.job_known(attempt, job.id)
        self.orders.resume(attempt, job.id)
