"""Notice and consent: every box must be ticked before a card may be read."""

from __future__ import annotations

from flows.events import Confirmed, Event, NoticeTicked, PrinterLooked
from flows.moves import Move, go, onward, stay
from flows.route import must_be_told
from flows.visit import Step, Visit


def enter(visit: Visit) -> Move:
    return stay(visit)


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case NoticeTicked(tick, on) if tick in visit.lobby.notice.tick_ids:
            return stay(visit.but(ticks=visit.ticks | {tick} if on else visit.ticks - {tick}))
        case Confirmed() if agreed(visit):
            return onward(visit)
        case PrinterLooked() if must_be_told(visit):
            return go(visit, Step.NO_PRINT)
    return None


def agreed(visit: Visit) -> bool:
    return visit.ticks >= visit.lobby.notice.tick_ids
