"""What need not be handed in, and what is promised: to be looked at."""

from __future__ import annotations

from flows.events import Confirmed, Event
from flows.moves import Move, onward, stay
from flows.visit import Visit


def enter(visit: Visit) -> Move:
    return stay(visit)


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case Confirmed():
            return onward(visit)
    return None
