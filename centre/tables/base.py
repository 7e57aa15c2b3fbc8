"""The metadata, column types and the few shapes that every table has."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMES)


class Instant(TypeDecorator[datetime]):
    """An aware moment, UTC in and UTC out; SQLite stores it without a zone and forgets which."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)  # type: ignore[no-any-return]


def region(**options: Any) -> sa.Column[int]:
    return sa.Column("region_id", sa.Integer, sa.ForeignKey("regions.region_id"), primary_key=True, **options)


def ulid(name: str = "id", **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.String(26), **options)


def word(name: str, size: int = 40, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.String(size), **({"nullable": False} | options))


def sealed(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(f"{name}_sealed", sa.Text, **({"nullable": False} | options))


def index(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(f"{name}_index", sa.String(64), **({"nullable": False} | options))


def at(name: str, **options: Any) -> sa.Column[datetime]:
    return sa.Column(name, Instant, **({"nullable": False} | options))


def count(name: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, **({"nullable": False} | options))


def json(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON, **({"nullable": False} | options))


def within(table: str, column: str) -> sa.ForeignKeyConstraint:
    """A reference to a row of the same region."""
    return sa.ForeignKeyConstraint(["region_id", column], [f"{table}.region_id", f"{table}.id"])
