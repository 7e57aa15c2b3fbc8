"""Visits that go wrong when they are handed in, and after."""

from __future__ import annotations

import pytest

from core.wire import (
    CaseState,
    WithdrawTold,
)
from flows import events
from flows.steps.trouble import can_go_normal, can_retry
from flows.visit import Step
from tests.flows.breakers import failing, first_failing
from tests.flows.citizen import CASE_NO, ULID, Walk, watch

SMALL_BARBER = {"venue": "hair", "hair_shop": "none"}


# --- submission --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code", ["CENTRE_AWAY", "TOOK_TOO_LONG", "CENTRE_CONFUSED", "CENTRE_REFUSED", "HOUSE_FAILURE", "NEW_CODE"]
)
def test_no_answer_to_a_submission_is_doubt(code: str) -> None:
    """The same key and the same words go out again, however often; there is no way back."""
    walk = Walk()
    first_failing(walk, "Submit", code, code)
    walk.to_review().send(events.Confirmed())
    assert walk.step is Step.TROUBLE
    assert walk.send(events.BackPressed()).step is Step.TROUBLE
    walk.send(events.RetryPressed(), events.RetryPressed())
    assert walk.step is Step.TAKE
    submitted = walk.asked("Submit")
    assert len(submitted) == 3
    assert {request.key for request in submitted} == {ULID}
    assert all(request.ask == submitted[0].ask for request in submitted)


def test_leaving_in_doubt() -> None:
    walk = Walk()
    walk.world["Submit"] = failing("Submit", "CENTRE_AWAY")
    assert walk.to_review().send(events.Confirmed(), events.HomePressed()).visit.over


PUT_RIGHT = [
    ("SIGNATURE_BROKEN", Step.SIGN),
    ("FORM_INCOMPLETE", Step.FORM),
    ("GLYPH_MISSING", Step.FORM),
    ("CONSENT_GONE", Step.FORM),
]


@pytest.mark.parametrize(("code", "step"), PUT_RIGHT)
def test_what_the_centre_refuses_can_be_put_right(code: str, step: Step) -> None:
    """A refusal is certain: no case exists, and the corrected application is another one, with another key."""
    walk = Walk()
    first_failing(walk, "Submit", code)
    walk.to_review().send(events.Confirmed())
    assert walk.step is Step.TROUBLE
    assert not walk.visit.sent
    assert walk.send(events.RetryPressed()).step is step
    if step is Step.FORM:
        walk.send(events.Confirmed(), events.Confirmed(), events.RouteChosen(True))
    assert walk.sign().send(events.Confirmed()).step is Step.TAKE
    first, second = walk.asked("Submit")
    assert first.key == ULID
    assert second.key[:25] == first.key[:25]
    assert second.key > first.key


def test_the_pledge_is_refused_at_the_last_moment() -> None:
    walk = Walk()
    first_failing(walk, "Submit", "PLEDGE_NOT_OFFERED")
    walk.to_review().send(events.Confirmed())
    assert can_go_normal(walk.visit)
    assert walk.send(events.RouteChosen(False)).step is Step.SIGN
    assert walk.sign().send(events.Confirmed()).step is Step.RECEIVED


def test_and_going_back_from_there_the_pledge_is_no_longer_offered() -> None:
    walk = Walk()
    first_failing(walk, "Submit", "PLEDGE_NOT_OFFERED")
    walk.to_review().send(events.Confirmed(), events.BackPressed())
    assert walk.step is Step.PLEDGE
    assert walk.send(events.RouteChosen(True)).step is Step.PLEDGE


# --- after submission --------------------------------------------------------------------------------


def test_the_centre_goes_away_after_submission() -> None:
    walk = Walk()
    first_failing(walk, "WatchCase", "CENTRE_AWAY")
    walk.to_review().send(events.Confirmed())
    assert (walk.step, walk.visit.case_no) == (Step.TROUBLE, CASE_NO)
    assert can_retry(walk.visit)
    assert walk.send(events.RetryPressed()).step is Step.TAKE


def test_refused_with_a_reason() -> None:
    walk = Walk()
    walk.world["WatchCase"] = lambda visit, _: [
        events.CaseMoved(visit.number, watch(visit.item, CaseState.REFUSED, reason="测试理由"))
    ]
    walk.to_review().send(events.Confirmed())
    assert walk.visit.trouble.reason == "测试理由"
    assert not can_retry(walk.visit)
    assert len(walk.asked("PrintReceipt")) == 1


def test_another_case_is_none_of_ours() -> None:
    walk = Walk()
    walk.world["WatchCase"] = lambda visit, _: [
        events.CaseMoved(visit.number, watch(visit.item, CaseState.SEALED, case_no="X"))
    ]
    assert walk.to_review().send(events.Confirmed()).step is Step.DECIDING


def test_each_receipt_is_printed_once() -> None:
    walk = Walk().to_end()
    assert len(walk.asked("WatchCase")) == 3
    assert [request.kind for request in walk.asked("PrintReceipt")] == ["intake_receipt"]
    assert walk.visit.receipts == (("intake_receipt", "printed"),)


def test_withdrawn_before_the_decision() -> None:
    walk = Walk()
    walk.world["WatchCase"] = lambda *_: []
    walk.world["Withdraw"] = lambda visit, _: [
        events.WithdrawCame(visit.number, WithdrawTold(state=CaseState.WITHDRAWN))
    ]
    walk.to_review().send(events.Confirmed(), events.WithdrawPressed())
    assert (walk.step, walk.visit.withdrawn) == (Step.GOODBYE, True)
    assert walk.asked("Withdraw")[0].case_no == CASE_NO


def test_too_late_to_withdraw() -> None:
    walk = Walk()
    walk.world["WatchCase"] = lambda *_: []
    walk.world["Withdraw"] = failing("Withdraw", "ALREADY_DECIDED")
    walk.to_review().send(events.Confirmed(), events.WithdrawPressed())
    assert walk.step is Step.DECIDING
    walk.send(events.CaseMoved(walk.visit.number, watch(walk.item, CaseState.DECIDED)))
    walk.send(events.WithdrawPressed())
    assert len(walk.asked("Withdraw")) == 1
