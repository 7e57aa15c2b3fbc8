"""Any order of touches and answers whatever: a visit never raises, never goes back behind submission, and leaves nothing.

The machine plays citizen, devices and centre at once, good and bad, in time and too late.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.failures import every_failure
from core.wire import CaseState, CheckTold, Outcome, Stroke
from core.words import Language
from flows import events
from flows.advance import advance
from flows.application import form_of, mistakes_in_form, submission_key
from flows.idle import seconds_left
from flows.requests import Request, Wipe
from flows.route import can_back, is_printed
from flows.steps.rate import REASONS
from flows.visit import Lobby, Step, Visit, new_visit
from kiosk.faces import TakeBody
from kiosk.words import face_of, load_texts
from tests.flows.citizen import (
    CARD,
    CASE_NO,
    CONFIG,
    HEALTH,
    NOON,
    SIGNATURE,
    ULID,
    hello,
    licences_for,
    lobby,
    plausible,
    watch,
    willing_world,
)

TEXTS = load_texts(CONFIG / "languages")
CODES = sorted(every_failure())
CANARY = "哨兵"
PERSONAL = (CARD.name, CARD.number, CARD.address, CANARY, "13800000000", ULID[:20], CASE_NO)
AFTER_SUBMIT = {
    Step.SUBMIT, Step.DECIDING, Step.PRINTING, Step.TAKE, Step.RECEIVED, Step.RATE, Step.GOODBYE, Step.TROUBLE, Step.OVER,
}  # fmt: skip
AWAITED = ("OpenConsent", "FetchLicences", "CheckApplication", "Submit", "WatchCase", "PrintOrder")
OUTCOMES = (None, *Outcome)
PLAIN = (
    events.Confirmed(), events.FieldClosed(), events.StrokeUndone(), events.StrokesCleared(), events.PaperTaken(),
    events.RatingSkipped(), events.BackPressed(), events.HomePressed(), events.HelpPressed(), events.HelpClosed(),
    events.StayPressed(), events.RetryPressed(), events.Touched(), events.PrintSheetPressed(),
    events.RouteChosen(True), events.RouteChosen(False), events.ElderSwitched(True),
    events.LanguageChosen(Language.EN), events.StrokeDrawn(Stroke(points=((5, 5),))),
)  # fmt: skip


def texts_in(value: Any) -> set[str]:
    """Every string anywhere inside a value of dataclasses, models and collections."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, Lobby):
        return set()
    if is_dataclass(value):
        return set().union(*(texts_in(getattr(value, field.name)) for field in fields(value)))
    if isinstance(value, dict):
        return set().union(*map(texts_in, value.keys()), *map(texts_in, value.values()))
    if isinstance(value, (tuple, list, set, frozenset)):
        return set().union(*map(texts_in, value))
    return texts_in(value.model_dump()) if hasattr(value, "model_dump") else set()


