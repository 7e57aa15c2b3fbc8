"""The hash chain of one region: SM3 (GB/T 32905) over each row and the digest of the row before.

The head row is updated first, so that its lock puts the writers of one region in a row. No row holds personal data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from centre.tables.audit import audit_heads, audit_rows
from core.failures import HouseFailure
from core.papers import canonical_json
from printing.face import sm3

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """``actor``: ``device:T-0001``, ``officer:<id>``, ``machine:<executor>``. ``detail``: canonical JSON text."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Head:
    region: int
    seq: int
    digest: str


def append(connection: sa.Connection, region: int, entries: Sequence[Entry]) -> Head:
    """Add ``entries`` to the chain of ``region`` in the caller's transaction; the new head."""
    head = _locked_head(connection, region, len(entries))
    rows = []
    for entry in entries:
        row = _row(head, entry)
        rows.append(row)
        head = Head(region, head.seq + 1, str(row["digest"]))
    connection.execute(audit_rows.insert(), rows)
    connection.execute(audit_heads.update().where(audit_heads.c.region_id == region).values(digest=head.digest))
    return head


def _locked_head(connection: sa.Connection, region: int, more: int) -> Head:
    """The head before ``more`` rows; its row stays locked until the commit."""
    ours = audit_heads.c.region_id == region
    moved = connection.execute(audit_heads.update().where(ours).values(seq=audit_heads.c.seq + more))
    if moved.rowcount != 1:
        raise HouseFailure(f"region {region} has no audit chain")
    seq, digest = connection.execute(sa.select(audit_heads.c.seq, audit_heads.c.digest).where(ours)).one()
    return Head(region, seq - more, digest)


def _row(head: Head, entry: Entry) -> dict[str, object]:
    row = {
        "region_id": head.region,
        "seq": head.seq + 1,
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
        "previous": head.digest,
    }
    return row | {"digest": row_digest(row)}


def row_digest(row: dict[str, object]) -> str:
    """SM3 in hex over the row's canonical JSON without its own digest."""
    at = row["at"]
    if not isinstance(at, datetime):
        raise TypeError("an audit row has a moment")
    plain = {key: value for key, value in row.items() if key != "digest"}
    return sm3(canonical_json(plain | {"at": at.astimezone(UTC).isoformat(timespec="microseconds")})).hex()


def start(connection: sa.Connection, region: int) -> None:
    """An empty chain for a new region."""
    connection.execute(audit_heads.insert().values(region_id=region, seq=0, digest=START))
