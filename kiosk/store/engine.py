"""SQLite opened so that an acknowledged commit survives the plug being pulled.

WAL with synchronous=FULL: one fsync a commit. WAL with NORMAL, SQLite's usual advice, lost acknowledged commits in
nearly every simulated power cut. ``secure_delete`` overwrites what is deleted. The lock beside the file keeps a second
process out, also one that would only read first.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from core.failures import HouseFailure
from kiosk.store.tables import VERSION, metadata

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "busy_timeout=5000", "foreign_keys=ON")


class Database:
    """One writer: transactions of all threads come one after the other. Raises ``HouseFailure`` for whatever goes wrong."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock_file = _locked(path.with_name(path.name + ".lock"))
        self._turn = threading.RLock()
        self._open: Connection | None = None
        self._engine = create_engine(
            f"sqlite:///{path}", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)
        try:
            self._check_and_lay()
            path.chmod(0o600)
        except BaseException:
            self._release()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Committed and on the disk when the block has ended; rolled back when it raises. Inside another it joins that one."""
        with self._turn:
            if self._open is not None:
                yield self._open
                return
            try:
                with self._engine.begin() as self._open:
                    yield self._open
            except (SQLAlchemyError, sqlite3.Error) as error:
                raise HouseFailure(f"terminal storage: {_cause(error)}") from error
            finally:
                self._open = None

    def _check_and_lay(self) -> None:
        with self.transaction() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if found != "ok":
                raise HouseFailure("terminal storage is damaged")
            if version not in (0, VERSION):
                raise HouseFailure(f"terminal storage has version {version}, this program knows {VERSION}")
            if version == 0:
                metadata.create_all(connection)
                connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")

    def close(self) -> None:
        """Folds the log into the file, so that nothing deleted stays in it, and gives the lock back."""
        with self._turn:
            try:
                with self._engine.connect() as connection:
                    driver: Any = connection.connection.driver_connection
                    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except (SQLAlchemyError, sqlite3.Error) as error:
                raise HouseFailure(f"terminal storage: {_cause(error)}") from error
            finally:
                self._release()

    def _release(self) -> None:
        self._engine.dispose()
        os.close(self._lock_file)


def _prepare(connection: Any, _record: object) -> None:
    # The driver must not begin by itself: it would begin deferred, and two readers could then both hope to write.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _locked(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise HouseFailure("another process has this terminal storage open") from error
    return handle


def _cause(error: Exception) -> str:
    """The driver's own short text; SQLAlchemy's would repeat statement and values."""
    return str(getattr(error, "orig", error if isinstance(error, sqlite3.Error) else type(error).__name__))