class Visiting(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.visit = new_visit(3, ULID, NOON, lobby())
        self.open: list[Request] = []
        self.made: list[Request] = []

    @initialize(stocked=st.booleans())
    def start(self, stocked: bool) -> None:
        self.send(events.HelloCame(hello(stock=20 if stocked else 0)))

    def send(self, event: events.Event) -> None:
        before = self.visit
        self.visit, made = advance(before, event)
        self.made += made
        self.open += [request for request in made if type(request).__name__ not in ("Note", "Wipe")]
        assert not made or not any(isinstance(request, Wipe) for request in made[:-1])
        if before.sent and self.visit.sent:
            assert self.visit.step in AFTER_SUBMIT
            assert not can_back(self.visit)
        if before.over:
            assert self.visit is before
            assert made == ()

    @precondition(lambda self: self.visit.over)
    @rule()
    def the_next_person_comes(self) -> None:
        """Answers to the one before may still be on their way."""
        self.visit = new_visit(self.visit.number + 1, submission_key(ULID, self.visit.number), NOON, self.visit.lobby)
        self.open, self.made = [], []

    # --- the person, sensible -----------------------------------------------------------------------

    @rule()
    def does_the_next_right_thing(self) -> None:
        for event in sensible(self.visit):
            self.send(event)

    @rule(steps=st.integers(1, 9))
    def does_it_and_all_goes_well(self, steps: int) -> None:
        """So that late steps are reached often."""
        for _ in range(steps):
            if self.visit.step is not Step.TROUBLE:
                self.does_the_next_right_thing()
            while self.open and not self.visit.over:
                self.answer_well(0)

    # --- the person, not sensible -------------------------------------------------------------------

    @rule(event=st.sampled_from(PLAIN))
    def presses(self, event: events.Event) -> None:
        self.send(event)

    @rule(
        item=st.sampled_from((HEALTH, "nothing")),
        question=st.sampled_from(("venue", "zone", "x")),
        number=st.integers(0, 11),
    )
    def answers_anything(self, item: str, question: str, number: int) -> None:
        self.send(events.ItemChosen(item))
        here = self.visit.guide if self.visit.item_id else None
        answers = self.visit.item.guide[here.name].answers if here and here.kind == "question" else ()
        answer = answers[number % len(answers)].id if answers else "x"
        self.send(events.Answered(here.name if here else question, answer))
        self.send(events.Answered(question, answer))

    @rule(
        number=st.integers(0, 20), text=st.sampled_from(("", CANARY, "13800000000", "3", "-1", "staff,x", "1e9", "\n"))
    )
    def types_anything(self, number: int, text: str) -> None:
        field = self.visit.lobby.items[HEALTH].fields[number % 15].id if number < 20 else "nothing"
        self.send(events.FieldOpened(field))
        self.send(events.FieldTyped(field, text))

    @rule(
        field=st.sampled_from(("business_address", "phone")),
        source=st.sampled_from(("typed", "licence.business_licence.premises")),
    )
    def chooses(self, field: str, source: str) -> None:
        self.send(events.ConflictChosen(field, source))

    @rule(
        level=st.integers(0, 6),
        reason=st.sampled_from((*REASONS, "x")),
        on=st.booleans(),
        tick=st.sampled_from(("read_card", "x")),
    )
    def ticks(self, level: int, reason: str, on: bool, tick: str) -> None:
        self.send(events.Rated(level))
        self.send(events.ReasonTicked(reason, on))
        self.send(events.NoticeTicked(tick, on))

    # --- the world ------------------------------------------------------------------------------------

    @precondition(lambda self: self.open)
    @rule(number=st.integers(0, 5))
    def answer_well(self, number: int) -> None:
        request = self.open.pop(number % len(self.open))
        answer = willing_world().get(type(request).__name__)
        for event in answer(self.visit, request) if answer and self.visit.item_id else ():
            self.send(event)

    @precondition(lambda self: self.open)
    @rule(number=st.integers(0, 5), code=st.sampled_from(CODES))
    def answer_badly(self, number: int, code: str) -> None:
        request = self.open.pop(number % len(self.open))
        self.send(events.Failed(self.visit.number, type(request).__name__, code))

    @rule(request=st.sampled_from((*AWAITED, "ReadCard", "SayHello")), code=st.sampled_from((*CODES, "NEW")))
    def fails_unasked(self, request: str, code: str) -> None:
        self.send(events.Failed(self.visit.number, request, code))

    @rule(failure=st.sampled_from((None, "PAPER_OUT", "PRINTER_BUSY")), lifted=st.booleans())
    def news(self, failure: str | None, lifted: bool) -> None:
        self.send(events.PrinterLooked(self.visit.number, failure))
        if lifted:
            self.send(events.CardLifted(self.visit.number))
            self.send(events.ReceiptMoved(self.visit.number, "intake_receipt", "not_printed"))

    @rule(
        pledge=st.sampled_from((None, "PLEDGE_NOT_OFFERED")),
        paper=st.sampled_from((None, "BLANKS_OUT", "GLYPH_MISSING")),
    )
    def check_comes(self, pledge: str | None, paper: str | None) -> None:
        told = CheckTold(pledge_refused=pledge, print_refused=paper, elsewhere=("测试路服务站",))
        self.send(events.CheckCame(self.visit.number, told))

    @precondition(lambda self: self.visit.item_id)
    @rule(state=st.sampled_from(CaseState), version=st.integers(0, 4))
    def case_moves(self, state: CaseState, version: int) -> None:
        self.send(events.CaseMoved(self.visit.number, watch(self.visit.item, state, version, reason="测试理由")))

    @rule(stage=st.sampled_from(("preparing", "sent", "printing", "ended", "?")), outcome=st.sampled_from(OUTCOMES))
    def print_moves(self, stage: str, outcome: Outcome | None) -> None:
        self.send(events.PrintMoved(self.visit.number, stage, outcome, "A1", "PAPER_JAM" if stage == "?" else None))

    @rule(off=st.sampled_from((-1, 1)))
    def late_answers(self, off: int) -> None:
        before, number = self.visit, self.visit.number + off
        self.send(events.CardCame(number, CARD))
        self.send(events.LicencesCame(number, licences_for(self.visit.lobby.items[HEALTH])))
        self.send(events.PrintMoved(number, "ended", Outcome.PRINTED))
        assert self.visit is before

    @rule(seconds=st.sampled_from((-5.0, 0.5, 20.0, 31.0, 61.0, 601.0)))
    def time_passes(self, seconds: float) -> None:
        self.send(events.Tick(self.visit.now + timedelta(seconds=seconds)))

    # --- what always holds ------------------------------------------------------------------------------

    @invariant()
    def it_can_be_shown(self) -> None:
        for language in Language:
            face = face_of(self.visit.but(language=language), self.visit.now, TEXTS)
            assert face.chrome.bar.seconds_left >= 0
            said = " ".join(texts_in(face.body))
            if any(claim in said for claim in ("打印好了", "is printed")) and self.visit.step is not Step.ENDING:
                assert is_printed(self.visit)
                assert isinstance(face.body, TakeBody)

    @invariant()
    def nothing_is_left_when_it_is_over(self) -> None:
        if not self.visit.over:
            return
        face = face_of(self.visit, self.visit.now, TEXTS)
        left = " ".join(texts_in(self.visit) | texts_in(face))
        assert not [canary for canary in PERSONAL if canary in left]
        assert isinstance(self.made[-1], Wipe)

    @invariant()
    def one_key_one_application(self) -> None:
        submitted = [request for request in self.made if type(request).__name__ == "Submit"]
        by_key: dict[str, Any] = {}
        for request in submitted:
            assert by_key.setdefault(request.key, request.ask) == request.ask
        assert len({r.order_no for r in self.made if type(r).__name__ == "PrintOrder"}) <= 1

    @invariant()
    def trouble_is_a_step(self) -> None:
        assert (self.visit.trouble is not None) is (self.visit.step is Step.TROUBLE)

    @invariant()
    def one_question_at_a_time(self) -> None:
        names = [type(request).__name__ for request in self.open]
        if not self.visit.stale and not self.visit.over:
            assert self.visit.pending == "" or self.visit.pending in (
                "OpenConsent",
                "FetchLicences",
                "CheckApplication",
            )
        assert seconds_left(self.visit) >= 0
        assert len(names) < 400


def sensible(visit: Visit) -> tuple[events.Event, ...]:
    """What a person who reads would do now."""
    match visit.step:
        case Step.HOME:
            return (events.ItemChosen(HEALTH),)
        case Step.GUIDE:
            question = visit.guide.name
            return (events.Answered(question, visit.item.guide[question].answers[0].id),)
        case Step.NOTICE:
            return (*(events.NoticeTicked(tick.id, True) for tick in visit.lobby.notice.ticks), events.Confirmed())
        case Step.FORM:
            return filling(visit)
        case Step.PLEDGE:
            return (events.RouteChosen(True), events.RouteChosen(False))
        case Step.SIGN:
            return (*map(events.StrokeDrawn, SIGNATURE), events.Confirmed())
        case Step.TAKE | Step.RECEIVED:
            return (events.PaperTaken(),)
        case Step.RATE:
            return (events.Rated(2), events.ReasonTicked("too_slow", True), events.Confirmed())
        case Step.TROUBLE:
            return (events.RetryPressed(), events.HomePressed())
    return (events.Confirmed(),)


def filling(visit: Visit) -> tuple[events.Event, ...]:
    form = form_of(visit)
    wrong = [visit.item.field(field) for field in mistakes_in_form(form)]
    chosen = [events.ConflictChosen(each.field.id, each.offers[-1].source) for each in form if each.open]
    return (
        *chosen,
        *(events.FieldTyped(field.id, plausible(field)) for field in wrong if field.editable),
        events.Confirmed(),
    )


TestVisiting = Visiting.TestCase
TestVisiting.settings = settings(max_examples=100, stateful_step_count=80)


def test_the_canaries_would_be_found() -> None:
    visit = new_visit(1, ULID, NOON, lobby()).but(card=CARD, typed={"phone": CANARY})
    assert {CARD.name, CARD.number, CANARY} <= texts_in(visit)


@pytest.mark.parametrize("canary", [CARD.name, CARD.number])
def test_a_visit_hides_itself(canary: str) -> None:
    visit = new_visit(1, ULID, NOON, lobby()).but(card=CARD, typed={"phone": canary})
    assert canary not in repr(visit)
