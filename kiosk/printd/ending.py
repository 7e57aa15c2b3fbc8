"""The end of an attempt: outcome and message on the disk in one commit, then everybody who waits is told."""

from __future__ import annotations

from collections.abc import Callable

from core.clock import Clock
from core.journal import Disposition, Entry, Journal
from core.wire import OutcomeTold
from kiosk.printd.board import Board, progress_of
from kiosk.printd.watching import Verdict
from printing.attempt import told
from printing.stores import Attempt, AttemptLog, Notice, Phase

MESSAGE = "print.outcome"


class Ending:
    """``wake``: called when there is something new to tell the centre."""

    def __init__(self, log: AttemptLog, board: Board, wake: Callable[[], None], clock: Clock, journal: Journal) -> None:
        self._log, self._board, self._wake = log, board, wake
        self._clock, self._journal = clock, journal

    def end(self, attempt: Attempt, verdict: Verdict, failure: str | None = None) -> None:
        """``failure``: code of why it ended so, if something went wrong."""
        self._log.end(attempt, verdict.phase, self._notice(attempt, verdict), verdict.settled)
        self._wake()
        self._board.post(progress_of(attempt.order_no, self._log.latest(attempt.order_no), failure))
        self.note(f"print.{verdict.phase}", failure, printed=verdict.phase is Phase.PRINTED)

    def note(self, code: str, failure: str | None = None, printed: bool = False) -> None:
        disposition = Disposition.SUCCESS if printed else Disposition.FAILURE
        self._journal.write(Entry(self._clock.now(), code, disposition, failure=failure))

    def _notice(self, attempt: Attempt, verdict: Verdict) -> Notice:
        message = OutcomeTold(
            order_no=attempt.order_no,
            fence=attempt.fence,
            blank=attempt.blank,
            outcome=told(verdict.phase),
            evidence=verdict.evidence,
            at=self._clock.now(),
        )
        return Notice(MESSAGE, message.model_dump_json())
