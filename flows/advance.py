"""``advance``: what a visit becomes when something happens, and what should happen outside. Pure; never raises.

Three things are done here once for all steps: answers for another visit are dropped, answers nobody waits for any more are
dropped, and what makes no sense at this step is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows import everywhere, idle
from flows.events import CheckCame, ConsentOpened, Event, Failed, LicencesCame, PrinterLooked, Tick
from flows.moves import Move, stay
from flows.requests import Note, Request
from flows.steps import (
    StepRules,
    card,
    check,
    deciding,
    ending,
    fetch,
    form,
    goodbye,
    guide,
    home,
    materials,
    no_print,
    notice,
    pledge,
    printing,
    rate,
    received,
    review,
    sign,
    submit,
    take,
    trouble,
)
from flows.visit import Step, Visit

STEPS: Mapping[Step, StepRules] = {
    Step.HOME: home,
    Step.GUIDE: guide,
    Step.ENDING: ending,
    Step.NO_PRINT: no_print,
    Step.NOTICE: notice,
    Step.CARD: card,
    Step.FETCH: fetch,
    Step.FORM: form,
    Step.MATERIALS: materials,
    Step.CHECK: check,
    Step.NO_PRINT_LATE: no_print,
    Step.PLEDGE: pledge,
    Step.SIGN: sign,
    Step.REVIEW: review,
    Step.SUBMIT: submit,
    Step.DECIDING: deciding,
    Step.PRINTING: printing,
    Step.TAKE: take,
    Step.RECEIVED: received,
    Step.RATE: rate,
    Step.GOODBYE: goodbye,
    Step.TROUBLE: trouble,
}
_ANSWERS: dict[type, str] = {
    ConsentOpened: "OpenConsent",
    LicencesCame: "FetchLicences",
    CheckCame: "CheckApplication",
}
_AWAITED = frozenset(_ANSWERS.values())


def advance(visit: Visit, event: Event) -> tuple[Visit, tuple[Request, ...]]:
    """The next visit and the requests it makes, in order. An event that makes no sense changes nothing."""
    if visit.over or is_late(visit, event):
        return visit, ()
    if isinstance(event, Failed) and event.request == "LookAtPrinter":
        event = PrinterLooked(event.visit, event.code)  # a printer that cannot be looked at cannot print
    return _settled(_moved(visit, event))


def is_late(visit: Visit, event: Event) -> bool:
    """Whether the event is an answer for another visit."""
    return getattr(event, "visit", visit.number) != visit.number


def _moved(visit: Visit, event: Event) -> Move:
    if isinstance(event, Tick):
        told = idle.ticked(visit, event.at)
        return told if isinstance(told, Move) else _at_step(visit.but(now=max(event.at, visit.now)), told)
    name = _answers_to(event)
    if name in _AWAITED and name != visit.pending:
        return _unawaited(visit, name)
    visit = everywhere.record(visit.but(pending="") if name in _AWAITED else visit, event)
    return everywhere.press(visit, event) or _at_step(visit, event)


def _at_step(visit: Visit, event: Event) -> Move:
    return STEPS[visit.step].accept(visit, event) or stay(visit)


def _answers_to(event: Event) -> str:
    """Class name of the request that this is an answer to, as far as it matters which."""
    return event.request if isinstance(event, Failed) else _ANSWERS.get(type(event), "")


def _unawaited(visit: Visit, name: str) -> Move:
    """An answer that came too late to be of use. What waited for it to be out of the way is asked now."""
    visit = visit.but(stale=visit.stale - {name})
    if visit.wanted is None or type(visit.wanted).__name__ != name:
        return stay(visit)
    return stay(visit.but(pending=name, wanted=None), visit.wanted)


def _settled(move: Move) -> tuple[Visit, tuple[Request, ...]]:
    """Enter steps until one stays."""
    requests = move.requests
    while move.to is not None:
        here = move.visit.but(step=move.to, entered_at=move.visit.now, touched_at=move.visit.now)
        move = STEPS[move.to].enter(here)
        requests += (Note(f"step.{here.step}"), *move.requests)
    return move.visit, requests
