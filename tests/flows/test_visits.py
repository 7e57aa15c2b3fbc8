"""Visits in which something goes wrong: what broke, where the person is then, what they can do, what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.people import CardKind
from core.wire import (
    CaseState,
    CheckTold,
    LicenceStatus,
    LicencesTold,
    Outcome,
    RefusedLicence,
    Route,
    Stroke,
    WithdrawTold,
)
from flows import events
from flows.application import form_of, is_signed
from flows.requests import Wipe
from flows.steps.trouble import can_go_normal, can_retry
from flows.visit import Step
from tests.flows.citizen import CARD, CASE_NO, HEALTH, ULID, Walk, licence, licences_for, lobby, watch

SMALL_BARBER = {"venue": "hair", "hair_shop": "none"}


def failing(request: str, code: str) -> Callable[..., list[events.Event]]:
    return lambda visit, _: [events.Failed(visit.number, request, code)]


def first_failing(walk: Walk, request: str, *codes: str) -> None:
    """The first requests of a kind fail, then all is well again."""
    good, left = walk.world[request], list(codes)

    def answer(visit: Any, asked: Any) -> Any:
        return failing(request, left.pop(0))(visit, asked) if left else good(visit, asked)

    walk.world[request] = answer


def refused(code: str) -> Callable[..., list[events.Event]]:
    told = LicencesTold(use_id="U", licences=(), refused=(RefusedLicence(type="business_licence", code=code),))
    return lambda visit, _: [events.LicencesCame(visit.number, told)]


def carded(**changes: Any) -> Callable[..., list[events.Event]]:
    return lambda visit, _: [events.CardCame(visit.number, replace(CARD, **changes))]


# --- up to the form ---------------------------------------------------------------------------------

BEFORE_THE_FORM = [
    ("ReadCard", carded(valid_to=date(2026, 11, 21)), "CARD_EXPIRED", True),
    ("ReadCard", carded(kind=CardKind.FOREIGNER_2017), "CARD_KIND_NOT_SERVED", True),
    ("ReadCard", failing("ReadCard", "CARD_NOT_ID"), "CARD_NOT_ID", True),
    ("ReadCard", failing("ReadCard", "CARD_UNREADABLE"), "CARD_UNREADABLE", True),
    ("ReadCard", failing("ReadCard", "CARD_NOT_GENUINE"), "CARD_NOT_GENUINE", True),
    ("ReadCard", failing("ReadCard", "DEVICE_GONE"), "DEVICE_GONE", True),
    ("ReadCard", failing("ReadCard", "DEVICE_BROKEN"), "DEVICE_BROKEN", False),
    ("ReadCard", failing("ReadCard", "FROM_A_NEWER_DRIVER"), "FROM_A_NEWER_DRIVER", True),
    ("OpenConsent", failing("OpenConsent", "CENTRE_AWAY"), "CENTRE_AWAY", True),
    ("OpenConsent", failing("OpenConsent", "CENTRE_REFUSED"), "CENTRE_REFUSED", False),
    ("FetchLicences", failing("FetchLicences", "CENTRE_AWAY"), "CENTRE_AWAY", True),
    ("FetchLicences", failing("FetchLicences", "CONSENT_GONE"), "CONSENT_GONE", True),
    ("FetchLicences", failing("FetchLicences", "TOOK_TOO_LONG"), "TOOK_TOO_LONG", True),
    ("FetchLicences", refused("LICENCE_REVOKED"), "LICENCE_REVOKED", False),
    ("FetchLicences", refused("LICENCE_EXPIRED"), "LICENCE_EXPIRED", False),
    ("FetchLicences", refused("LICENCE_NOT_YOURS"), "LICENCE_NOT_YOURS", True),
    ("FetchLicences", refused("LICENCE_MISSING"), "LICENCE_MISSING", True),
]


@pytest.mark.parametrize(("request_name", "answer", "code", "retry"), BEFORE_THE_FORM)
def test_before_the_form(request_name: str, answer: Any, code: str, retry: bool) -> None:
    walk = Walk()
    good = walk.world[request_name]
    walk.world[request_name] = answer
    walk.to_form()
    assert walk.step is Step.TROUBLE
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == code
    assert can_retry(walk.visit) is retry
    walk.world[request_name] = good
    walk.send(events.RetryPressed())
    assert walk.step is (Step.FORM if retry else Step.TROUBLE)


@pytest.mark.parametrize(("request_name", "answer", "code", "retry"), BEFORE_THE_FORM)
def test_leaving_trouble_before_the_form(request_name: str, answer: Any, code: str, retry: bool) -> None:
    walk = Walk()
    walk.world[request_name] = answer
    walk.to_form().send(events.BackPressed())
    assert walk.step is Step.NOTICE
    walk.send(events.HomePressed())
    assert walk.visit.over
    assert isinstance(walk.requests[-1], Wipe)


def test_a_licence_nobody_mentions_is_missing() -> None:
    walk = Walk()
    walk.world["FetchLicences"] = lambda visit, _: [
        events.LicencesCame(visit.number, LicencesTold(use_id="U", licences=(), refused=()))
    ]
    assert walk.to_form().visit.trouble.code == "LICENCE_MISSING"


def test_a_suspended_licence_is_not_used() -> None:
    walk = Walk()
    told = LicencesTold(use_id="U", licences=(licence("business_licence", {}, LicenceStatus.SUSPENDED),), refused=())
    walk.world["FetchLicences"] = lambda visit, _: [events.LicencesCame(visit.number, told)]
    assert walk.to_form().visit.trouble.code == "LICENCE_MISSING"


def test_a_licence_it_can_do_without() -> None:
    walk = Walk()
    told = licences_for(walk.item)
    only = told.model_copy(update={"licences": told.licences[:1]})
    walk.world["FetchLicences"] = lambda visit, _: [events.LicencesCame(visit.number, only)]
    assert walk.to_form().step is Step.FORM


@pytest.mark.parametrize(("face", "reached"), [({"domicile": ""}, Step.FORM), ({"name": " "}, Step.TROUBLE)])
def test_a_licence_whose_face_says_too_little(face: dict[str, str], reached: Step) -> None:
    """A trader's licence has no registered address; one without a name would leave a field that nobody may fill."""
    walk = Walk()
    told = licences_for(walk.item, business_licence=face)
    walk.world["FetchLicences"] = lambda visit, _: [events.LicencesCame(visit.number, told)]
    assert walk.to_form().step is reached


