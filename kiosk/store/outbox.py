"""What the centre must hear, kept until it says that it has: written in the transaction of the change it tells of."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, insert, select

from core.clock import Clock
from core.ulid import new_ulid
from core.wire import Message
from kiosk.store.counters import raised
from kiosk.store.engine import Database
from kiosk.store.tables import outbox
from printing.stores import Notice


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

    def __len__(self) -> int:
        query = select(func.count()).select_from(outbox).where(outbox.c.stream == self._stream)
        with self._database.transaction() as connection:
            return connection.execute(query).scalar_one()

    def _insert(self, connection: Connection, notice: Notice) -> None:
        seq = raised(connection, f"{self._stream}.outbox")
        values = {"stream": self._stream, "seq": seq, "id": new_ulid(self._clock)}
        connection.execute(insert(outbox).values(**values, name=notice.name, body=notice.body))
