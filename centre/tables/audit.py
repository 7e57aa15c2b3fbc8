"""The audit chain: one a region, each row holding the digest of the one before."""

from __future__ import annotations

import sqlalchemy as sa

from centre.tables.base import at, count, metadata, region, word

audit_rows = sa.Table(
    "audit_rows",
    metadata,
    region(),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    at("at"),
    word("actor", 80),
    word("action", 60),
    word("subject", 120),
    sa.Column("detail", sa.Text, nullable=False),
    word("previous", 64),
    word("digest", 64),
)

audit_heads = sa.Table(
    "audit_heads",
    metadata,
    region(),
    count("seq"),
    word("digest", 64),
)
