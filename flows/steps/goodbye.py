"""Take your card and your papers. A few seconds later, or at a touch, nothing of the visit is left."""

from __future__ import annotations

from flows.events import Confirmed, Event
from flows.moves import Move, leave, stay
from flows.visit import Visit


def enter(visit: Visit) -> Move:
    return stay(visit)


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case Confirmed():
            return leave(visit, "visit.done")
    return None
