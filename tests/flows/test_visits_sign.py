"""Visits that go wrong between form and submission: the check, the pledge, the signature."""

from __future__ import annotations

import pytest

from core.wire import (
    CheckTold,
    Route,
    Stroke,
)
from flows import events
from flows.application import is_signed
from flows.steps.trouble import can_retry
from flows.visit import Step
from tests.flows.breakers import carded, first_failing
from tests.flows.citizen import Walk

SMALL_BARBER = {"venue": "hair", "hair_shop": "none"}


# --- the check, the pledge ---------------------------------------------------------------------------


def test_a_character_that_cannot_be_printed() -> None:
    walk = Walk()
    told = CheckTold(pledge_refused=None, print_refused="GLYPH_MISSING")
    walk.world["CheckApplication"] = lambda visit, _: [events.CheckCame(visit.number, told)]
    walk.to_pledge()
    assert walk.visit.trouble.code == "GLYPH_MISSING"
    assert not can_retry(walk.visit)
    assert walk.send(events.BackPressed()).step is Step.MATERIALS
    assert walk.asked("Submit") == []


def test_bad_credit_leaves_the_normal_way() -> None:
    walk = Walk()
    told = CheckTold(pledge_refused="PLEDGE_NOT_OFFERED", print_refused=None)
    walk.world["CheckApplication"] = lambda visit, _: [events.CheckCame(visit.number, told)]
    walk.to_pledge().send(events.RouteChosen(True))
    assert walk.step is Step.PLEDGE
    walk.send(events.RouteChosen(False)).sign().send(events.Confirmed())
    assert walk.step is Step.RECEIVED
    assert walk.asked("Submit")[0].ask.route is Route.NORMAL


@pytest.mark.parametrize("code", ["CENTRE_AWAY", "TOOK_TOO_LONG"])
def test_the_centre_is_away_at_the_check(code: str) -> None:
    walk = Walk()
    first_failing(walk, "CheckApplication", code)
    walk.to_pledge()
    assert walk.step is Step.TROUBLE
    assert walk.send(events.RetryPressed()).step is Step.PLEDGE


def test_the_consent_has_run_out_and_what_was_typed_stays() -> None:
    walk = Walk()
    first_failing(walk, "CheckApplication", "CONSENT_GONE")
    walk.to_pledge()
    typed = dict(walk.visit.typed)
    assert walk.send(events.RetryPressed()).step is Step.FORM
    assert dict(walk.visit.typed) == typed
    assert walk.send(events.Confirmed(), events.Confirmed()).step is Step.PLEDGE


def test_another_card_inherits_nothing_that_was_typed() -> None:
    walk = Walk()
    first_failing(walk, "CheckApplication", "CONSENT_GONE")
    walk.to_pledge()
    walk.world["ReadCard"] = carded(number="110101190001020022", name="测试乙")
    walk.send(events.RetryPressed())
    assert walk.step is Step.FORM
    assert dict(walk.visit.typed) == {}
    assert walk.visit.card.name == "测试乙"


def test_a_signature_is_not_older_than_the_consent() -> None:
    walk = Walk().to_review()
    walk.send(*[events.BackPressed()] * 4, events.FieldTyped("employees", "9"))
    first_failing(walk, "CheckApplication", "CONSENT_GONE")
    walk.send(events.Confirmed(), events.Confirmed(), events.RetryPressed())
    assert (walk.step, walk.visit.signature, walk.visit.strokes) == (Step.FORM, None, ())


def test_an_unchanged_form_is_checked_once() -> None:
    walk = Walk().to_pledge().send(events.BackPressed(), events.BackPressed())
    assert walk.step is Step.FORM
    walk.send(events.Confirmed(), events.Confirmed())
    assert (walk.step, len(walk.asked("CheckApplication"))) == (Step.PLEDGE, 1)
    walk.send(events.BackPressed(), events.BackPressed(), events.FieldTyped("employees", "9"))
    walk.send(events.Confirmed(), events.Confirmed())
    assert (walk.step, len(walk.asked("CheckApplication"))) == (Step.PLEDGE, 2)


