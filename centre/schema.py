"""The schema: every table in one metadata, brought up to date by Alembic when a centre starts."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from centre.db import Database
from centre.tables import audit, cases, library, places, prints
from centre.tables.base import metadata

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
TABLES = (places, library, cases, prints, audit)
_ALL_AT_ONCE = 0x746F6E67  # "tong": processes that start together migrate one after the other

__all__ = ["TABLES", "metadata", "newest", "upgrade"]


def upgrade(database: Database) -> None:
    """Bring the database to the newest revision; does nothing when it is there already."""

    def migrate(connection: sa.Connection) -> None:
        if not database.lite:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ALL_AT_ONCE})
        if MigrationContext.configure(connection).get_current_revision() != newest():
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    database.write(migrate)


def newest() -> str:
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
