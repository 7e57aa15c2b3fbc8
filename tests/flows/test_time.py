"""Time and lateness: asked, left, over; answers for somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.settings import Idle
from core.words import Language
from flows import events
from flows.advance import advance
from flows.idle import seconds_left
from flows.requests import Wipe
from flows.visit import Asking, Step, new_visit
from tests.flows.citizen import CARD, NOON, ULID, Walk, hello, lobby

IDLE = Idle(ask_s=60, leave_s=30, goodbye_s=8, take_s=45, most_s=600)


def walk() -> Walk:
    return Walk(at=lobby(idle=IDLE))


def test_asked_then_left() -> None:
    here = walk().to_form().wait(59)
    assert (here.visit.asking, seconds_left(here.visit)) == (None, 1)
    here.wait(1)
    assert (here.visit.asking, seconds_left(here.visit)) == (Asking.IDLE, 30)
    here.wait(29)
    assert (here.visit.over, seconds_left(here.visit)) == (False, 1)
    here.wait(1)
    assert here.visit.over
    assert isinstance(here.requests[-1], Wipe)


def test_still_here() -> None:
    here = walk().to_form().wait(70).send(events.StayPressed())
    assert (here.visit.asking, here.step, seconds_left(here.visit)) == (None, Step.FORM, 60)


def test_any_touch_counts_but_the_question_stays_until_it_is_answered() -> None:
    here = walk().to_form().wait(50).send(events.Touched()).wait(50)
    assert here.visit.asking is None
    here.wait(20).send(events.Touched())
    assert (here.visit.asking, seconds_left(here.visit)) == (Asking.IDLE, 30)
    here.wait(10).send(events.Touched())
    assert (here.visit.asking, seconds_left(here.visit)) == (Asking.IDLE, 30)


def test_not_asked_while_the_person_waits_for_us() -> None:
    here = walk()
    here.world["Submit"] = lambda *_: []
    here.to_review().send(events.Confirmed()).wait(300)
    assert (here.step, here.visit.asking) == (Step.SUBMIT, None)
    here.wait(300)
    assert here.step is Step.TROUBLE
    assert here.visit.sent


@pytest.mark.parametrize(("request_name", "step"), [("WatchCase", Step.DECIDING), ("PrintOrder", Step.PRINTING)])
def test_nobody_is_made_to_wait_for_ever(request_name: str, step: Step) -> None:
    here = walk()
    here.world[request_name] = lambda *_: []
    here.to_review().send(events.Confirmed())
    assert here.step is step
    assert here.wait(600).visit.trouble.code == "TOOK_TOO_LONG"


def test_a_sheet_nobody_takes_calls_staff() -> None:
    here = walk().to_review().send(events.Confirmed()).wait(45)
    assert (here.step, here.visit.asking) == (Step.TAKE, Asking.IDLE)
    here.wait(30)
    assert here.visit.over
    assert len(here.asked("CallStaff")) == 1
    assert isinstance(here.requests[-1], Wipe)
    assert here.asked("TellTaken") == []


def test_goodbye_ends_by_itself() -> None:
    here = walk().to_end().send(events.RatingSkipped()).wait(7)
    assert here.step is Step.GOODBYE
    assert here.wait(1).visit.over


def test_staff_get_more_time_than_the_person() -> None:
    here = walk().to_form().send(events.HelpPressed(), events.HelpPressed()).wait(299)
    assert here.visit.asking is Asking.HELP
    assert here.wait(1).visit.asking is Asking.IDLE
    assert len(here.asked("CallStaff")) == 1
    assert walk().to_form().send(events.HelpPressed(), events.HelpClosed()).visit.asking is None


def test_large_print_gives_more_time() -> None:
    here = walk().send(events.ElderSwitched(True)).to_form().wait(149)
    assert (here.visit.asking, seconds_left(here.visit)) == (None, 1)
    here.wait(1)
    assert (here.visit.asking, seconds_left(here.visit)) == (Asking.IDLE, 75)


def test_language_and_elder_mode_die_with_the_visit_even_at_home() -> None:
    here = walk().send(events.LanguageChosen(Language.EN), events.ElderSwitched(True)).wait(150)
    assert here.visit.over
    fresh = new_visit(8, ULID, NOON, here.visit.lobby)
    assert (fresh.language, fresh.elder) == (Language.ZH, False)


def test_help_called_at_home_and_nobody_left() -> None:
    here = walk().send(events.HelpPressed())
    assert here.wait(299).visit.asking is Asking.HELP
    assert here.wait(1).visit.over


def test_at_home_nobody_is_timed_and_the_centre_is_asked_now_and_then() -> None:
    here = walk()
    for _ in range(400):
        here.wait(0.5)
    assert here.step is Step.HOME
    assert len(here.asked("SayHello")) == len(here.asked("LookAtPrinter")) == 10


def test_the_centre_away_before_anyone_comes() -> None:
    here = walk()
    good, here.world["SayHello"] = here.world["SayHello"], lambda visit, _: [
        events.Failed(visit.number, "SayHello", "CENTRE_AWAY")
    ]  # fmt: skip
    assert here.wait(0.5).to_guide().step is Step.HOME
    here.world["SayHello"] = good
    assert here.wait(20).to_guide().step is Step.GUIDE


@pytest.mark.parametrize("told", [None, hello().model_copy(update={"items": ()})])
def test_what_is_not_offered_cannot_be_chosen(told: object) -> None:
    assert Walk(at=lobby(told=told)).to_guide().step is Step.HOME


def test_a_clock_set_back_moves_nothing() -> None:
    here = walk().to_form().wait(10)
    assert here.wait(-3600).visit.now == NOON + timedelta(seconds=10)


def test_an_answer_for_another_visit_changes_nothing() -> None:
    here = walk().to_notice().visit
    for event in (
        events.CardCame(here.number - 1, CARD),
        events.PrinterLooked(here.number - 1, "PAPER_OUT"),
        events.Failed(here.number - 1, "ReadCard", "NO_CARD"),
    ):
        assert advance(here, event) == (here, ())


def test_when_it_is_over_it_is_over() -> None:
    here = walk().to_notice().send(events.HomePressed()).visit
    assert here.over
    for event in (events.ItemChosen("x"), events.Tick(NOON), events.CardCame(here.number, CARD), events.HomePressed()):
        assert advance(here, event) == (here, ())


def test_the_card_is_lifted() -> None:
    here = walk().to_form()
    assert here.visit.card_on_reader
    assert not here.send(events.CardLifted(here.visit.number)).visit.card_on_reader
