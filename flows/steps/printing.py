"""One order, one sheet. What we say is what ``printd`` has witnessed; *unknown* is for people, never for a second try."""

from __future__ import annotations

from core.failures import Recovery, every_failure
from core.wire import Outcome
from flows.events import Event, Failed, PrintMoved
from flows.moves import Move, onward, stay, trouble
from flows.requests import CallStaff, Note, PrintOrder, Request
from flows.visit import Printing, Visit

ENDINGS = {Outcome.UNKNOWN: "PRINT_UNKNOWN"}


def enter(visit: Visit) -> Move:
    """Asked twice, ``printd`` prints once; so coming here again is safe."""
    order_no = visit.case.order_no if visit.case else None
    if order_no is None:
        return trouble(visit, "PRINT_UNKNOWN")
    return stay(visit.but(printing=Printing(order_no)), PrintOrder(order_no))


def accept(visit: Visit, event: Event) -> Move | None:
    match event, visit.printing:
        case PrintMoved() as moved, Printing() as now:
            return _moved(visit, now, moved)
        case Failed(_, ("PrintOrder" | "WatchPrint") as request, code), _:
            return trouble(visit, code, request).after(CallStaff())
    return None


def _moved(visit: Visit, now: Printing, moved: PrintMoved) -> Move:
    stuck = moved.outcome is None and needs_staff(moved.failure)
    state = Printing(
        now.order_no,
        moved.stage,
        moved.blank or now.blank,
        moved.failure,
        moved.outcome,
        now.staff_called or stuck,
    )
    calls: tuple[Request, ...] = (
        (CallStaff(), Note("print.held", moved.failure)) if stuck and not now.staff_called else ()
    )
    if moved.outcome is None:
        return stay(visit.but(printing=state), *calls)
    return _ended(visit.but(printing=state), moved.outcome)


def needs_staff(failure: str | None) -> bool:
    """What passes by itself needs only waiting."""
    known = every_failure().get(failure or "")
    return failure is not None and (known is None or known.recovery is not Recovery.WAIT)


def _ended(visit: Visit, outcome: Outcome) -> Move:
    if outcome is Outcome.PRINTED:
        return onward(visit, Note("print.printed"))
    return trouble(visit, ENDINGS.get(outcome, "NOT_PRINTED")).after(CallStaff())
