"""Visits that go wrong at the printer, and how they end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.wire import (
    CaseState,
    Outcome,
)
from flows import events
from flows.application import form_of
from flows.steps.trouble import can_retry
from flows.visit import Step
from tests.flows.breakers import failing, first_failing
from tests.flows.citizen import CARD, CASE_NO, Walk, watch

SMALL_BARBER = {"venue": "hair", "hair_shop": "none"}


# --- printing ----------------------------------------------------------------------------------------


def ending(outcome: Outcome, failure: str | None = None) -> Callable[..., list[events.Event]]:
    return lambda visit, _: [events.PrintMoved(visit.number, "ended", outcome, "A1", failure)]


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome.UNKNOWN, "PRINT_UNKNOWN"),
        (Outcome.NOT_PRINTED, "NOT_PRINTED"),
        (Outcome.SPOILED, "NOT_PRINTED"),
        (Outcome.DEAD, "NOT_PRINTED"),
    ],
)
def test_not_printed_or_unknown_is_for_staff(outcome: Outcome, code: str) -> None:
    """Nothing is printed a second time by a machine, and no button offers it."""
    walk = Walk()
    walk.world["PrintOrder"] = ending(outcome)
    walk.to_review().send(events.Confirmed(), events.RetryPressed(), events.BackPressed())
    assert walk.step is Step.TROUBLE
    assert walk.visit.trouble.code == code
    assert not can_retry(walk.visit)
    assert len(walk.asked("PrintOrder")) == len(walk.asked("CallStaff")) == 1
    assert walk.send(events.HomePressed()).visit.over


def test_paper_runs_out_while_printing() -> None:
    walk = Walk()
    walk.world["PrintOrder"] = lambda visit, _: [
        events.PrintMoved(visit.number, "printing", None, "A1", "PAPER_OUT"),
        events.PrintMoved(visit.number, "printing", None, "A1", "PAPER_OUT"),
    ]
    walk.to_review().send(events.Confirmed(), events.HomePressed())
    assert walk.step is Step.PRINTING
    assert walk.visit.printing.failure == "PAPER_OUT"
    assert len(walk.asked("CallStaff")) == 1
    walk.send(events.PrintMoved(walk.visit.number, "printing", None, "", None))
    assert (walk.visit.printing.failure, walk.visit.printing.blank) == (None, "A1")
    walk.send(events.PrintMoved(walk.visit.number, "ended", Outcome.PRINTED, "A1"))
    assert walk.step is Step.TAKE


def test_what_passes_by_itself_calls_nobody() -> None:
    walk = Walk()
    walk.world["PrintOrder"] = lambda visit, _: [events.PrintMoved(visit.number, "preparing", None, "", "CENTRE_AWAY")]
    walk.to_review().send(events.Confirmed())
    assert walk.visit.printing.failure == "CENTRE_AWAY"
    assert walk.asked("CallStaff") == []


@pytest.mark.parametrize("code", ["PRINTER_GONE", "TOOK_TOO_LONG"])
def test_printd_does_not_answer(code: str) -> None:
    walk = Walk()
    first_failing(walk, "PrintOrder", code)
    walk.to_review().send(events.Confirmed())
    assert walk.step is Step.TROUBLE
    assert walk.send(events.RetryPressed()).step is Step.TAKE
    assert len({request.order_no for request in walk.asked("PrintOrder")}) == 1


@pytest.mark.parametrize("state", [CaseState.PRINTED, CaseState.PRINT_UNKNOWN])
def test_the_order_has_been_begun_already(state: CaseState) -> None:
    """``printd`` is asked, and tells what it knows: asked twice it prints once."""
    walk = Walk()
    walk.world["WatchCase"] = lambda visit, _: [events.CaseMoved(visit.number, watch(visit.item, state))]
    walk.world["PrintOrder"] = ending(Outcome.UNKNOWN)
    walk.to_review().send(events.Confirmed())
    assert walk.visit.trouble.code == "PRINT_UNKNOWN"


# --- rating ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [1, 2])
def test_a_bad_rating_needs_a_reason(level: int) -> None:
    walk = Walk().to_end().send(events.Rated(level), events.Confirmed())
    assert walk.step is Step.RATE
    walk.send(events.ReasonTicked("too_slow", True), events.Confirmed())
    assert walk.step is Step.GOODBYE
    told = walk.asked("TellRating")[0].rating
    assert (told.case_no, told.level, told.reasons) == (CASE_NO, level, ("too_slow",))


def test_reasons_are_for_bad_levels_and_from_the_list() -> None:
    walk = Walk().to_end().send(events.Rated(4), events.ReasonTicked("other", True))
    assert walk.visit.reasons == frozenset()
    walk.send(events.Rated(1), events.ReasonTicked("anything", True), events.Rated(9))
    assert (walk.visit.reasons, walk.visit.level) == (frozenset(), 1)


def test_another_bad_level_keeps_the_reasons() -> None:
    walk = (
        Walk().to_end().send(events.Rated(1), events.ReasonTicked("other", True), events.Rated(2), events.Confirmed())
    )
    assert walk.asked("TellRating")[0].rating.reasons == ("other",)


def test_a_better_level_needs_none_and_keeps_none() -> None:
    walk = (
        Walk().to_end().send(events.Rated(1), events.ReasonTicked("other", True), events.Rated(3), events.Confirmed())
    )
    assert walk.asked("TellRating")[0].rating.reasons == ()


def test_no_rating_is_no_rating() -> None:
    walk = Walk().to_end().send(events.Rated(5), events.RatingSkipped())
    assert walk.step is Step.GOODBYE
    assert walk.asked("TellRating") == []


def test_the_person_says_that_they_hold_it() -> None:
    walk = Walk().to_end()
    assert [request.order_no for request in walk.asked("TellTaken")] == ["PO-000001"]


@pytest.mark.parametrize("presses", [0, 1, 2, 3, 4, 5, 6])
def test_home_asks_at_every_step_with_work_in_it(presses: int) -> None:
    walk = Walk().to_review().send(*[events.BackPressed()] * presses)
    asks = walk.step in (Step.FORM, Step.MATERIALS, Step.PLEDGE, Step.SIGN, Step.REVIEW)
    assert walk.send(events.HomePressed()).visit.over is not asks


@pytest.mark.parametrize("request_name", ["Submit", "PrintOrder"])
def test_nobody_leaves_something_half_done(request_name: str) -> None:
    walk = Walk()
    walk.world[request_name] = lambda *_: []
    assert not walk.to_review().send(events.Confirmed(), events.HomePressed()).visit.over
    assert walk.visit.asking is None


def test_leaving_while_the_centre_decides_loses_nothing() -> None:
    walk = Walk()
    walk.world["WatchCase"] = lambda *_: []
    assert walk.to_review().send(events.Confirmed(), events.HomePressed()).visit.over
    assert len(walk.asked("Submit")) == 1


def test_a_receipt_nobody_heard_of_again_is_unknown() -> None:
    walk = Walk()
    walk.world["PrintReceipt"] = failing("PrintReceipt", "HOUSE_FAILURE")
    walk.to_review().send(events.Confirmed())
    assert walk.visit.receipts == (("intake_receipt", "unknown"),)
    walk.send(events.Failed(walk.visit.number, "PrintReceipt", "HOUSE_FAILURE"))
    walk.send(events.ReceiptMoved(walk.visit.number, "intake_receipt", "printed"))
    assert walk.send(events.Failed(7, "PrintReceipt", "X")).visit.receipts == (("intake_receipt", "printed"),)


def test_what_holds_personal_data_hides_it() -> None:
    walk = Walk()
    walk.world["Submit"] = lambda *_: []
    visit = walk.to_review().send(events.Confirmed()).visit
    for value in (visit, visit.card, visit.signature, visit.submission, visit.checked, visit.sources, *form_of(visit)):
        assert CARD.name not in repr(value)
        assert CARD.number not in repr(value)
