"""A region keeps its number when its code, name or parent changes."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from centre.regions import add_region, code_of, region_of
from centre.tables.places import region_codes
from core.failures import HouseFailure
from tests.centre.local import Local


def test_a_renamed_region_is_found_by_the_code_of_the_day(fresh: Local) -> None:
    """371200 莱芜市 became a district of 济南 (371200 → 370116) on 2018-12-26."""
    since = date(2018, 12, 26)

    def rename(change: object) -> int:
        connection: sa.Connection = change.connection  # type: ignore[attr-defined]
        number = add_region(connection, "371200", "莱芜市", since=date(1992, 11, 30))
        connection.execute(
            region_codes.update().where(region_codes.c.region_id == number).values(valid_to=date(2018, 12, 25))
        )
        connection.execute(
            region_codes.insert().values(region_id=number, code="370116", name="莱芜区", valid_from=since)
        )
        return number

    number = fresh.centre.ledger.change(rename)

    def found(code: str, day: date) -> int | None:
        return fresh.centre.ledger.read(lambda connection: region_of(connection, code, day))

    assert found("371200", date(2018, 12, 25)) == number
    assert found("371200", since) is None
    assert found("370116", since) == number
    assert fresh.centre.ledger.read(lambda connection: code_of(connection, number, date(2020, 1, 1))) == "370116"
    with pytest.raises(HouseFailure):
        fresh.centre.ledger.read(lambda connection: code_of(connection, number, date(1990, 1, 1)))
