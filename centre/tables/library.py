"""The library of e-licences, the consent under which they are fetched, and the log of every use."""

from __future__ import annotations

import sqlalchemy as sa

from centre.tables.base import at, count, index, json, metadata, region, sealed, ulid, within, word

licences = sa.Table(
    "licences",
    metadata,
    region(),
    ulid(primary_key=True),
    word("type", 60),
    word("identifier", 120),
    count("version"),
    word("issuer", 120),
    sa.Column("issued_on", sa.Date, nullable=False),
    sa.Column("expires_on", sa.Date),
    word("status", 20),
    word("source", 60),
    sealed("number"),
    sealed("face"),
    sa.UniqueConstraint("region_id", "identifier"),
)

# ``role``: holder, person_in_charge, or linked (the library finds it under this person, who may not use it).
licence_people = sa.Table(
    "licence_people",
    metadata,
    region(),
    ulid("licence_id", primary_key=True),
    index("person", primary_key=True),
    word("role", 20, primary_key=True),
    within("licences", "licence_id"),
    sa.Index("ix_licence_people_person", "region_id", "person_index"),
)

consents = sa.Table(
    "consents",
    metadata,
    region(),
    ulid(primary_key=True),
    word("device"),
    ulid("visit", nullable=False),
    word("item", 60),
    count("item_version"),
    word("situation", 60),
    word("card_kind", 20),
    sa.Column("card_valid_to", sa.Date),
    sealed("name"),
    sealed("number"),
    index("holder"),
    json("licence_types"),
    word("purpose", 200),
    word("notice_digest", 64),
    word("state", 20),
    at("agreed_at"),
    at("opened_at"),
    at("expires_at"),
)

licence_uses = sa.Table(
    "licence_uses",
    metadata,
    region(),
    ulid(primary_key=True),
    ulid("fetch_id", nullable=False),
    ulid("trx", nullable=False),
    ulid("licence_id", nullable=True),
    word("type", 60),
    word("identifier", 120, nullable=True),
    word("result"),
    word("device"),
    word("place", 120),
    word("item", 60),
    word("item_code"),
    word("purpose", 200),
    word("basis", 20),
    index("holder"),
    sealed("holder"),
    at("at"),
    within("consents", "trx"),
    sa.Index("ix_licence_uses_trx", "region_id", "trx"),
    sa.Index("ix_licence_uses_holder", "region_id", "holder_index"),
)