def test_small_failures_of_the_reader_are_tried_again_by_themselves() -> None:
    walk = Walk()
    first_failing(walk, "ReadCard", "CARD_MOVED", "NO_CARD", "DEVICE_NOISE")
    assert walk.to_form().step is Step.FORM
    assert len(walk.asked("ReadCard")) == 4


def test_but_not_for_ever() -> None:
    walk = Walk()
    walk.world["ReadCard"] = failing("ReadCard", "CARD_MOVED")
    walk.to_form()
    assert (walk.step, walk.visit.card_failure) == (Step.CARD, "CARD_MOVED")
    assert len(walk.asked("ReadCard")) == 4
    first_failing(walk, "ReadCard")
    walk.send(events.RetryPressed())
    assert len(walk.asked("ReadCard")) == 8


def test_back_stops_the_reader() -> None:
    walk = Walk()
    walk.world["ReadCard"] = lambda *_: []
    walk.to_form().send(events.BackPressed())
    assert walk.step is Step.NOTICE
    assert len(walk.asked("StopReading")) == 1


# --- the printer, before applying --------------------------------------------------------------------


@pytest.mark.parametrize("failure", ["PAPER_OUT", "TONER_OUT", "PRINTER_GONE", "BLANKS_OUT"])
def test_told_before_consent_that_nothing_can_be_printed(failure: str) -> None:
    walk = Walk()
    walk.world["LookAtPrinter"] = lambda visit, _: [events.PrinterLooked(visit.number, failure)]
    walk.to_notice(SMALL_BARBER)
    assert walk.step is Step.NO_PRINT
    walk.send(events.Confirmed()).agree().fill()
    walk.send(events.Confirmed(), events.Confirmed(), events.RouteChosen(True)).sign().send(events.Confirmed())
    assert walk.step is Step.RECEIVED
    assert walk.asked("PrintOrder") == []
    assert walk.send(events.PaperTaken()).step is Step.RATE


def test_no_blanks_are_left_says_the_centre() -> None:
    walk = Walk(at=lobby())
    walk.visit = walk.visit.but(lobby=walk.visit.lobby.but(told=walk.visit.lobby.told.model_copy(update={"stock": {}})))
    assert walk.to_notice().step is Step.NO_PRINT
    assert walk.send(events.BackPressed()).step is Step.GUIDE
    assert walk.send(events.HomePressed()).visit.over


def test_the_printer_fails_while_the_notice_is_read_and_comes_back() -> None:
    walk = Walk().to_notice()
    assert walk.step is Step.NOTICE
    walk.send(events.PrinterLooked(walk.visit.number, "COVER_OPEN"))
    assert walk.step is Step.NO_PRINT
    assert walk.send(events.RetryPressed()).step is Step.NOTICE


def test_a_printer_that_cannot_be_looked_at_cannot_print() -> None:
    walk = Walk()
    walk.world["LookAtPrinter"] = failing("LookAtPrinter", "PRINTER_GONE")
    assert walk.to_notice().step is Step.NO_PRINT


