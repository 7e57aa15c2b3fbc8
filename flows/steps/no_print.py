"""Told before applying: no certificate can be printed here now. Go on and fetch it elsewhere, or leave.

The same before the card is laid down and, if it turns out only then, before the pledge.
"""

from __future__ import annotations

from flows.events import Confirmed, Event, PrinterLooked, RetryPressed
from flows.moves import Move, onward, stay
from flows.requests import LookAtPrinter, Note
from flows.route import no_print_reason
from flows.visit import Visit


def enter(visit: Visit) -> Move:
    return stay(visit, Note("told.no_print", no_print_reason(visit)))


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case Confirmed():
            return onward(visit.but(print_elsewhere=True))
        case RetryPressed():
            return stay(visit, LookAtPrinter())
        case PrinterLooked() if no_print_reason(visit) is None:
            return onward(visit)
    return None
