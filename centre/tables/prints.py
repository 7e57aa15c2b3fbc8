"""Certificates, print orders and numbered blanks.

An order belongs to the region of its issuer, a blank to that of the terminal it lies in: they name each other, unbound.
"""

from __future__ import annotations

import sqlalchemy as sa

from centre.tables.base import at, count, json, metadata, region, sealed, ulid, within, word

certificates = sa.Table(
    "certificates",
    metadata,
    region(),
    ulid(primary_key=True),
    ulid("case_id", nullable=False),
    word("item", 60),
    word("number", 80),
    word("identifier", 120),
    word("verify_code", 20),
    word("status", 20),
    word("face_digest", 64),
    sealed("face"),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    word("file", 40, nullable=True),
    word("digest", 64, nullable=True),
    at("issued_at"),
    at("sealed_at", nullable=True),
    within("cases", "case_id"),
    sa.UniqueConstraint("region_id", "case_id"),
    sa.UniqueConstraint("region_id", "number"),
    sa.UniqueConstraint("region_id", "identifier"),
    sa.UniqueConstraint("region_id", "verify_code"),
)

orders = sa.Table(
    "orders",
    metadata,
    region(),
    ulid(primary_key=True),
    word("order_no"),
    ulid("case_id", nullable=False),
    ulid("certificate_id", nullable=False),
    word("stock"),
    word("target"),
    word("state", 20),
    count("fence"),
    word("terminal", nullable=True),
    word("blank", nullable=True),
    at("lease_until", nullable=True),
    word("sheet_file", 40, nullable=True),
    word("sheet_digest", 64, nullable=True),
    word("outcome", 20, nullable=True),
    json("evidence", nullable=True),
    at("taken_at", nullable=True),
    ulid("replaces", nullable=True),
    word("reason", 200),
    at("made_at"),
    at("changed_at"),
    within("cases", "case_id"),
    within("certificates", "certificate_id"),
    sa.UniqueConstraint("region_id", "order_no"),
)

blank_ranges = sa.Table(
    "blank_ranges",
    metadata,
    region(),
    ulid(primary_key=True),
    word("stock"),
    word("terminal"),
    word("first"),
    word("last"),
    word("loaded_by", 120),
    at("loaded_at"),
)

blanks = sa.Table(
    "blanks",
    metadata,
    region(),
    word("stock", primary_key=True),
    word("number", primary_key=True),
    word("terminal"),
    word("state", 20),
    word("order_no", nullable=True),
    count("fence", nullable=True),
    at("changed_at"),
    sa.Index("ix_blanks_terminal", "region_id", "terminal", "stock", "state"),
)
