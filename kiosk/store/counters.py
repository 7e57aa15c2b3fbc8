"""Numbers that only rise, also over restarts: message numbers and envelope numbers of a stream."""

from __future__ import annotations

from sqlalchemy import Connection, update
from sqlalchemy.dialects.sqlite import insert

from kiosk.store.engine import Database
from kiosk.store.tables import counters


def raised(connection: Connection, name: str) -> int:
    """The next number of that name, 1 at first, inside the caller's transaction."""
    first = insert(counters).values(name=name, value=1)
    following = first.on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + 1})
    return int(connection.execute(following.returning(counters.c.value)).scalar_one())


def leap(connection: Connection, name: str, by: int) -> None:
    """Leave out ``by`` numbers of that name."""
    raised(connection, name)
    connection.execute(update(counters).where(counters.c.name == name).values(value=counters.c.value + by))


def next_number(database: Database, name: str) -> int:
    """The next number of that name, on the disk before it is used."""
    with database.transaction() as connection:
        return raised(connection, name)
