"""An attempt log in memory that keeps the promises of ``printing.stores.AttemptLog`` and the table of ``printing.attempt``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.failures import HouseFailure
from printing.attempt import HOLDS_BLANK, JOB_KNOWN, START, Step, ending
from printing.stores import Attempt, Notice, Phase

Key = tuple[str, int]


class ReferenceLog:
    """``told`` gets the notice of each end, in the same step."""

    def __init__(self, told: Callable[[Notice], None]) -> None:
        self.rows: dict[Key, Attempt] = {}
        self.starts: list[Key] = []
        self._told = told

    def prepare(self, attempt: Attempt) -> None:
        known = [row for row in self.rows.values() if row.order_no == attempt.order_no]
        if attempt.phase is not Phase.PREP or self.open() or attempt.blank in self.held():
            raise HouseFailure("refused")
        if any(row.fence >= attempt.fence for row in known):
            raise HouseFailure("refused")
        self.rows[attempt.order_no, attempt.fence] = attempt

    def start(self, attempt: Attempt, digest: str) -> None:
        self._do(attempt, START, digest=digest)
        self.starts.append((attempt.order_no, attempt.fence))

    def job_known(self, attempt: Attempt, job_id: int) -> None:
        self._do(attempt, JOB_KNOWN, job_id=job_id)

    def end(self, attempt: Attempt, phase: Phase, notice: Notice, settled: bool = True) -> None:
        self._do(attempt, ending(phase), settled=settled)
        self._told(notice)

    def settle(self, attempt: Attempt) -> None:
        row = self.rows[attempt.order_no, attempt.fence]
        self.rows[attempt.order_no, attempt.fence] = replace(row, settled=True)

    def latest(self, order_no: str) -> Attempt | None:
        known = [row for row in self.rows.values() if row.order_no == order_no]
        return max(known, key=lambda row: row.fence, default=None)

    def open(self) -> tuple[Attempt, ...]:
        return tuple(row for row in self.rows.values() if not row.phase.ended)

    def unsettled(self) -> tuple[Attempt, ...]:
        return tuple(row for row in self.rows.values() if row.phase.ended and not row.settled)

    def held(self) -> frozenset[str]:
        return frozenset(row.blank for row in self.rows.values() if row.phase in HOLDS_BLANK)

    def _do(self, attempt: Attempt, step: Step, **values: object) -> None:
        row = self.rows.get((attempt.order_no, attempt.fence))
        if row is None or row.phase not in step.start or (step.job_unknown and row.job_id is not None):
            raise HouseFailure("refused")
        self.rows[attempt.order_no, attempt.fence] = replace(row, phase=step.to, **values)  # type: ignore[arg-type]
