"""The heartbeat of one executor, and what it does at every beat: sweep what is due, take over from the dead.

DBOS takes up only work of its own executor's name, so somebody has to resume that of an executor that will not come back.
One that only seemed dead does no harm: every handler leaves alone what is done.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from centre.change import Change
from centre.tables.places import executors
from centre.wiring import Centre
from centre.work.sweep import sweep
from core.failures import Failure

log = logging.getLogger(__name__)
EVERY = timedelta(seconds=2)
MISSED = 5


class Beat:
    """A thread of its own; ``stop`` ends and joins it."""

    def __init__(self, centre: Centre, every: timedelta = EVERY) -> None:
        self._centre = centre
        self._every = every
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="centre-beat", daemon=True)

    def start(self) -> None:
        self._centre.ledger.change(self._write)
        self._thread.start()

    def stop(self) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(self._every.total_seconds()):
            try:
                self._once()
            except (SQLAlchemyError, Failure, OSError) as error:  # the database is away: the next beat tries again
                log.error("beat: %s", type(error).__name__)

    def _once(self) -> None:
        self._centre.ledger.change(self._write)
        sweep(self._centre)
        for executor in self._centre.ledger.change(self._bury):
            taken = self._centre.work.take_over(executor)
            log.warning("executor %s is gone: took over %d", executor, taken)

    def _write(self, change: Change) -> None:
        ours = executors.update().where(executors.c.id == self._centre.settings.executor)
        if not change.moves(ours.values(beat_at=change.at)):
            change.execute(
                executors.insert().values(id=self._centre.settings.executor, started_at=change.at, beat_at=change.at)
            )

    def _bury(self, change: Change) -> list[str]:
        """Executors that missed their beats, each given to one survivor: who deletes the row takes the work."""
        silent = change.at - MISSED * self._every
        dead = change.execute(sa.select(executors.c.id).where(executors.c.beat_at < silent)).scalars().all()
        return [
            executor
            for executor in dead
            if change.execute(
                executors.delete().where(executors.c.id == executor, executors.c.beat_at < silent)
            ).rowcount
        ]
