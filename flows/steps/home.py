"""The start screen: choose an item that the centre offers to this terminal now."""

from __future__ import annotations

from flows.events import Event, ItemChosen
from flows.moves import Move, onward, stay
from flows.requests import LookAtPrinter, Note
from flows.visit import Visit


def enter(visit: Visit) -> Move:
    return stay(visit)


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case ItemChosen(item) if can_choose(visit, item):
            return onward(visit.but(item_id=item), Note("visit.started"), LookAtPrinter())
    return None


def can_choose(visit: Visit, item: str) -> bool:
    known = visit.lobby.items.get(item)
    return known is not None and visit.lobby.away is None and visit.lobby.offers(known)
