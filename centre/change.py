"""One change of the centre's records: rows and the audit rows about them commit together, then the head is signed.

The function given to ``Ledger.change`` may run more than once (the database may ask for that), so it acts on nothing but
its ``Change``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from centre.audit import chain
from centre.audit.heads import Heads
from centre.db import Database
from centre.tables.audit import audit_heads
from core.clock import Clock
from core.papers import canonical_json

Made = TypeVar("Made")


class Change:
    """A writing transaction at one moment."""

    def __init__(self, connection: sa.Connection, at: datetime) -> None:
        self.connection = connection
        self.at = at
        self._entries: defaultdict[int, list[chain.Entry]] = defaultdict(list)

    def execute(self, statement: sa.Executable, rows: Any = None) -> sa.CursorResult[Any]:
        return self.connection.execute(statement, rows)

    def moves(self, statement: sa.Update) -> bool:
        """Whether a guarded UPDATE found its one row in the state it named."""
        return self.execute(statement).rowcount == 1

    def audit(self, region: int, actor: str, action: str, subject: str, **detail: object) -> None:
        """A row of the chain, written at the end of the transaction so that the head is locked for a moment only."""
        self._entries[region].append(chain.Entry(self.at, actor, action, subject, canonical_json(detail).decode()))

    def seal_audit(self) -> list[chain.Head]:
        """Append what was noted; regions in order, so that two transactions never wait for each other."""
        return [chain.append(self.connection, region, self._entries[region]) for region in sorted(self._entries)]


class Ledger:
    """The database, the clock and the signed heads."""

    def __init__(self, database: Database, clock: Clock, heads: Heads) -> None:
        self.database = database
        self.clock = clock
        self._heads = heads

    def change(self, work: Callable[[Change], Made]) -> Made:
        def once(connection: sa.Connection) -> tuple[Made, list[chain.Head]]:
            change = Change(connection, self.clock.now())
            made = work(change)
            return made, change.seal_audit()

        made, heads = self.database.write(once)
        for head in heads:
            self._heads.write(head, self.clock.now())
        return made

    def read(self, work: Callable[[sa.Connection], Made]) -> Made:
        return self.database.read(work)

    def sign_heads(self) -> None:
        """Sign the chains as they stand: a stop between commit and signature left the last rows unsigned."""
        from_rows = sa.select(audit_heads).where(audit_heads.c.seq > 0)
        for row in self.read(lambda connection: connection.execute(from_rows).all()):
            self._heads.write(chain.Head(row.region_id, row.seq, row.digest), self.clock.now())
