"""The attempt log: every step one guarded UPDATE, on the disk when the call returns."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, and_, exists, insert, literal, select, update

from core.failures import HouseFailure
from kiosk.store.engine import Database
from kiosk.store.outbox import Outbox
from kiosk.store.tables import attempts
from printing.attempt import HOLDS_BLANK, JOB_KNOWN, OPEN, START, Step, ending
from printing.stores import Attempt, Notice, Phase

_NAMES = ("order_no", "fence", "blank", "phase", "digest", "job_id", "settled")


class SqlAttemptLog:
    """Keeps ``printing.stores.AttemptLog``."""

    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database, self._outbox = database, outbox

    def prepare(self, attempt: Attempt) -> None:
        """Also refused when this order was already tried with this fence or a higher one."""
        if attempt.phase is not Phase.PREP:
            raise HouseFailure("an attempt begins with PREP")
        later = exists().where(attempts.c.order_no == attempt.order_no, attempts.c.fence >= attempt.fence)
        values = [literal(getattr(attempt, name)) for name in _NAMES]
        with self._database.transaction() as connection:
            done = connection.execute(insert(attempts).from_select(_NAMES, select(*values).where(~later)))
            if done.rowcount != 1:
                raise HouseFailure(f"{attempt.job_name} was tried before")

    def start(self, attempt: Attempt, digest: str) -> None:
        self._do(attempt, START, digest=digest)

    def job_known(self, attempt: Attempt, job_id: int) -> None:
        self._do(attempt, JOB_KNOWN, job_id=job_id)

    def end(self, attempt: Attempt, phase: Phase, notice: Notice, settled: bool = True) -> None:
        with self._database.transaction():
            self._do(attempt, ending(phase), settled=settled)
            self._outbox.put(notice)

    def settle(self, attempt: Attempt) -> None:
        with self._database.transaction() as connection:
            connection.execute(update(attempts).where(_is(attempt)).values(settled=True))

    def latest(self, order_no: str) -> Attempt | None:
        found = self._all(select(attempts).where(attempts.c.order_no == order_no).order_by(attempts.c.fence.desc()))
        return found[0] if found else None

    def open(self) -> tuple[Attempt, ...]:
        return self._all(select(attempts).where(attempts.c.phase.in_(OPEN)))

    def unsettled(self) -> tuple[Attempt, ...]:
        return self._all(select(attempts).where(attempts.c.phase.not_in(OPEN), attempts.c.settled.is_(False)))

    def held(self) -> frozenset[str]:
        with self._database.transaction() as connection:
            found = connection.scalars(select(attempts.c.blank).where(attempts.c.phase.in_(HOLDS_BLANK)))
            return frozenset(found)

    def _do(self, attempt: Attempt, step: Step, **values: Any) -> None:
        guard = and_(_is(attempt), attempts.c.phase.in_(step.start))
        if step.job_unknown:
            guard = and_(guard, attempts.c.job_id.is_(None))
        with self._database.transaction() as connection:
            done = connection.execute(update(attempts).where(guard).values(phase=step.to, **values))
            if done.rowcount != 1:
                raise HouseFailure(f"{attempt.job_name} cannot become {step.to}")

    def _all(self, query: Select[Any]) -> tuple[Attempt, ...]:
        with self._database.transaction() as connection:
            return tuple(_attempt(row) for row in connection.execute(query))


def _is(attempt: Attempt) -> Any:
    return and_(attempts.c.order_no == attempt.order_no, attempts.c.fence == attempt.fence)


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(row.order_no, row.fence, row.blank, Phase(row.phase), row.digest, row.job_id, row.settled)
