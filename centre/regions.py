"""Regions by number and by the code that was theirs on a day."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from centre.audit import chain
from centre.tables.places import region_codes, region_parents, regions
from core.failures import HouseFailure

_EVER = date(1949, 10, 1)


def region_of(connection: sa.Connection, code: str, day: date) -> int | None:
    """The region that bore GB/T 2260 ``code`` on ``day``."""
    told = region_codes.c
    return connection.execute(
        sa.select(told.region_id).where(
            told.code == code, told.valid_from <= day, sa.or_(told.valid_to.is_(None), told.valid_to >= day)
        )
    ).scalar_one_or_none()


def code_of(connection: sa.Connection, region: int, day: date) -> str:
    """The code ``region`` bears on ``day``. Raises ``HouseFailure`` when it has none."""
    told = region_codes.c
    found = connection.execute(
        sa.select(told.code).where(
            told.region_id == region, told.valid_from <= day, sa.or_(told.valid_to.is_(None), told.valid_to >= day)
        )
    ).scalar_one_or_none()
    if found is None:
        raise HouseFailure(f"region {region} has no code on {day}")
    return str(found)


def add_region(connection: sa.Connection, code: str, name: str, parent: int | None = None, since: date = _EVER) -> int:
    """A new region with its own audit chain; its number."""
    number = (connection.execute(sa.select(sa.func.max(regions.c.region_id))).scalar_one() or 0) + 1
    connection.execute(regions.insert().values(region_id=number))
    connection.execute(region_codes.insert().values(region_id=number, code=code, name=name, valid_from=since))
    connection.execute(region_parents.insert().values(region_id=number, parent_id=parent, valid_from=since))
    chain.start(connection, number)
    return number
