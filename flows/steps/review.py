"""Everything once more. From here the application leaves the terminal; there is no way back behind it."""

from __future__ import annotations

from flows.application import is_signed
from flows.events import Confirmed, Event
from flows.moves import Move, go, onward, stay
from flows.visit import Step, Visit


def enter(visit: Visit) -> Move:
    return stay(visit) if is_signed(visit) else go(visit, Step.SIGN)


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case Confirmed() if is_signed(visit):
            return onward(visit)
    return None
