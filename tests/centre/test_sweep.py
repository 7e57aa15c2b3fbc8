"""What time alone brings about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from centre.audit.chain import audit_rows
from centre.tables.cases import cases, pledges
from centre.tables.prints import orders
from centre.work.sweep import sweep
from core.failures import HouseFailure
from core.wire import CaseState, OfferAsk, Route
from printing.order import LEASE
from tests.centre.local import Local
from tests.centre.test_whole_way import sealed


def test_a_lease_to_prepare_ends(fresh: Local) -> None:
    case = sealed(fresh, fresh.visit().ready())
    fresh.terminal(stream="printd").call("print.offer", OfferAsk(order_no=case.order_no or ""))
    fresh.clock.move(LEASE - timedelta(seconds=1))
    assert sweep(fresh.centre) == 0
    fresh.clock.move(timedelta(seconds=1))
    assert sweep(fresh.centre) == 1
    assert fresh.rows(orders)[0]["state"] == "sealed"
    assert sweep(fresh.centre) == 0


def test_a_pledge_not_made_good_is_overdue_the_day_after(fresh: Local) -> None:
    sealed(fresh, fresh.visit().ready())
    fresh.clock.move(timedelta(days=60))
    assert sweep(fresh.centre) == 0
    fresh.clock.move(timedelta(days=1))
    assert sweep(fresh.centre) == 1
    assert fresh.rows(pledges)[0]["state"] == "overdue"
    assert [row["action"] for row in fresh.rows(audit_rows)][-1] == "pledge.overdue"


@pytest.mark.parametrize(("route", "first"), [(Route.PLEDGE, "accepted"), (Route.NORMAL, "normal")])
def test_work_that_got_stuck_is_asked_for_again(fresh: Local, route: Route, first: str) -> None:
    """The engine lost it: as if it had failed as often as it is tried."""
    visit = fresh.visit().ready()
    told = visit.submit(route)
    fresh.work.forget()
    assert sweep(fresh.centre) == 0
    fresh.clock.move(timedelta(minutes=5))
    assert sweep(fresh.centre) == 1
    assert fresh.rows(cases)[0]["state"] == first
    assert sweep(fresh.centre) == 0
    fresh.work.drain()
    watched = visit.watch(told.case_no, lambda case: True)
    assert watched.receipts
    assert watched.state is (CaseState.SEALED if route is Route.PLEDGE else CaseState.NORMAL)
    fresh.clock.move(timedelta(hours=1))
    assert sweep(fresh.centre) == 0


def test_sealing_that_got_stuck_is_asked_for_again(fresh: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = fresh.visit().ready()
    told = visit.submit()

    def broken(_payload: object) -> None:
        raise HouseFailure("the signature server is away")

    monkeypatch.setitem(fresh.work._handlers, "seal", broken)
    with pytest.raises(HouseFailure):
        fresh.work.drain()
    monkeypatch.undo()
    fresh.work.forget()
    assert visit.watch(told.case_no, lambda case: True).state is CaseState.DECIDED
    fresh.clock.move(timedelta(minutes=6))
    assert sweep(fresh.centre) == 1
    fresh.work.drain()
    assert visit.watch(told.case_no, lambda case: True).state is CaseState.SEALED
