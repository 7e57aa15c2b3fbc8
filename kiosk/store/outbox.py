"""What the centre must hear, kept until it says that it has: written in the transaction of the change it tells of."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, insert, select, update

from core.clock import Clock
from core.ulid import new_ulid
from core.wire import Message
from kiosk.store.counters import leap, raised
from kiosk.store.engine import Database
from kiosk.store.tables import outbox
from printing.stores import Notice

LEAP_BITS = 48
"""A leap by chance, not by the clock, which may have been lost together with the disk."""


class Outbox:
    """The messages of one stream. ``seq`` rises by one a message and is never given twice, so a gap shows."""

    def __init__(self, database: Database, stream: str, clock: Clock) -> None:
        self._database, self._stream, self._clock = database, stream, clock

    def put(self, notice: Notice) -> None:
        """Joins the transaction that this thread has open, if it has one."""
        with self._database.transaction() as connection:
            self._insert(connection, notice)

    def pending(self, most: int = 100) -> tuple[Message, ...]:
        """The oldest messages that are not acknowledged yet."""
        query = select(outbox).where(outbox.c.stream == self._stream).order_by(outbox.c.seq).limit(most)
        with self._database.transaction() as connection:
            rows = connection.execute(query).all()
        return tuple(Message(seq=row.seq, id=row.id, name=row.name, body=json.loads(row.body)) for row in rows)

    def acknowledge(self, seqs: Iterable[int]) -> None:
        """The centre has stored these: they are deleted here."""
        gone = delete(outbox).where(outbox.c.stream == self._stream, outbox.c.seq.in_(list(seqs)))
        with self._database.transaction() as connection:
            connection.execute(gone)

    def renumber(self) -> None:
        """New numbers, in the old order, for all that is left, far above any given before.

        For numbers the centre knows from other messages: then this store was lost, or an older copy of it was put back.
        """
        with self._database.transaction() as connection:
            mine = outbox.c.stream == self._stream
            ids = connection.scalars(select(outbox.c.id).where(mine).order_by(outbox.c.seq)).all()
            leap(connection, self._counter, secrets.randbits(LEAP_BITS))
            for message in ids:
                seq = raised(connection, self._counter)
                connection.execute(update(outbox).where(mine, outbox.c.id == message).values(seq=seq))

    def __len__(self) -> int:
        query = select(func.count()).select_from(outbox).where(outbox.c.stream == self._stream)
        with self._database.transaction() as connection:
            return connection.execute(query).scalar_one()

    @property
    def _counter(self) -> str:
        return f"{self._stream}.outbox"

    def _insert(self, connection: Connection, notice: Notice) -> None:
        seq = raised(connection, self._counter)
        values = {"stream": self._stream, "seq": seq, "id": new_ulid(self._clock)}
        connection.execute(insert(outbox).values(**values, name=notice.name, body=notice.body))
