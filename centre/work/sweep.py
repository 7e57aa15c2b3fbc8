"""What time alone brings about: leases to prepare that are over, pledges that were not made good. Rows, not timers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import sqlalchemy as sa

from centre.change import Change
from centre.counters import next_number
from centre.stores.orders import SqlOrders
from centre.tables.cases import cases, pledges
from centre.tables.prints import certificates, orders
from centre.wiring import Centre
from centre.work import kinds
from core.clock import CHINA
from core.wire import CaseState
from printing.order import expire_lease
from printing.stores import OrderState

OPEN, OVERDUE = "open", "overdue"
STUCK_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A case, its certificate if it has one, and for how many periods it has not moved."""

    id: str
    case_no: str
    certificate: str | None
    periods: int


def sweep(centre: Centre) -> int:
    """How many rows were moved; looking costs no writing transaction."""
    stuck = centre.ledger.read(lambda connection: _stuck_cases(centre, connection))
    late = centre.ledger.read(lambda connection: _late_orders(centre, connection))
    due = centre.ledger.read(lambda connection: _due_pledges(centre, connection))
    for case in stuck:
        centre.ledger.change(partial(_ask_again, centre, case))
    for order_no in late:
        centre.ledger.change(partial(_expire, centre, order_no))
    for case_id, case_no in due:
        centre.ledger.change(partial(_overdue, centre, case_id, case_no))
    return len(stuck) + len(late) + len(due)


def _stuck_cases(centre: Centre, connection: sa.Connection) -> list[Stuck]:
    """Cases that the machine should have moved on by now: its work failed as often as it is tried."""
    told = cases.c
    rows = connection.execute(
        sa.select(told.id, told.case_no, told.version, told.changed_at, certificates.c.id.label("certificate"))
        .outerjoin(
            certificates, sa.and_(certificates.c.region_id == told.region_id, certificates.c.case_id == told.id)
        )
        .where(
            told.region_id == centre.region,
            told.state.in_([CaseState.ACCEPTED.value, CaseState.DECIDED.value]),
            told.changed_at <= centre.clock.now() - STUCK_AFTER,
        )
    )
    now = centre.clock.now()
    return [Stuck(row.id, row.case_no, row.certificate, int((now - row.changed_at) / STUCK_AFTER)) for row in rows]


def _ask_again(centre: Centre, case: Stuck, change: Change) -> None:
    """The same work under a new key, once for every period the case has been stuck."""
    payload: dict[str, str | int] = {"region": centre.region, "case": case.id}
    if case.certificate is not None:
        payload["certificate"] = case.certificate
    kind = kinds.DECIDE if case.certificate is None else kinds.SEAL
    period = f"{case.id}.{case.periods}"
    if next_number(change, centre.region, "work_again", period[-20:]) == 1:
        centre.work.enqueue(change.connection, kind, period, payload)
        change.audit(centre.region, _machine(centre), "work.asked_again", case.case_no, kind=kind)


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
