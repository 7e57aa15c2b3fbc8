"""Regions and the machines that stand in them.

A region is a number that never changes. Its GB/T 2260 code, its name and its parent are facts with dates, because regions
are merged, renamed and moved (莱芜 was).
"""

from __future__ import annotations

import sqlalchemy as sa

from centre.tables.base import at, count, index, json, metadata, region, sealed, ulid, word

regions = sa.Table("regions", metadata, sa.Column("region_id", sa.Integer, primary_key=True, autoincrement=False))

region_codes = sa.Table(
    "region_codes",
    metadata,
    region(),
    sa.Column("valid_from", sa.Date, primary_key=True),
    word("code", 12),
    word("name", 60),
    sa.Column("valid_to", sa.Date),
    sa.Index("ix_region_codes_code", "code"),
)

region_parents = sa.Table(
    "region_parents",
    metadata,
    region(),
    sa.Column("valid_from", sa.Date, primary_key=True),
    sa.Column("parent_id", sa.Integer, sa.ForeignKey("regions.region_id")),
    sa.Column("valid_to", sa.Date),
)

# A device has one name in the whole country: the only key here that is unique across regions.
terminals = sa.Table(
    "terminals",
    metadata,
    region(),
    word("id", primary_key=True),
    word("public_key", 64),
    word("state", 20),
    word("place", 120),
    word("phone", 40),
    word("stock"),
    word("software", 80),
    json("offers"),
    json("health"),
    at("enrolled_at"),
    at("seen_at", nullable=True),
    sa.UniqueConstraint("id"),
)

call_inbox = sa.Table(
    "call_inbox",
    metadata,
    region(),
    word("device", primary_key=True),
    ulid(primary_key=True),
    word("stream", 20),
    sa.Column("seq", sa.BigInteger, nullable=False),
    word("name"),
    word("digest", 64),
    sealed("reply", nullable=True),
    at("at"),
)

message_inbox = sa.Table(
    "message_inbox",
    metadata,
    region(),
    word("device", primary_key=True),
    word("stream", 20, primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True),
    ulid(nullable=False),
    word("name"),
    word("digest", 64),
    sealed("body"),
    word("status", 20),
    word("code", nullable=True),
    at("at"),
    sa.UniqueConstraint("region_id", "device", "id"),
)

executors = sa.Table(
    "executors",
    metadata,
    word("id", primary_key=True),
    at("started_at"),
    at("beat_at"),
)

officers = sa.Table(
    "officers",
    metadata,
    region(),
    ulid(primary_key=True),
    word("login"),
    word("name", 60),
    word("password", 200),
    word("state", 20),
    sa.UniqueConstraint("login"),
)

officer_sessions = sa.Table(
    "officer_sessions",
    metadata,
    region(),
    word("id", 64, primary_key=True),
    ulid("officer_id", nullable=False),
    word("csrf", 64),
    at("opened_at"),
    at("seen_at"),
    sa.ForeignKeyConstraint(["region_id", "officer_id"], ["officers.region_id", "officers.id"]),
)

counters = sa.Table(
    "counters",
    metadata,
    region(),
    word("name", primary_key=True),
    word("period", 20, primary_key=True),
    count("value"),
)

credit_records = sa.Table(
    "credit_records",
    metadata,
    region(),
    ulid(primary_key=True),
    index("subject"),
    word("kind"),
    word("source", 120),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    sa.Index("ix_credit_records_subject", "region_id", "subject_index"),
)
