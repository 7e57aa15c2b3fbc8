"""Whoever comes back gets the certificate that was granted and never came out, also at another terminal."""

from __future__ import annotations

from typing import Any

import pytest

from centre.tables.places import terminals
from centre.tables.prints import orders
from core.wire import BlanksAsk, CaseState, OfferAsk, PrepareAsk, WatchAsk
from tests.centre.local import Local, LocalTerminal
from tests.centre.support import Refused
from tests.centre.test_whole_way import sealed


@pytest.fixture
def other(fresh: Local) -> LocalTerminal:
    return fresh.terminal("T-0002")


def back(local: Local, who: str = "jia", terminal: LocalTerminal | None = None) -> Any:
    """What the centre says when the card is laid down again."""
    return local.visit(who, terminal=terminal).consent().waiting


def test_at_the_same_terminal(fresh: Local) -> None:
    assert back(fresh) is None
    case = sealed(fresh, fresh.visit().ready())
    assert back(fresh) == case.case_no
    assert back(fresh, "hong") is None


def test_at_another_terminal_it_is_printed_there(fresh: Local, other: LocalTerminal) -> None:
    case = sealed(fresh, fresh.visit().ready())
    with pytest.raises(Refused, match="no such case"):
        other.call("case.watch", WatchAsk(case_no=case.case_no))
    assert back(fresh, terminal=other) == case.case_no
    watched = other.call("case.watch", WatchAsk(case_no=case.case_no))
    assert (watched.state, watched.order_no) == (CaseState.SEALED, case.order_no)
    with pytest.raises(Refused, match="no such print order"):
        fresh.terminal().call("print.offer", OfferAsk(order_no=case.order_no or ""))
    offer = other.call("print.offer", OfferAsk(order_no=case.order_no or ""))
    blank = other.call("blanks.list", BlanksAsk(stock=offer.stock)).available[0]
    assert blank.startswith("WJ1")
    assert other.call("print.prepare", PrepareAsk(order_no=offer.order_no, fence=offer.fence, blank=blank)).sheet


def test_what_was_begun_elsewhere_stays_there(fresh: Local, other: LocalTerminal) -> None:
    case = sealed(fresh, fresh.visit().ready())
    here = fresh.terminal(stream="printd")
    here.call("print.offer", OfferAsk(order_no=case.order_no or ""))
    assert back(fresh, terminal=other) is None
    assert fresh.rows(orders)[0]["target"] == "T-0001"
    assert back(fresh) == case.case_no


def test_a_terminal_without_the_right_paper_does_not_take_it(fresh: Local, other: LocalTerminal) -> None:
    sealed(fresh, fresh.visit().ready())
    fresh.execute(terminals.update().where(terminals.c.id == "T-0002").values(stock="another"))
    assert back(fresh, terminal=other) is None
    assert fresh.rows(orders)[0]["target"] == "T-0001"


def test_before_the_decision_it_waits_where_it_was_taken_in(fresh: Local, other: LocalTerminal) -> None:
    told = fresh.visit().ready().submit()
    assert back(fresh, terminal=other) is None
    assert back(fresh) == told.case_no
