"""One order, from the first question to the outcome, each step on the disk before the next.

Nothing here is ever done twice: a failure ends the attempt, and only a new offer of the centre, with a higher fence,
can begin another. Failures of the attempt log are not caught: without the journal there is no printing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from core.devices import CertificatePrinter, Job, JobState
from core.failures import CaseFailure, CentreAway, Failure, NotPrinted, PrinterBusy, PrintUnknown, failure_named
from core.waiting import Patience
from core.wire import Evidence, Outcome, PrepareTold
from kiosk.printd.board import Board, progress_of
from kiosk.printd.desk import Desk
from kiosk.printd.ending import Ending
from kiosk.printd.watching import Tell, Verdict, Watch, evidence_of
from kiosk.printd.words import Progress, Stage
from printing.attempt import HOLDS_BLANK, may_try
from printing.blanks import next_blank
from printing.stores import Attempt, AttemptLog, Phase

PREPARE_S = 45.0
CREATE_S = 15.0
SEND_S = 60.0
MOVING = (JobState.PROCESSING, JobState.STOPPED)


@dataclass(frozen=True, slots=True)
class OrderRun:
    """``drained``: whether all earlier outcomes are at the centre, waiting for that as long as the patience lasts."""

    printer: CertificatePrinter
    log: AttemptLog
    desk: Desk
    board: Board
    watch: Watch
    ending: Ending
    drained: Callable[[Patience], bool]
    stop: threading.Event

    def run(self, order_no: str, again: bool) -> None:
        """Print the order, at most once. Raises ``Cancelled`` when the process is to end while the sheet is printing."""
        latest = self.log.latest(order_no)
        if not may_try(latest, again):
            self.board.post(progress_of(order_no, latest))
            return
        self.board.post(Progress(order_no=order_no, stage=Stage.PREPARING))
        try:
            attempt = self._chosen(order_no, Patience(PREPARE_S, self.stop))
        except Failure as failure:
            self._not_begun(order_no, failure)
            return
        self.log.prepare(attempt)
        self._with_blank(attempt)

    def resume(self, attempt: Attempt, job_id: int) -> None:
        """Wait for the end of a job that this process or an earlier one sent."""
        self.ending.end(attempt, self.watch.until_ended(attempt, job_id, self._teller(attempt)))

    def _chosen(self, order_no: str, patience: Patience) -> Attempt:
        """Everything that can be asked before anything is promised."""
        for leftover in self.log.unsettled():
            if not self.watch.still(leftover):
                raise PrinterBusy("an earlier job may still be alive in the printer")
            self.log.settle(leftover)
        if trouble := self.watch.trouble(patience):
            raise failure_named(trouble)
        # An outcome the centre has not heard may hold the very blank that lies on top of the tray.
        if not self.drained(patience):
            raise CentreAway("earlier outcomes are not delivered yet")
        blank = next_blank(self.desk.blanks(patience), self.log.held())
        offer = self.desk.offer(order_no, patience)
        return Attempt(order_no, offer.fence, blank, Phase.PREP)

    def _not_begun(self, order_no: str, failure: Failure) -> None:
        """Nothing was done now; what became of the order before is not changed by that, and may be the centre's to know."""
        earlier = self.log.latest(order_no)
        if earlier is not None and earlier.phase in HOLDS_BLANK:
            self.board.post(progress_of(order_no, earlier, failure.code))
        else:
            outcome = Outcome.UNKNOWN if isinstance(failure, PrintUnknown | CaseFailure) else Outcome.NOT_PRINTED
            self.board.post(Progress(order_no=order_no, stage=Stage.ENDED, outcome=outcome, failure=failure.code))
        self.ending.note("print.not_begun", failure.code)

    def _with_blank(self, attempt: Attempt) -> None:
        try:
            go = self.desk.go(attempt.order_no, attempt.fence, attempt.blank, Patience(PREPARE_S, self.stop))
        except Failure as failure:
            self._ended(attempt, Verdict(Phase.DEAD, Evidence(note=failure.code), settled=True), failure)
            return
        self.log.start(attempt, go.digest)
        self._with_go(attempt, go)

    def _with_go(self, attempt: Attempt, go: PrepareTold) -> None:
        """From START on the process does not stop by itself until the document is out of its hands."""
        try:
            job_id = self.printer.create_job(attempt.job_name, Patience(CREATE_S))
        except Failure as failure:
            # Without a document nothing can print. At worst an empty job is left, and is cancelled.
            evidence = evidence_of(None, None, f"create: {failure.code}")
            self._ended(attempt, Verdict(Phase.NOT_PRINTED, evidence, self.watch.still(attempt)), failure)
            return
        self.log.job_known(attempt, job_id)
        self._send(attempt, job_id, go.sheet)

    def _send(self, attempt: Attempt, job_id: int, sheet: bytes) -> None:
        try:
            self.printer.send_document(job_id, sheet, Patience(SEND_S))
        except NotPrinted as failure:
            evidence = evidence_of(job_id, None, f"send: {failure.code}")
            self._ended(attempt, Verdict(Phase.NOT_PRINTED, evidence, self.watch.still(attempt)), failure)
            return
        except Failure as failure:
            # Whether it arrived only the device can tell: its own job is watched, nothing is sent again.
            self.ending.note("print.send_doubtful", failure.code)
        self._tell(attempt, Stage.SENT, None)
        self.resume(attempt, job_id)

    def _ended(self, attempt: Attempt, verdict: Verdict, failure: Failure) -> None:
        self.ending.end(attempt, verdict, failure.code)

    def _teller(self, attempt: Attempt) -> Tell:
        def tell(job: Job | None, trouble: str | None) -> None:
            moving = job is not None and job.state in MOVING
            before = self.board.look(attempt.order_no).stage
            self._tell(attempt, Stage.PRINTING if moving or before is Stage.PRINTING else Stage.SENT, trouble)

        return tell

    def _tell(self, attempt: Attempt, stage: Stage, trouble: str | None) -> None:
        self.board.post(Progress(order_no=attempt.order_no, stage=stage, blank=attempt.blank, failure=trouble))
