"""The card: read it, look at its last day and its kind. Small failures are tried again by themselves, a few times."""

from __future__ import annotations

from core.failures import Recovery, every_failure
from core.people import IdCard
from flows.application import card_expired
from flows.events import CardCame, Event, Failed, RetryPressed
from flows.moves import Move, onward, stay, trouble
from flows.requests import AwaitCardLifted, Note, ReadCard, StopReading
from flows.visit import Visit

TRIES = 4


def enter(visit: Visit) -> Move:
    """What was signed was signed under the consent of the card before: it is signed again."""
    former = visit.card.number if visit.card else visit.former
    nobody = visit.but(card=None, former=former, trx="", library=None, strokes=(), signature=None)
    return stay(nobody.but(card_failure=None, card_tries=0, card_on_reader=False), ReadCard())


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case CardCame(_, card):
            return _came(visit, card)
        case Failed(_, "ReadCard", code):
            return _failed(visit, code)
        case RetryPressed() if not is_reading(visit):
            return stay(visit.but(card_failure=None, card_tries=0), ReadCard())
    return None


def is_reading(visit: Visit) -> bool:
    return visit.card_tries < TRIES


def _came(visit: Visit, card: IdCard) -> Move:
    here = visit.but(card_on_reader=True)
    if card_expired(visit, card):
        return trouble(here, "CARD_EXPIRED", "ReadCard").after(AwaitCardLifted())
    if card.kind not in visit.item.cards:
        return trouble(here, "CARD_KIND_NOT_SERVED", "ReadCard").after(AwaitCardLifted())
    mine = here if here.former in ("", card.number) else here.but(typed={}, chosen={}, checked=None, route=None)
    return onward(mine.but(card=card, card_failure=None), Note("card.read"), AwaitCardLifted())


def _failed(visit: Visit, code: str) -> Move:
    failure = every_failure().get(code)
    if failure is None or failure.recovery is not Recovery.TRY_AGAIN:
        return trouble(visit, code, "ReadCard").after(StopReading())
    tried = visit.but(card_failure=code, card_tries=visit.card_tries + 1)
    return stay(tried, Note("card.failed", code), *((ReadCard(),) if is_reading(tried) else ()))
