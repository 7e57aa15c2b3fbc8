"""The print protocol on the real tables: one order, one sheet, whoever asks at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from centre.audit.chain import audit_rows
from centre.change import Change, Ledger
from centre.db import Database
from centre.stores.orders import SqlOrders
from centre.tables.cases import cases
from centre.tables.places import message_inbox
from centre.tables.prints import blanks, orders
from core.failures import Failure
from core.ulid import new_ulid
from core.wire import (
    CaseState,
    Evidence,
    OfferAsk,
    OfferTold,
    Outcome,
    OutcomeTold,
    PrepareAsk,
    PrepareTold,
    TakenTold,
)
from printing import order as protocol
from printing.stores import Move
from tests.centre.local import Local, LocalTerminal
from tests.centre.support import Refused
from tests.centre.test_database import run_together
from tests.centre.test_whole_way import sealed

STOCK = "health_licence_a4"


@dataclass
class Sheet:
    """One sealed certificate waiting at T-0001, and the ``printd`` that asks for it."""

    local: Local
    case_no: str
    order_no: str
    printd: LocalTerminal
    seq: int = 0

    def offer(self) -> OfferTold:
        told: OfferTold = self.printd.call("print.offer", OfferAsk(order_no=self.order_no))
        return told

    def prepare(self, fence: int, blank: str) -> PrepareTold:
        ask = PrepareAsk(order_no=self.order_no, fence=fence, blank=blank)
        told: PrepareTold = self.printd.call("print.prepare", ask)
        return told

    def tell(self, fence: int, blank: str, outcome: Outcome) -> str:
        """Status of the acknowledgement."""
        told = OutcomeTold(
            order_no=self.order_no,
            fence=fence,
            blank=blank,
            outcome=outcome,
            evidence=Evidence(job_id=7, impressions=1),
            at=self.local.clock.now(),
        )
        return self.send("print.outcome", told)

    def send(self, name: str, told: Any) -> str:
        self.seq += 1
        message = {
            "seq": self.seq,
            "id": new_ulid(self.local.clock),
            "name": name,
            "body": told.model_dump(mode="json"),
        }
        return self.printd.sync([message]).acks[0].status

    @property
    def order(self) -> Any:
        return self.local.rows(orders, orders.c.order_no == self.order_no)[0]

    @property
    def case(self) -> Any:
        return self.local.rows(cases, cases.c.case_no == self.case_no)[0]

    def blank(self, number: str) -> Any:
        return self.local.rows(blanks, blanks.c.number == number)[0]


def waiting_sheet(local: Local) -> Sheet:
    watched = sealed(local, local.visit().ready())
    assert watched.order_no is not None
    return Sheet(local, watched.case_no, watched.order_no, local.terminal(stream=f"printd-{watched.case_no[-5:]}"))


@pytest.fixture
def sheet(local: Local) -> Sheet:
    return waiting_sheet(local)


@pytest.fixture
def blank(local: Local) -> str:
    free = [row["number"] for row in local.rows(blanks, blanks.c.state == "available", blanks.c.terminal == "T-0001")]
    return sorted(free)[0]


def test_every_offer_raises_the_fence(sheet: Sheet) -> None:
    assert [sheet.offer().fence for _ in range(3)] == [1, 2, 3]
    assert sheet.order["lease_until"] == sheet.local.clock.now() + protocol.LEASE


def test_an_older_fence_gets_no_go(sheet: Sheet, blank: str) -> None:
    old = sheet.offer().fence
    sheet.offer()
    with pytest.raises(Refused, match="NOT_PRINTED"):
        sheet.prepare(old, blank)
    assert sheet.blank(blank)["state"] == "available"


def test_go_reserves_order_and_blank_together(sheet: Sheet, blank: str) -> None:
    fence = sheet.offer().fence
    sheet.prepare(fence, blank)
    assert (sheet.order["state"], sheet.order["blank"]) == ("authorized", blank)
    held = sheet.blank(blank)
    assert (held["state"], held["order_no"], held["fence"]) == ("reserved", sheet.order_no, fence)
    actions = [row["action"] for row in sheet.local.rows(audit_rows, audit_rows.c.subject == sheet.order_no)]
    assert actions == ["print.ordered", "print.offered", "print.authorized"]


def test_the_same_question_gets_the_same_go(sheet: Sheet, blank: str) -> None:
    fence = sheet.offer().fence
    first = sheet.prepare(fence, blank)
    sheet.local.clock.move(timedelta(hours=5))
    assert sheet.prepare(fence, blank) == first


def test_after_go_nothing_frees_the_order(sheet: Sheet, blank: str) -> None:
    fence = sheet.offer().fence
    sheet.prepare(fence, blank)
    sheet.local.clock.move(timedelta(days=30))
    with pytest.raises(Refused, match="PRINT_UNKNOWN"):
        sheet.offer()
    with pytest.raises(Refused, match="NOT_PRINTED"):
        sheet.prepare(fence, "WJ000150")
    assert sheet.order["state"] == "authorized"
    assert sheet.blank("WJ000150")["state"] == "available"


def test_a_blank_of_another_tray_is_refused(sheet: Sheet) -> None:
    fence = sheet.offer().fence
    with pytest.raises(Refused, match="BLANKS_OUT"):
        sheet.prepare(fence, "WJ100001")
    assert sheet.order["state"] == "offered"


def test_an_order_of_another_terminal_does_not_exist(sheet: Sheet) -> None:
    other = sheet.local.terminal("T-0002")
    with pytest.raises(Refused, match="CASE_FAILURE: no such print order"):
        other.call("print.offer", OfferAsk(order_no=sheet.order_no))


@pytest.mark.parametrize(
    ("outcome", "order_state", "blank_state", "case_state"),
    [
        (Outcome.PRINTED, "printed", "used", CaseState.PRINTED),
        (Outcome.UNKNOWN, "unknown", "reserved", CaseState.PRINT_UNKNOWN),
        (Outcome.SPOILED, "sealed", "spoiled", CaseState.SEALED),
        (Outcome.NOT_PRINTED, "sealed", "available", CaseState.SEALED),
        (Outcome.DEAD, "sealed", "available", CaseState.SEALED),
    ],
)
def test_what_becomes_of_a_sheet(
    sheet: Sheet, blank: str, outcome: Outcome, order_state: str, blank_state: str, case_state: CaseState
) -> None:
    fence = sheet.offer().fence
    sheet.prepare(fence, blank)
    assert sheet.tell(fence, blank, outcome) == "accepted"
    assert sheet.order["state"] == order_state
    assert sheet.order["evidence"]["job_id"] == 7
    assert sheet.blank(blank)["state"] == blank_state
    assert sheet.case["state"] == case_state


def test_a_late_word_of_an_older_attempt_changes_nothing(sheet: Sheet, blank: str) -> None:
    fence = sheet.offer().fence
    sheet.prepare(fence, blank)
    sheet.tell(fence, blank, Outcome.DEAD)
    again = sheet.offer().fence
    sheet.prepare(again, blank)
    assert sheet.tell(fence, blank, Outcome.PRINTED) == "refused"
    assert sheet.tell(again, "WJ000180", Outcome.PRINTED) == "refused"
    assert (sheet.order["state"], sheet.order["fence"]) == ("authorized", again)
    told = sheet.local.rows(message_inbox, message_inbox.c.stream == sheet.printd.stream)
    assert [row["status"] for row in told] == ["accepted", "refused", "refused"]


def test_unknown_ends_only_by_printed_or_by_people(sheet: Sheet, blank: str) -> None:
    fence = sheet.offer().fence
    sheet.prepare(fence, blank)
    sheet.tell(fence, blank, Outcome.UNKNOWN)
    for outcome in (Outcome.DEAD, Outcome.NOT_PRINTED, Outcome.SPOILED, Outcome.UNKNOWN):
        assert sheet.tell(fence, blank, outcome) == "refused"
    assert sheet.order["state"] == "unknown"
    with pytest.raises(Refused, match="PRINT_UNKNOWN"):
        sheet.offer()
    assert sheet.tell(fence, blank, Outcome.PRINTED) == "accepted"
    assert sheet.case["state"] == CaseState.PRINTED


def test_taken_is_written_once(sheet: Sheet) -> None:
    told = TakenTold(order_no=sheet.order_no, at=sheet.local.clock.now())
    assert sheet.send("print.taken", told) == "accepted"
    at = sheet.order["taken_at"]
    later = told.model_copy(update={"at": told.at + timedelta(minutes=1)})
    assert sheet.send("print.taken", later) == "accepted"
    assert sheet.order["taken_at"] == at


# --- at the same moment --------------------------------------------------------------------------


class Unguarded(SqlOrders):
    """The store with its WHERE taken away: what the guards are for."""

    def move_blank(self, move: Move) -> bool:
        does = move.transition.blank
        if does is None:
            return True
        loose = blanks.update().where(blanks.c.region_id == self._blank_region, blanks.c.number == move.blank)
        return self._change.moves(loose.values(state=does.to.value, order_no=move.order_no, fence=move.fence))

    def move_order(self, move: Move) -> bool:
        does = move.transition
        loose = orders.update().where(*self._ours(move.order_no))
        return self._change.moves(loose.values(self._written(replace(move, transition=does))))


@contextmanager
def two_processes(local: Local) -> Iterator[tuple[Ledger, Ledger]]:
    """The same database by two pools of connections, as two processes have it: no lock of Python stands between them."""
    other = Database(local.centre.ledger.database.url)
    try:
        yield local.centre.ledger, Ledger(other, local.clock, local.centre.ledger._heads)
    finally:
        other.close()


def race(local: Local, store: type[SqlOrders], asks: list[tuple[str, int, str]]) -> list[str]:
    """Everyone asks for GO at the same moment; who got it, by order and blank, and the codes of the others."""
    results: list[str] = []
    gate = threading.Barrier(len(asks))

    def ask(ledger: Ledger, order_no: str, fence: int, blank: str) -> None:
        def go(change: Change) -> None:
            orders_store = store(change, local.centre.region, local.centre.region, "device:T-0001")
            protocol.authorize(orders_store, order_no, fence, "T-0001", blank, change.at)

        gate.wait(10)
        try:
            ledger.change(go)
        except Failure as failure:
            results.append(failure.code)
        else:
            results.append("GO")

    with two_processes(local) as ledgers:
        works: list[Callable[[], None]] = [_bound(ask, ledgers[number % 2], *each) for number, each in enumerate(asks)]
        run_together(*works)
    return sorted(results)


def _bound(work: Callable[..., None], *arguments: Any) -> Callable[[], None]:
    return lambda: work(*arguments)


def test_two_orders_want_one_blank(local: Local, blank: str) -> None:
    sheets = [waiting_sheet(local) for _ in range(2)]
    asks = [(each.order_no, each.offer().fence, blank) for each in sheets]
    assert race(local, SqlOrders, asks) == ["BLANKS_OUT", "GO"]
    assert sorted(each.order["state"] for each in sheets) == ["authorized", "offered"]


def test_one_order_wants_four_blanks(local: Local, sheet: Sheet) -> None:
    fence = sheet.offer().fence
    free = [row["number"] for row in local.rows(blanks, blanks.c.state == "available", blanks.c.terminal == "T-0001")]
    asks = [(sheet.order_no, fence, number) for number in sorted(free)[-4:]]
    assert race(local, SqlOrders, asks) == ["GO", "NOT_PRINTED", "NOT_PRINTED", "NOT_PRINTED"]
    held = local.rows(blanks, blanks.c.order_no == sheet.order_no)
    assert [row["number"] for row in held] == [sheet.order["blank"]]


def test_without_the_guards_both_would_print(local: Local, blank: str) -> None:
    """The race above can fail: with the WHERE taken away it does."""
    sheets = [waiting_sheet(local) for _ in range(2)]
    asks = [(each.order_no, each.offer().fence, blank) for each in sheets]
    assert race(local, Unguarded, asks) == ["GO", "GO"]


def test_offered_at_the_same_moment(local: Local, sheet: Sheet) -> None:
    """Every offer is a fence of its own, none is given twice."""
    fences: list[int] = []
    gate = threading.Barrier(4)

    def ask(ledger: Ledger) -> None:
        def lease(change: Change) -> int:
            store = SqlOrders(change, local.centre.region, local.centre.region, "device:T-0001")
            return protocol.offer(store, sheet.order_no, "T-0001", change.at).fence

        gate.wait(10)
        fences.append(ledger.change(lease))

    with two_processes(local) as ledgers:
        run_together(*[_bound(ask, ledgers[number % 2]) for number in range(4)])
    assert sorted(fences) == [1, 2, 3, 4]
