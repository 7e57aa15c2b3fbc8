"""A case: what was asked, promised, decided and handed out. Its events are appended, never changed."""

from __future__ import annotations

import sqlalchemy as sa

from centre.tables.base import at, count, index, json, metadata, region, sealed, ulid, within, word

cases = sa.Table(
    "cases",
    metadata,
    region(),
    ulid(primary_key=True),
    word("case_no"),
    word("device"),
    word("place", 120),
    ulid("visit", nullable=False),
    count("intake_region"),
    ulid("trx", nullable=False),
    word("item", 60),
    count("item_version"),
    word("situation", 60),
    word("route", 20),
    word("state", 20),
    count("version"),
    word("reason", 200),
    sealed("name"),
    sealed("number"),
    index("holder"),
    sealed("answers"),
    sealed("form"),
    json("materials"),
    sealed("document"),
    word("document_digest", 64),
    sealed("strokes"),
    at("signed_at"),
    at("accepted_at"),
    at("asked_at"),
    at("decided_at", nullable=True),
    at("changed_at"),
    sa.UniqueConstraint("region_id", "case_no"),
    sa.Index("ix_cases_accepted", "region_id", "accepted_at"),
    sa.Index("ix_cases_state", "region_id", "state", "asked_at"),
    sa.Index("ix_cases_holder", "region_id", "holder_index"),
)

case_events = sa.Table(
    "case_events",
    metadata,
    region(),
    ulid("case_id", primary_key=True),
    count("version", primary_key=True),
    word("kind"),
    word("state", 20),
    word("actor", 80),
    word("reason", 200),
    at("at"),
    within("cases", "case_id"),
)

# 告知承诺: the deadlines are columns that are swept, so that they survive any change of engine.
pledges = sa.Table(
    "pledges",
    metadata,
    region(),
    ulid("case_id", primary_key=True),
    json("materials"),
    word("state", 20),
    count("version"),
    sa.Column("make_good_by", sa.Date, nullable=False),
    sa.Column("inspect_by", sa.Date, nullable=False),
    within("cases", "case_id"),
    sa.Index("ix_pledges_due", "region_id", "state", "make_good_by"),
)

receipts = sa.Table(
    "receipts",
    metadata,
    region(),
    ulid(primary_key=True),
    ulid("case_id", nullable=False),
    word("kind"),
    word("number"),
    word("title", 80),
    word("file", 40, nullable=True),
    word("digest", 64, nullable=True),
    at("at"),
    within("cases", "case_id"),
    sa.UniqueConstraint("region_id", "case_id", "kind"),
    sa.UniqueConstraint("region_id", "number"),
)

ratings = sa.Table(
    "ratings",
    metadata,
    region(),
    ulid("case_id", primary_key=True),
    count("level"),
    json("reasons"),
    word("device"),
    at("at"),
    within("cases", "case_id"),
)
