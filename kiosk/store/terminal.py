"""The store of one process of the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from core.clock import Clock, SystemClock
from kiosk.store.attempts import SqlAttemptLog
from kiosk.store.counters import next_number
from kiosk.store.engine import Database
from kiosk.store.outbox import Outbox


class TerminalStore:
    """``stream``: the name under which this process speaks to the centre (``kiosk``, ``printd``)."""

    def __init__(self, path: Path, stream: str, clock: Clock) -> None:
        self._database = Database(path)
        self._stream = stream
        self.outbox = Outbox(self._database, stream, clock)
        self.attempts = SqlAttemptLog(self._database, self.outbox)

    def next_seq(self) -> int:
        """Number of the next envelope of this stream."""
        return next_number(self._database, f"{self._stream}.envelope")

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(path: Path, stream: str, clock: Clock | None = None) -> TerminalStore:
    """Open or make the store. Raises ``HouseFailure`` when it is damaged, newer than this program, or in use."""
    return TerminalStore(path, stream, clock or SystemClock())
