"""Numbers without gaps inside a transaction: the row of the counter is locked until the commit."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from centre.change import Change
from centre.tables.places import counters


def next_number(change: Change, region: int, name: str, period: str) -> int:
    """The next number of a series in a period (a day, a year); the first is 1."""
    ours = (counters.c.region_id == region, counters.c.name == name, counters.c.period == period)
    raised = counters.update().where(*ours).values(value=counters.c.value + 1)
    if not change.moves(raised):
        try:
            with change.connection.begin_nested():
                change.execute(counters.insert().values(region_id=region, name=name, period=period, value=1))
        except IntegrityError:  # another one began the period at the same moment
            change.moves(raised)
    return int(change.execute(sa.select(counters.c.value).where(*ours)).scalar_one())
