"""The application is in, but no certificate comes out here: the normal procedure, or a pick-up elsewhere."""

from __future__ import annotations

from flows.events import Confirmed, Event, PaperTaken
from flows.moves import Move, onward, stay
from flows.visit import Visit


def enter(visit: Visit) -> Move:
    return stay(visit)


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case PaperTaken() | Confirmed():
            return onward(visit)
    return None
