"""The sheet is out. The person says that they hold it; nobody says so for them."""

from __future__ import annotations

from flows.events import Event, PaperTaken
from flows.moves import Move, onward, stay
from flows.requests import Note, TellTaken
from flows.visit import Visit


def enter(visit: Visit) -> Move:
    return stay(visit)


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case PaperTaken() if visit.printing is not None:
            return onward(visit, Note("print.taken"), TellTaken(visit.printing.order_no))
    return None
