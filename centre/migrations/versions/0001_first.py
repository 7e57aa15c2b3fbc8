"""The first schema: keys are (region_id, ULID) from the beginning."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from centre.tables.base import Instant

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "executors",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("beat_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_executors")),
    )
    op.create_table(
        "regions",
        sa.Column("region_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("region_id", name=op.f("pk_regions")),
    )
    op.create_table(
        "audit_heads",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_audit_heads_region_id")),
        sa.PrimaryKeyConstraint("region_id", name=op.f("pk_audit_heads")),
    )
    op.create_table(
        "audit_rows",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_audit_rows_region_id")),
        sa.PrimaryKeyConstraint("region_id", "seq", name=op.f("pk_audit_rows")),
    )
    op.create_table(
        "blank_ranges",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("stock", sa.String(length=40), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("first", sa.String(length=40), nullable=False),
        sa.Column("last", sa.String(length=40), nullable=False),
        sa.Column("loaded_by", sa.String(length=120), nullable=False),
        sa.Column("loaded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_blank_ranges_region_id")),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_blank_ranges")),
    )
    op.create_table(
        "blanks",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("stock", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("order_no", sa.String(length=40), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_blanks_region_id")),
        sa.PrimaryKeyConstraint("region_id", "stock", "number", name=op.f("pk_blanks")),
    )
    op.create_index("ix_blanks_terminal", "blanks", ["region_id", "terminal", "stock", "state"], unique=False)
    op.create_table(
        "call_inbox",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("stream", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reply_sealed", sa.Text(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_call_inbox_region_id")),
        sa.PrimaryKeyConstraint("region_id", "device", "id", name=op.f("pk_call_inbox")),
    )
    op.create_table(
        "cases",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case_no", sa.String(length=40), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("visit", sa.String(length=26), nullable=False),
        sa.Column("intake_region", sa.Integer(), nullable=False),
        sa.Column("trx", sa.String(length=26), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        sa.Column("situation", sa.String(length=60), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("name_sealed", sa.Text(), nullable=False),
        sa.Column("number_sealed", sa.Text(), nullable=False),
        sa.Column("holder_index", sa.String(length=64), nullable=False),
        sa.Column("answers_sealed", sa.Text(), nullable=False),
        sa.Column("form_sealed", sa.Text(), nullable=False),
        sa.Column("materials", sa.JSON(), nullable=False),
        sa.Column("document_sealed", sa.Text(), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("strokes_sealed", sa.Text(), nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_cases_region_id")),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_cases")),
        sa.UniqueConstraint("region_id", "case_no", name=op.f("uq_cases_region_id_case_no")),
    )
    op.create_index("ix_cases_accepted", "cases", ["region_id", "accepted_at"], unique=False)
    op.create_index("ix_cases_holder", "cases", ["region_id", "holder_index"], unique=False)
    op.create_index("ix_cases_state", "cases", ["region_id", "state", "asked_at"], unique=False)
    op.create_table(
        "consents",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("visit", sa.String(length=26), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        sa.Column("situation", sa.String(length=60), nullable=False),
        sa.Column("card_kind", sa.String(length=20), nullable=False),
        sa.Column("card_valid_to", sa.Date(), nullable=True),
        sa.Column("name_sealed", sa.Text(), nullable=False),
        sa.Column("number_sealed", sa.Text(), nullable=False),
        sa.Column("holder_index", sa.String(length=64), nullable=False),
        sa.Column("licence_types", sa.JSON(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("notice_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("agreed_at", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_consents_region_id")),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_consents")),
    )
    op.create_table(
        "counters",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_counters_region_id")),
        sa.PrimaryKeyConstraint("region_id", "name", "period", name=op.f("pk_counters")),
    )
    op.create_table(
        "credit_records",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("subject_index", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_credit_records_region_id")),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_credit_records")),
    )
    op.create_index("ix_credit_records_subject", "credit_records", ["region_id", "subject_index"], unique=False)
    op.create_table(
        "licences",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("identifier", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("number_sealed", sa.Text(), nullable=False),
        sa.Column("face_sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_licences_region_id")),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_licences")),
        sa.UniqueConstraint("region_id", "identifier", name=op.f("uq_licences_region_id_identifier")),
    )
    op.create_table(
        "message_inbox",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("stream", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body_sealed", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_message_inbox_region_id")),
        sa.PrimaryKeyConstraint("region_id", "device", "stream", "seq", name=op.f("pk_message_inbox")),
        sa.UniqueConstraint("region_id", "device", "id", name=op.f("uq_message_inbox_region_id_device_id")),
    )
    op.create_table(
        "officers",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_officers_region_id")),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_officers")),
        sa.UniqueConstraint("login", name=op.f("uq_officers_login")),
    )
    op.create_table(
        "region_codes",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_region_codes_region_id")),
        sa.PrimaryKeyConstraint("region_id", "valid_from", name=op.f("pk_region_codes")),
    )
    op.create_index("ix_region_codes_code", "region_codes", ["code"], unique=False)
    op.create_table(
        "region_parents",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["regions.region_id"], name=op.f("fk_region_parents_parent_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_region_parents_region_id")),
        sa.PrimaryKeyConstraint("region_id", "valid_from", name=op.f("pk_region_parents")),
    )
    op.create_table(
        "terminals",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("stock", sa.String(length=40), nullable=False),
        sa.Column("software", sa.String(length=80), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("health", sa.JSON(), nullable=False),
        sa.Column("enrolled_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_terminals_region_id")),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_terminals")),
        sa.UniqueConstraint("id", name=op.f("uq_terminals_id")),
    )
    op.create_table(
        "case_events",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id", "case_id"], ["cases.region_id", "cases.id"], name=op.f("fk_case_events_region_id_case_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_case_events_region_id")),
        sa.PrimaryKeyConstraint("region_id", "case_id", "version", name=op.f("pk_case_events")),
    )
    op.create_table(
        "certificates",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case_id", sa.String(length=26), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("identifier", sa.String(length=120), nullable=False),
        sa.Column("verify_code", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("face_digest", sa.String(length=64), nullable=False),
        sa.Column("face_sealed", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("file", sa.String(length=40), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("sealed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["region_id", "case_id"], ["cases.region_id", "cases.id"], name=op.f("fk_certificates_region_id_case_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_certificates_region_id")),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("region_id", "case_id", name=op.f("uq_certificates_region_id_case_id")),
        sa.UniqueConstraint("region_id", "identifier", name=op.f("uq_certificates_region_id_identifier")),
        sa.UniqueConstraint("region_id", "number", name=op.f("uq_certificates_region_id_number")),
        sa.UniqueConstraint("region_id", "verify_code", name=op.f("uq_certificates_region_id_verify_code")),
    )
    op.create_table(
        "licence_people",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("licence_id", sa.String(length=26), nullable=False),
        sa.Column("person_index", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id", "licence_id"],
            ["licences.region_id", "licences.id"],
            name=op.f("fk_licence_people_region_id_licence_id"),
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_licence_people_region_id")),
        sa.PrimaryKeyConstraint("region_id", "licence_id", "person_index", "role", name=op.f("pk_licence_people")),
    )
    op.create_index("ix_licence_people_person", "licence_people", ["region_id", "person_index"], unique=False)
    op.create_table(
        "licence_uses",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("fetch_id", sa.String(length=26), nullable=False),
        sa.Column("trx", sa.String(length=26), nullable=False),
        sa.Column("licence_id", sa.String(length=26), nullable=True),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("identifier", sa.String(length=120), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("item_code", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("holder_index", sa.String(length=64), nullable=False),
        sa.Column("holder_sealed", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id", "trx"], ["consents.region_id", "consents.id"], name=op.f("fk_licence_uses_region_id_trx")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_licence_uses_region_id")),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_licence_uses")),
    )
    op.create_index("ix_licence_uses_holder", "licence_uses", ["region_id", "holder_index"], unique=False)
    op.create_index("ix_licence_uses_trx", "licence_uses", ["region_id", "trx"], unique=False)
    op.create_table(
        "officer_sessions",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("officer_id", sa.String(length=26), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id", "officer_id"],
            ["officers.region_id", "officers.id"],
            name=op.f("fk_officer_sessions_region_id_officer_id"),
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_officer_sessions_region_id")),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_officer_sessions")),
    )
    op.create_table(
        "pledges",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=26), nullable=False),
        sa.Column("materials", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("make_good_by", sa.Date(), nullable=False),
        sa.Column("inspect_by", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id", "case_id"], ["cases.region_id", "cases.id"], name=op.f("fk_pledges_region_id_case_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_pledges_region_id")),
        sa.PrimaryKeyConstraint("region_id", "case_id", name=op.f("pk_pledges")),
    )
    op.create_index("ix_pledges_due", "pledges", ["region_id", "state", "make_good_by"], unique=False)
    op.create_table(
        "ratings",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=26), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id", "case_id"], ["cases.region_id", "cases.id"], name=op.f("fk_ratings_region_id_case_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_ratings_region_id")),
        sa.PrimaryKeyConstraint("region_id", "case_id", name=op.f("pk_ratings")),
    )
    op.create_table(
        "receipts",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("file", sa.String(length=40), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id", "case_id"], ["cases.region_id", "cases.id"], name=op.f("fk_receipts_region_id_case_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_receipts_region_id")),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("region_id", "case_id", "kind", name=op.f("uq_receipts_region_id_case_id_kind")),
        sa.UniqueConstraint("region_id", "number", name=op.f("uq_receipts_region_id_number")),
    )
    op.create_table(
        "orders",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("order_no", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=26), nullable=False),
        sa.Column("certificate_id", sa.String(length=26), nullable=False),
        sa.Column("stock", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=True),
        sa.Column("blank", sa.String(length=40), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("sheet_file", sa.String(length=40), nullable=True),
        sa.Column("sheet_digest", sa.String(length=64), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=True),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.Column("replaces", sa.String(length=26), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id", "case_id"], ["cases.region_id", "cases.id"], name=op.f("fk_orders_region_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id", "certificate_id"],
            ["certificates.region_id", "certificates.id"],
            name=op.f("fk_orders_region_id_certificate_id"),
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.region_id"], name=op.f("fk_orders_region_id")),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_orders")),
        sa.UniqueConstraint("region_id", "order_no", name=op.f("uq_orders_region_id_order_no")),
    )
