"""The database by its URL alone: SQLite for one process, PostgreSQL for many.

SQLite: WAL with ``synchronous=FULL``, every writing transaction ``BEGIN IMMEDIATE`` behind one lock of this process (left to
itself SQLite waits by sleeping, which was measured to cost seconds at 16 threads). PostgreSQL: READ COMMITTED.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

Made = TypeVar("Made")

# The database is away or too busy: the same question may succeed later. Any other error of it is a fault of ours.
NOT_NOW = (OperationalError, InterfaceError, PoolTimeout)

MOST_TRIES = 20
BUSY_MS = 15_000
_PAUSE_S = 0.01
_TRY_AGAIN = {"40001", "40P01"}
_READING = "tongban_reading"


class Database:
    """``write`` and ``read`` run a function in one transaction, again from its start when the database asks for that."""

    def __init__(self, url: str, pool: int = 20) -> None:
        self.url = url
        self.lite = sa.make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite(url, pool) if self.lite else _postgres(url, pool)
        self._writer = threading.Lock()

    def write(self, work: Callable[[sa.Connection], Made]) -> Made:
        """Run ``work`` in a writing transaction; it may run more than once and must not act outside the database."""
        return _patiently(lambda: self._once(work, reading=False))

    def read(self, work: Callable[[sa.Connection], Made]) -> Made:
        """Run ``work`` in a transaction that only reads (a plain count can be refused with 40001 as well)."""
        return _patiently(lambda: self._once(work, reading=True))

    def _once(self, work: Callable[[sa.Connection], Made], *, reading: bool) -> Made:
        with self._turn(reading), self.engine.connect() as plain:
            connection = plain.execution_options(**{_READING: reading})
            with connection.begin():
                return work(connection)

    def _turn(self, reading: bool) -> contextlib.AbstractContextManager[object]:
        return self._writer if self.lite and not reading else contextlib.nullcontext()

    def close(self) -> None:
        self.engine.dispose()


def _postgres(url: str, pool: int) -> sa.Engine:
    return sa.create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_size=pool,
        max_overflow=pool,
        pool_pre_ping=True,
        hide_parameters=True,  # an error that quotes its parameters would carry persons into a log
    )


def _sqlite(url: str, pool: int) -> sa.Engine:
    path = sa.make_url(url).database
    if not path or path == ":memory:":
        raise ValueError("the centre's SQLite database is a file: synchronous=FULL means nothing in memory")
    Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = sa.create_engine(url, pool_size=pool, max_overflow=pool, hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # this driver's own idea of when to begin is not ours
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: sa.Connection) -> None:
    reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _patiently(once: Callable[[], Made]) -> Made:
    for left in reversed(range(MOST_TRIES)):
        try:
            return once()
        except DBAPIError as error:
            if not left or not may_try_again(error):
                raise
            threading.Event().wait(_PAUSE_S * (MOST_TRIES - left))
    raise AssertionError("unreachable")


def may_try_again(error: DBAPIError) -> bool:
    """A transaction that lost to another one (40001, 40P01, SQLITE_BUSY) can simply be run again."""
    cause: Any = error.orig
    if isinstance(cause, sqlite3.OperationalError):
        return isinstance(error, OperationalError) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return getattr(cause, "sqlstate", None) in _TRY_AGAIN


@contextlib.contextmanager
def opened(url: str) -> Iterator[Database]:
    """A database for the length of a block."""
    database = Database(url)
    try:
        yield database
    finally:
        database.close()