def test_the_answer_to_an_old_check_is_not_taken_for_the_new_one() -> None:
    """Back while the centre is thinking, change the form, on again: the first answer still comes first."""
    walk = Walk()
    walk.world["CheckApplication"] = lambda *_: []
    walk.to_pledge()
    assert walk.step is Step.CHECK
    walk.send(events.BackPressed(), events.BackPressed(), events.FieldTyped("employees", "9"))
    walk.send(events.Confirmed(), events.Confirmed())
    assert len(walk.asked("CheckApplication")) == 1
    old = CheckTold(pledge_refused="PLEDGE_NOT_OFFERED", print_refused=None)
    walk.send(events.CheckCame(walk.visit.number, old))
    assert walk.step is Step.CHECK
    assert len(walk.asked("CheckApplication")) == 2
    assert walk.asked("CheckApplication")[1].ask != walk.asked("CheckApplication")[0].ask
    new = CheckTold(pledge_refused=None, print_refused=None)
    assert walk.send(events.CheckCame(walk.visit.number, new)).step is Step.PLEDGE
    assert walk.visit.checked.told == new


# --- signing -----------------------------------------------------------------------------------------


def test_a_dot_is_no_signature() -> None:
    walk = Walk().to_sign()
    dot = Stroke(points=tuple((500 + n % 2, 500) for n in range(1000)))
    walk.send(events.StrokeDrawn(dot), events.Confirmed())
    assert walk.step is Step.SIGN


def test_no_strokes_outside_the_box_and_not_without_end() -> None:
    walk = Walk().to_sign()
    walk.send(events.StrokeDrawn(Stroke(points=((0, -9), (1001, 0)))), events.StrokeDrawn(Stroke(points=())))
    assert walk.visit.strokes == (Stroke(points=((0, 0), (1000, 0))),)
    walk.send(events.StrokesCleared())
    for _ in range(10):
        walk.send(events.StrokeDrawn(Stroke(points=((1, 1),) * 900)))
    assert len(walk.visit.strokes) == 4


def test_undone_and_cleared() -> None:
    walk = Walk().to_review().send(events.BackPressed(), events.StrokeUndone())
    assert (walk.step, len(walk.visit.strokes), walk.visit.signature) == (Step.SIGN, 1, None)
    assert walk.send(events.StrokesCleared()).visit.strokes == ()


def test_looking_back_keeps_the_signature() -> None:
    walk = Walk().to_review()
    signed = walk.visit.signature
    walk.send(*[events.BackPressed()] * 4)
    assert walk.step is Step.FORM
    walk.send(events.Confirmed(), events.Confirmed(), events.RouteChosen(True), events.Confirmed())
    assert walk.step is Step.REVIEW
    assert walk.visit.signature is signed


@pytest.mark.parametrize("change", ["form", "route", "guide"])
def test_what_is_changed_after_signing_is_not_signed(change: str) -> None:
    walk = Walk().to_review(answers=SMALL_BARBER)
    walk.send(events.BackPressed(), events.BackPressed())
    if change == "form":
        walk.send(events.BackPressed(), events.BackPressed(), events.FieldTyped("floor_area", "70"))
        walk.send(events.Confirmed(), events.Confirmed())
    if change == "guide":
        walk.send(
            *[events.BackPressed()] * 4,
            events.Answered("hair_shop", "larger"),
            events.Answered("central_air", "fitted"),
        )
        walk.send(events.Confirmed(), events.Confirmed(), events.Confirmed())
    assert walk.step is Step.PLEDGE
    walk.send(events.RouteChosen(change != "route"))
    assert (walk.step, walk.visit.strokes) == (Step.SIGN, ())
    assert not is_signed(walk.visit)
    assert walk.sign().step is Step.REVIEW
    assert is_signed(walk.visit)
