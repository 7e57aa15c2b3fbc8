"""Numbered blanks: how many are left in a tray, which, and where else there are some."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from centre.caller import Caller, TerminalState
from centre.change import Change
from centre.tables.places import terminals
from centre.tables.prints import blank_ranges, blanks, orders
from core.failures import HouseFailure
from printing.blanks import BlankRange
from printing.stores import BlankState, OrderState


def available(connection: sa.Connection, region: int, terminal: str, stock: str, most: int = 1000) -> tuple[str, ...]:
    """Numbers still to be used in this terminal's tray, lowest first."""
    return tuple(
        connection.execute(
            sa.select(blanks.c.number).where(*_in_tray(region, terminal, stock)).order_by(blanks.c.number).limit(most)
        ).scalars()
    )


def doubtful(connection: sa.Connection, terminal: str, stock: str) -> tuple[str, ...]:
    """Numbers of this tray whose sheet nobody is sure of: until two people have looked, the one on top is not known."""
    held = sa.select(orders.c.blank).where(
        orders.c.terminal == terminal, orders.c.stock == stock, orders.c.state == OrderState.UNKNOWN.value
    )
    return tuple(connection.execute(held.order_by(orders.c.blank)).scalars())


def left(connection: sa.Connection, region: int, terminal: str, stock: str) -> int:
    return connection.execute(
        sa.select(sa.func.count()).select_from(blanks).where(*_in_tray(region, terminal, stock))
    ).scalar_one()


def elsewhere(connection: sa.Connection, caller: Caller, item: str, stock: str) -> tuple[str, ...]:
    """Places of the region's other terminals that offer ``item`` and have a blank of ``stock``."""
    rows = connection.execute(
        sa.select(terminals.c.place, terminals.c.offers)
        .where(
            terminals.c.region_id == caller.region,
            terminals.c.id != caller.id,
            terminals.c.state == TerminalState.ACTIVE.value,
            sa.exists().where(
                blanks.c.region_id == terminals.c.region_id,
                blanks.c.terminal == terminals.c.id,
                blanks.c.stock == stock,
                blanks.c.state == BlankState.AVAILABLE.value,
            ),
        )
        .order_by(terminals.c.place)
    )
    return tuple(row.place for row in rows if item in row.offers)


def load_range(
    change: Change, region: int, terminal: str, loaded: BlankRange, people: Sequence[str], range_id: str
) -> None:
    """Register a packet put into a tray by two people.

    Raises ``HouseFailure`` if they are one, if nobody knows the terminal, or if one of the numbers was registered before.
    """
    if len(set(people)) < 2:
        raise HouseFailure("a packet of blanks is loaded by two people")
    _refuse_unknown(change, region, terminal, loaded)
    change.execute(
        blank_ranges.insert().values(
            region_id=region,
            id=range_id,
            stock=loaded.stock,
            terminal=terminal,
            first=loaded.first,
            last=loaded.last,
            loaded_by="、".join(people),
            loaded_at=change.at,
        )
    )
    sheet = {
        "region_id": region,
        "stock": loaded.stock,
        "terminal": terminal,
        "state": BlankState.AVAILABLE.value,
        "changed_at": change.at,
    }
    change.execute(blanks.insert(), [sheet | {"number": number} for number in loaded.numbers()])
    change.audit(region, "officers", "blanks.loaded", terminal, first=loaded.first, last=loaded.last, by=list(people))


def _refuse_unknown(change: Change, region: int, terminal: str, loaded: BlankRange) -> None:
    here = (terminals.c.region_id == region, terminals.c.id == terminal)
    if not change.execute(sa.select(terminals.c.id).where(*here)).first():
        raise HouseFailure(f"no terminal {terminal}")
    same = sa.select(blanks.c.number).where(
        blanks.c.region_id == region,
        blanks.c.stock == loaded.stock,
        sa.func.length(blanks.c.number) == len(loaded.first),
        blanks.c.number.between(loaded.first, loaded.last),
    )
    if change.execute(same.limit(1)).first():
        raise HouseFailure(f"blanks between {loaded.first} and {loaded.last} were registered before")


def _in_tray(region: int, terminal: str, stock: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        blanks.c.region_id == region,
        blanks.c.terminal == terminal,
        blanks.c.stock == stock,
        blanks.c.state == BlankState.AVAILABLE.value,
    )
