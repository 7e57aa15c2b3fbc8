"""Before anything is signed the centre says whether it may be pledged, whether every character can be printed, and where."""

from __future__ import annotations

from core.wire import CheckTold
from flows.application import check_ask
from flows.events import CheckCame, Event, Failed
from flows.moves import Move, ask, onward, trouble
from flows.requests import CheckApplication, Note
from flows.visit import Checked, Step, Visit

STOPS = frozenset({"GLYPH_MISSING"})
"""A certificate with a wrong name is not made anywhere: this ends it here; everything else can be printed elsewhere."""


def enter(visit: Visit) -> Move:
    return ask(visit, CheckApplication(check_ask(visit)))


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case CheckCame(_, told):
            return _came(visit, told)
        case Failed(_, "CheckApplication", "CONSENT_GONE"):
            return trouble(visit, "CONSENT_GONE", "CheckApplication", Step.CARD)
        case Failed(_, "CheckApplication", code):
            return trouble(visit, code, "CheckApplication")
    return None


def _came(visit: Visit, told: CheckTold) -> Move:
    if told.print_refused in STOPS:
        return trouble(visit, told.print_refused or "", "CheckApplication")
    return onward(visit.but(checked=Checked(check_ask(visit), told)), Note("application.checked"))
