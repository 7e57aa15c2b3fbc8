"""The order of steps: one table. Forward is the next stop that applies, back the one before it that a person can see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.wire import CaseState, Outcome
from flows.application import check_ask
from flows.visit import Step, Visit

PRINTABLE = frozenset({CaseState.SEALED, CaseState.PRINTED, CaseState.PRINT_UNKNOWN})


def always(visit: Visit) -> bool:
    return True


def no_print_reason(visit: Visit) -> str | None:
    """Why the certificate could not be printed here now: a failure code, or ``None``."""
    refused = visit.checked.told.print_refused if visit.checked else None
    return visit.lobby.stops_printing(visit.item) or refused


def must_be_told(visit: Visit) -> bool:
    """The person hears that nothing can be printed here before they apply, once."""
    return not visit.print_elsewhere and no_print_reason(visit) is not None


def needs_card(visit: Visit) -> bool:
    return visit.card is None


def needs_licences(visit: Visit) -> bool:
    return visit.library is None or visit.consented != visit.situation


def needs_check(visit: Visit) -> bool:
    return visit.checked is None or visit.checked.ask != check_ask(visit)


def prints_here(visit: Visit) -> bool:
    told = visit.case
    ready = told is not None and told.state in PRINTABLE and told.order_no is not None
    return ready and not (visit.print_elsewhere and no_print_reason(visit) is not None)


def is_printed(visit: Visit) -> bool:
    return visit.printing is not None and visit.printing.outcome is Outcome.PRINTED


def is_not_printed(visit: Visit) -> bool:
    return not is_printed(visit)


@dataclass(frozen=True, slots=True)
class Stop:
    """``mark``: its dot on the progress line. ``passing``: Back goes past it. ``ours``: the person waits for us, not we for them.

    ``dear``: work of the person would be lost here, so leaving asks first. ``locked``: leaving would leave something half done.
    """

    step: Step
    mark: str = ""
    when: Callable[[Visit], bool] = always
    passing: bool = False
    ours: bool = False
    dear: bool = False
    locked: bool = False


ROUTE = (
    Stop(Step.HOME, "item"),
    Stop(Step.GUIDE, "guide"),
    Stop(Step.NO_PRINT, "guide", when=must_be_told),
    Stop(Step.NOTICE, "identity"),
    Stop(Step.CARD, "identity", when=needs_card, passing=True),
    Stop(Step.FETCH, "identity", when=needs_licences, passing=True),
    Stop(Step.FORM, "form", dear=True),
    Stop(Step.MATERIALS, "materials", dear=True),
    Stop(Step.CHECK, "materials", when=needs_check, passing=True, dear=True),
    Stop(Step.NO_PRINT_LATE, "materials", when=must_be_told, dear=True),
    Stop(Step.PLEDGE, "pledge", dear=True),
    Stop(Step.SIGN, "sign", dear=True),
    Stop(Step.REVIEW, "sign", dear=True),
    Stop(Step.SUBMIT, "print", ours=True, locked=True),
    Stop(Step.DECIDING, "print", ours=True),
    Stop(Step.PRINTING, "print", when=prints_here, ours=True, locked=True),
    Stop(Step.TAKE, "print", when=is_printed),
    Stop(Step.RECEIVED, "print", when=is_not_printed),
    Stop(Step.RATE),
    Stop(Step.GOODBYE),
)
ASIDE = {Step.ENDING: Stop(Step.ENDING, "guide"), Step.TROUBLE: Stop(Step.TROUBLE), Step.OVER: Stop(Step.OVER)}
_PLACE = {stop.step: place for place, stop in enumerate(ROUTE)}
MARKS = tuple(dict.fromkeys(stop.mark for stop in ROUTE if stop.mark))


def stop_of(step: Step) -> Stop:
    return ASIDE[step] if step in ASIDE else ROUTE[_PLACE[step]]


def after(visit: Visit) -> Step:
    """The next stop that applies."""
    return next(stop.step for stop in ROUTE[_PLACE[visit.step] + 1 :] if stop.when(visit))


def before(visit: Visit) -> Step:
    """Where Back leads; ``HOME`` means out of the visit. Out of trouble it leads to what the person last saw."""
    if visit.step is Step.ENDING:
        return Step.GUIDE
    here = _PLACE[visit.trouble.at] + 1 if visit.trouble else _PLACE[visit.step]
    return next(stop.step for stop in reversed(ROUTE[:here]) if not stop.passing and stop.when(visit))


def can_back(visit: Visit) -> bool:
    return not visit.sent and visit.step not in (Step.HOME, Step.OVER, Step.GOODBYE, Step.RATE)


def can_leave(visit: Visit) -> bool:
    return visit.step not in (Step.HOME, Step.OVER) and not stop_of(visit.step).locked


def asks_before_leaving(visit: Visit) -> bool:
    step = visit.trouble.at if visit.trouble else visit.step
    return stop_of(step).dear and not visit.sent
