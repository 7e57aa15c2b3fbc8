"""What time alone brings about: leases that are over, pledges not made good, machine work that got stuck. Rows, not timers."""

from __future__ import annotations

from functools import partial

import sqlalchemy as sa

from centre.change import Change
from centre.stores.orders import SqlOrders
from centre.tables.cases import cases, pledges
from centre.tables.prints import orders
from centre.wiring import Centre
from centre.work.stuck import ask_again
from core.clock import CHINA
from printing.order import expire_lease
from printing.stores import OrderState

OPEN, OVERDUE = "open", "overdue"


def sweep(centre: Centre) -> int:
    """How many rows were moved; looking costs no writing transaction."""
    late = centre.ledger.read(lambda connection: _late_orders(centre, connection))
    due = centre.ledger.read(lambda connection: _due_pledges(centre, connection))
    for order_no in late:
        centre.ledger.change(partial(_expire, centre, order_no))
    for case_id, case_no in due:
        centre.ledger.change(partial(_overdue, centre, case_id, case_no))
    return len(late) + len(due) + ask_again(centre)


def _late_orders(centre: Centre, connection: sa.Connection) -> list[str]:
    told = orders.c
    late = (told.state == OrderState.OFFERED.value, told.lease_until <= centre.clock.now())
    return list(connection.execute(sa.select(told.order_no).where(told.region_id == centre.region, *late)).scalars())


def _due_pledges(centre: Centre, connection: sa.Connection) -> list[tuple[str, str]]:
    """Case id and number of every pledge past its day."""
    day = centre.clock.now().astimezone(CHINA).date()
    rows = connection.execute(
        sa.select(pledges.c.case_id, cases.c.case_no)
        .join(cases, sa.and_(cases.c.region_id == pledges.c.region_id, cases.c.id == pledges.c.case_id))
        .where(pledges.c.region_id == centre.region, pledges.c.state == OPEN, pledges.c.make_good_by < day)
    )
    return [(row.case_id, row.case_no) for row in rows]


def _expire(centre: Centre, order_no: str, change: Change) -> None:
    expire_lease(SqlOrders(change, centre.region, centre.region, _machine(centre)), order_no, change.at)


def _overdue(centre: Centre, case_id: str, case_no: str, change: Change) -> None:
    ours = (pledges.c.region_id == centre.region, pledges.c.case_id == case_id, pledges.c.state == OPEN)
    if change.moves(pledges.update().where(*ours).values(state=OVERDUE, version=pledges.c.version + 1)):
        change.audit(centre.region, _machine(centre), "pledge.overdue", case_no)


def _machine(centre: Centre) -> str:
    return f"machine:{centre.settings.executor}"
