"""The order machine, story by story: who may do what when, and what it does to the blank."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from core.failures import BlanksOut, CaseFailure, Failure, HouseFailure, NotPrinted, PrinterBusy, PrintUnknown
from core.wire import Outcome
from printing import order
from printing.blanks import BlankRange
from printing.order import FINDINGS, OUTCOMES, TRANSITIONS, Finding
from printing.stores import BlankState, Column, OrderState
from tests.printing.protocol.reference_store import ReferenceStore

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
PEOPLE = ("one", "two")


@pytest.fixture
def store() -> Iterator[ReferenceStore]:
    found = ReferenceStore()
    found.add_order("O", "a4")
    found.load(BlankRange("a4", "A1", "A3"), "A")
    found.load(BlankRange("a4", "B1", "B3"), "B")
    found.load(BlankRange("a5", "C1", "C3"), "A")
    with found.transaction():
        yield found


def authorised(store: ReferenceStore) -> None:
    order.offer(store, "O", "A", NOW)
    order.authorize(store, "O", 1, "A", "A1", NOW)


def unknown(store: ReferenceStore) -> None:
    authorised(store)
    assert order.outcome(store, "O", 1, "A", "A1", Outcome.UNKNOWN, NOW)


def state(store: ReferenceStore) -> tuple[OrderState, BlankState]:
    return store.orders["O"].state, store.blanks["A1"].state


def test_the_straight_way(store: ReferenceStore) -> None:
    offered = order.offer(store, "O", "A", NOW)
    assert (offered.state, offered.fence, offered.terminal) == (OrderState.OFFERED, 1, "A")
    assert offered.lease_until == NOW + order.LEASE
    go = order.authorize(store, "O", 1, "A", "A1", NOW)
    assert (go.blank, go.lease_until) == ("A1", None)
    assert state(store) == (OrderState.AUTHORIZED, BlankState.RESERVED)
    assert order.outcome(store, "O", 1, "A", "A1", Outcome.PRINTED, NOW)
    assert state(store) == (OrderState.PRINTED, BlankState.USED)
    assert [move.transition.name for move in store.audit] == ["print.offered", "print.authorized", "print.printed"]


@pytest.mark.parametrize(
    ("told", "order_state", "blank_state"),
    [
        (Outcome.PRINTED, OrderState.PRINTED, BlankState.USED),
        (Outcome.SPOILED, OrderState.SEALED, BlankState.SPOILED),
        (Outcome.NOT_PRINTED, OrderState.SEALED, BlankState.AVAILABLE),
        (Outcome.DEAD, OrderState.SEALED, BlankState.AVAILABLE),
        (Outcome.UNKNOWN, OrderState.UNKNOWN, BlankState.RESERVED),
    ],
)
def test_each_outcome_and_again(
    store: ReferenceStore, told: Outcome, order_state: OrderState, blank_state: BlankState
) -> None:
    authorised(store)
    assert order.outcome(store, "O", 1, "A", "A1", told, NOW)
    assert state(store) == (order_state, blank_state)
    assert not order.outcome(store, "O", 1, "A", "A1", told, NOW) or told is Outcome.PRINTED
    assert state(store) == (order_state, blank_state)


@pytest.mark.parametrize("told", list(Outcome))
@pytest.mark.parametrize(
    ("fence", "terminal", "blank"), [(2, "A", "A1"), (0, "A", "A1"), (1, "B", "A1"), (1, "A", "A2")]
)
def test_an_outcome_of_something_else_changes_nothing(
    store: ReferenceStore, told: Outcome, fence: int, terminal: str, blank: str
) -> None:
    authorised(store)
    assert not order.outcome(store, "O", fence, terminal, blank, told, NOW)
    assert state(store) == (OrderState.AUTHORIZED, BlankState.RESERVED)


@pytest.mark.parametrize(
    ("told", "becomes"),
    [(Outcome.PRINTED, OrderState.PRINTED)]
    + [(told, OrderState.UNKNOWN) for told in Outcome if told is not Outcome.PRINTED],
)
def test_no_machine_frees_an_unknown(store: ReferenceStore, told: Outcome, becomes: OrderState) -> None:
    unknown(store)
    order.outcome(store, "O", 1, "A", "A1", told, NOW)
    assert store.orders["O"].state is becomes


@pytest.mark.parametrize(
    ("finding", "order_state", "blank_state"),
    [
        (Finding.PRINTED, OrderState.PRINTED, BlankState.USED),
        (Finding.SPOILED, OrderState.SEALED, BlankState.SPOILED),
        (Finding.UNTOUCHED, OrderState.SEALED, BlankState.VOID),
    ],
)
def test_two_people_settle(
    store: ReferenceStore, finding: Finding, order_state: OrderState, blank_state: BlankState
) -> None:
    unknown(store)
    order.settle(store, "O", 1, finding, PEOPLE, NOW)
    assert state(store) == (order_state, blank_state)
    assert store.audit[-1].by == PEOPLE
    with pytest.raises(CaseFailure):
        order.settle(store, "O", 1, finding, PEOPLE, NOW)


@pytest.mark.parametrize("people", [("one", "one"), ("", "two"), ("one", "")])
def test_one_person_does_not(store: ReferenceStore, people: tuple[str, str]) -> None:
    unknown(store)
    with pytest.raises(HouseFailure):
        order.settle(store, "O", 1, Finding.PRINTED, people, NOW)


def test_people_settle_the_attempt_they_looked_at(store: ReferenceStore) -> None:
    unknown(store)
    order.settle(store, "O", 1, Finding.UNTOUCHED, PEOPLE, NOW)
    order.offer(store, "O", "A", NOW)
    order.authorize(store, "O", 2, "A", "A2", NOW)
    order.outcome(store, "O", 2, "A", "A2", Outcome.UNKNOWN, NOW)
    with pytest.raises(CaseFailure):
        order.settle(store, "O", 1, Finding.UNTOUCHED, PEOPLE, NOW)


def test_an_authorised_order_waits_for_ever(store: ReferenceStore) -> None:
    authorised(store)
    assert not order.expire_lease(store, "O", NOW + timedelta(days=3650))
    assert not order.cancel(store, "O", PEOPLE, NOW)
    for terminal in ("A", "B"):
        with pytest.raises(PrintUnknown):
            order.offer(store, "O", terminal, NOW + timedelta(days=3650))
    with pytest.raises(CaseFailure):
        order.settle(store, "O", 1, Finding.UNTOUCHED, PEOPLE, NOW)


def test_a_lease_is_for_one_terminal_and_for_a_time(store: ReferenceStore) -> None:
    order.offer(store, "O", "A", NOW)
    with pytest.raises(PrinterBusy):
        order.offer(store, "O", "B", NOW)
    assert order.offer(store, "O", "B", LATER).fence == 2
    with pytest.raises(NotPrinted):
        order.authorize(store, "O", 1, "A", "A1", LATER)


def test_a_restarted_terminal_asks_anew_and_its_old_offer_is_void(store: ReferenceStore) -> None:
    order.offer(store, "O", "A", NOW)
    assert order.offer(store, "O", "A", NOW).fence == 2
    with pytest.raises(NotPrinted):
        order.authorize(store, "O", 1, "A", "A1", NOW)
    assert order.authorize(store, "O", 2, "A", "A1", NOW).state is OrderState.AUTHORIZED


def test_the_same_question_gets_the_same_go(store: ReferenceStore) -> None:
    authorised(store)
    assert order.authorize(store, "O", 1, "A", "A1", NOW) == store.orders["O"]
    assert [move.transition.name for move in store.audit].count("print.authorized") == 1
    with pytest.raises(NotPrinted):
        order.authorize(store, "O", 1, "A", "A2", NOW)


@pytest.mark.parametrize("blank", ["B1", "C1", "X9", ""])
def test_a_blank_of_another_tray_or_stock_is_no_blank(store: ReferenceStore, blank: str) -> None:
    order.offer(store, "O", "A", NOW)
    with pytest.raises(BlanksOut), store.transaction():
        order.authorize(store, "O", 1, "A", blank, NOW)
    assert store.orders["O"].state is OrderState.OFFERED, "rolled back as a whole"


def test_dead_before_go_takes_the_offer_back(store: ReferenceStore) -> None:
    """Else its PREPARE, still under way, would be answered GO, and nobody would ever print or free the order."""
    order.offer(store, "O", "A", NOW)
    assert order.outcome(store, "O", 1, "A", "A1", Outcome.DEAD, NOW)
    with pytest.raises(NotPrinted):
        order.authorize(store, "O", 1, "A", "A1", NOW)
    assert state(store) == (OrderState.SEALED, BlankState.AVAILABLE)


@pytest.mark.parametrize("ask", ["offer", "authorize", "settle"])
def test_an_order_nobody_knows(store: ReferenceStore, ask: str) -> None:
    questions = {
        "offer": lambda: order.offer(store, "X", "A", NOW),
        "authorize": lambda: order.authorize(store, "X", 1, "A", "A1", NOW),
        "settle": lambda: order.settle(store, "X", 1, Finding.PRINTED, PEOPLE, NOW),
    }
    with pytest.raises(CaseFailure):
        questions[ask]()
    assert not order.outcome(store, "X", 1, "A", "A1", Outcome.PRINTED, NOW)


def test_what_is_over_is_over(store: ReferenceStore) -> None:
    authorised(store)
    order.outcome(store, "O", 1, "A", "A1", Outcome.PRINTED, NOW)
    with pytest.raises(CaseFailure):
        order.offer(store, "O", "A", LATER)
    store.add_order("P", "a4")
    assert order.cancel(store, "P", PEOPLE, NOW)
    with pytest.raises(Failure):
        order.offer(store, "P", "A", LATER)


def test_the_table_of_transitions() -> None:
    """What every store builds its UPDATEs from: nothing but fence, terminal and blank of the holder frees a started order."""
    assert len({step.name for step in TRANSITIONS}) == len(TRANSITIONS)
    in_doubt = {OrderState.AUTHORIZED, OrderState.UNKNOWN}
    for step in TRANSITIONS:
        if step.start & in_doubt:
            assert step.guards == {Column.FENCE, Column.TERMINAL, Column.BLANK}, step.name
            assert not step.lease_over
        assert not step.start & {OrderState.PRINTED, OrderState.CANCELLED}, "there is no way back"
        assert step.raises_fence == (step.to is OrderState.OFFERED)
    assert set(OUTCOMES) == set(Outcome)
    assert set(FINDINGS) == set(Finding)
