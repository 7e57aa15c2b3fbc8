"""ENDING: the person needs nothing from us. They may take the explanation on paper."""

from __future__ import annotations

from flows.events import Confirmed, Event, PrintSheetPressed
from flows.moves import Move, leave, stay
from flows.requests import PrintNotNeeded
from flows.visit import Visit

SHEET = "not_needed"


def enter(visit: Visit) -> Move:
    return stay(visit)


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case PrintSheetPressed() if may_print(visit):
            sheet = PrintNotNeeded(visit.item_id, visit.guide.name, visit.answers)
            return stay(visit.but(receipts=((SHEET, "printing"),)), sheet)
        case Confirmed():
            return leave(visit, "visit.done")
    return None


def may_print(visit: Visit) -> bool:
    """Once, and again if it did not come out."""
    return dict(visit.receipts).get(SHEET, "not_printed") == "not_printed"
