"""The tables. No column can hold a person: numbers of orders and blanks, codes, digests, and bodies of the outbox.

The rules that must hold whatever the code does are indexes: one open attempt, one attempt a blank.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint, false, text

from printing.attempt import HOLDS_BLANK, OPEN

VERSION = 1
metadata = MetaData()


def _phases(phases: frozenset[str]) -> str:
    return ", ".join(f"'{phase}'" for phase in sorted(phases))


attempts = Table(
    "attempts",
    metadata,
    Column("order_no", String, primary_key=True),
    Column("fence", Integer, primary_key=True),
    Column("blank", String, nullable=False),
    Column("phase", String, nullable=False),
    Column("digest", String, nullable=False, default=""),
    Column("job_id", Integer),
    Column("settled", Boolean, nullable=False, server_default=false()),
    Index("one_open_attempt", text("(1)"), unique=True, sqlite_where=text(f"phase IN ({_phases(OPEN)})")),
    Index("one_attempt_a_blank", "blank", unique=True, sqlite_where=text(f"phase IN ({_phases(HOLDS_BLANK)})")),
)

outbox = Table(
    "outbox",
    metadata,
    Column("stream", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("id"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
)
