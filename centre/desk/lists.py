"""The list of cases, and what an officer should see at once: prints in doubt, cases that wait, trays that run low."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from centre.cases import TABLE
from centre.tables.cases import cases
from centre.tables.places import terminals
from centre.tables.prints import blanks, orders
from centre.wiring import Centre
from core.clock import CHINA
from core.numbers import mask_number
from core.people import mask_name
from core.wire import CaseState
from printing.stores import BlankState, OrderState

PAGE = 25


@dataclass(frozen=True, slots=True)
class CaseLine:
    case_no: str
    item: str
    name: str
    number: str
    route: str
    state: str
    place: str
    at: str


@dataclass(frozen=True, slots=True)
class Tray:
    id: str
    place: str
    state: str
    seen: str
    left: int


@dataclass(frozen=True, slots=True)
class Overview:
    """``more``: there is a next page."""

    lines: tuple[CaseLine, ...]
    more: bool
    counts: dict[str, int]
    unknown: tuple[str, ...]
    trays: tuple[Tray, ...]


def local_time(at: datetime | None) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if at else "—"


def overview(centre: Centre, connection: sa.Connection, region: int, state: str, page: int) -> Overview:
    """``state``: a case state, or empty for all. Names and numbers are masked here, not in the page."""
    ours = [cases.c.region_id == region]
    if state in set(CaseState):
        ours.append(cases.c.state == state)
    rows = connection.execute(
        sa.select(cases)
        .where(*ours)
        .order_by(cases.c.accepted_at.desc(), cases.c.id.desc())
        .limit(PAGE + 1)
        .offset(PAGE * page)
    ).all()
    return Overview(
        lines=tuple(_line(centre, row) for row in rows[:PAGE]),
        more=len(rows) > PAGE,
        counts=_counts(connection, region),
        unknown=_in_doubt(connection, region),
        trays=_trays(connection, region),
    )


def _line(centre: Centre, row: sa.Row[tuple[object, ...]]) -> CaseLine:
    item = centre.items.get(row.item)
    return CaseLine(
        case_no=row.case_no,
        item=item.name.zh if item else row.item,
        name=mask_name(centre.cipher.open(TABLE, row.id, "name", row.name_sealed)),
        number=mask_number(centre.cipher.open(TABLE, row.id, "number", row.number_sealed)),
        route=row.route,
        state=row.state,
        place=row.place,
        at=local_time(row.accepted_at),
    )


def _counts(connection: sa.Connection, region: int) -> dict[str, int]:
    rows = connection.execute(
        sa.select(cases.c.state, sa.func.count().label("cases"))
        .where(cases.c.region_id == region)
        .group_by(cases.c.state)
    )
    return {row.state: row.cases for row in rows}


def _in_doubt(connection: sa.Connection, region: int) -> tuple[str, ...]:
    """Case numbers whose sheet two people must look for."""
    return tuple(
        connection.execute(
            sa.select(cases.c.case_no)
            .join(orders, sa.and_(orders.c.region_id == cases.c.region_id, orders.c.case_id == cases.c.id))
            .where(cases.c.region_id == region, orders.c.state == OrderState.UNKNOWN.value)
            .order_by(cases.c.case_no)
        ).scalars()
    )


def _trays(connection: sa.Connection, region: int) -> tuple[Tray, ...]:
    left = (
        sa.select(sa.func.count())
        .where(
            blanks.c.region_id == terminals.c.region_id,
            blanks.c.terminal == terminals.c.id,
            blanks.c.stock == terminals.c.stock,
            blanks.c.state == BlankState.AVAILABLE.value,
        )
        .scalar_subquery()
    )
    rows = connection.execute(
        sa.select(terminals, left.label("blanks_left")).where(terminals.c.region_id == region).order_by(terminals.c.id)
    )
    return tuple(Tray(row.id, row.place, row.state, local_time(row.seen_at), row.blanks_left) for row in rows)