def test_a_busy_printer_will_be_free_in_time() -> None:
    walk = Walk()
    walk.world["LookAtPrinter"] = lambda visit, _: [events.PrinterLooked(visit.number, "PRINTER_BUSY")]
    assert walk.to_notice().step is Step.NOTICE


def test_the_centre_finds_no_paper_for_it() -> None:
    walk = Walk()
    told = CheckTold(pledge_refused=None, print_refused="BLANKS_OUT", elsewhere=("测试路服务站",))
    walk.world["CheckApplication"] = lambda visit, _: [events.CheckCame(visit.number, told)]
    assert walk.to_pledge().step is Step.NO_PRINT_LATE
    assert walk.send(events.Confirmed()).step is Step.PLEDGE
    walk.send(events.RouteChosen(True)).sign().send(events.Confirmed())
    assert walk.step is Step.RECEIVED


def test_the_printer_is_back_when_the_certificate_is_there() -> None:
    walk = Walk()
    good = walk.world["LookAtPrinter"]
    walk.world["LookAtPrinter"] = lambda visit, _: [events.PrinterLooked(visit.number, "PAPER_OUT")]
    walk.to_notice().send(events.Confirmed()).agree().fill()
    walk.send(events.Confirmed(), events.Confirmed(), events.RouteChosen(True)).sign()
    walk.world["LookAtPrinter"] = good
    assert walk.send(events.Confirmed()).step is Step.TAKE


# --- the check, the pledge --------------------------------------------------------------------------


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


# --- signing ----------------------------------------------------------------------------------------


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


# --- submission ---------------------------------------------------------------------------------------


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


# --- after submission -----------------------------------------------------------------------------------


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


# --- printing --------------------------------------------------------------------------------------------


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


# --- rating ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [1, 2])
def test_a_bad_rating_needs_a_reason(level: int) -> None:
    walk = Walk().to_end().send(events.Rated(level), events.Confirmed())
    assert walk.step is Step.RATE
    walk.send(events.ReasonTicked("too_slow", True), events.Confirmed())
    assert walk.step is Step.GOODBYE
    told = walk.asked("TellRating")[0].rating
    assert (told.case_no, told.level, told.reasons) == (CASE_NO, level, ("too_slow",))


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


# --- you need nothing ------------------------------------------------------------------------------------


def test_you_need_nothing_on_paper() -> None:
    walk = Walk().to_notice({"venue": "shop", "shop_size": "city_small"})
    assert walk.step is Step.ENDING
    walk.send(events.PrintSheetPressed(), events.PrintSheetPressed())
    assert [(r.item, r.ending) for r in walk.asked("PrintNotNeeded")] == [(HEALTH, "small_shop")]
    assert walk.send(events.BackPressed()).step is Step.GUIDE
    assert walk.visit.guide.name == "shop_size"


def test_the_sheet_did_not_come_out() -> None:
    walk = Walk().to_notice({"venue": "eating"})
    walk.world["PrintNotNeeded"] = lambda visit, _: [events.ReceiptMoved(visit.number, "not_needed", "not_printed")]
    walk.send(events.PrintSheetPressed(), events.PrintSheetPressed())
    assert len(walk.asked("PrintNotNeeded")) == 2


# --- the form --------------------------------------------------------------------------------------------


def test_two_licences_differ_and_the_person_chooses() -> None:
    walk = Walk()
    told = licences_for(walk.item, lease_registration={"premises": "东城区测试路 8 号 2 层"})
    walk.world["FetchLicences"] = lambda visit, _: [events.LicencesCame(visit.number, told)]
    walk.to_form()
    address = next(each for each in form_of(walk.visit) if each.field.id == "business_address")
    assert address.open
    assert [offer.value for offer in address.offers] == ["东城区测试路 8 号", "东城区测试路 8 号 2 层"]
    walk.send(events.ConflictChosen("business_address", "licence.lease_registration.premises"))
    assert walk.fill().send(events.Confirmed()).step is Step.MATERIALS
    sent = {value.id: value for value in walk.send(events.Confirmed()).asked("CheckApplication")[0].ask.form}
    assert sent["business_address"].source == "licence.lease_registration.premises"
    assert not sent["business_address"].changed


def test_home_asks_before_work_is_lost_and_only_then() -> None:
    walk = Walk().to_form().send(events.HomePressed())
    assert not walk.visit.over
    assert walk.send(events.FieldTyped("phone", "13800000000")).visit.typed == {}
    assert walk.send(events.StayPressed(), events.FieldTyped("phone", "13800000000")).visit.typed != {}
    assert walk.send(events.HomePressed(), events.HomePressed()).visit.over
    assert Walk().to_notice().send(events.HomePressed()).visit.over


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
