"""Something went wrong: what it is, what is safe, and the ways on. Never a dead end: leaving and staff always work."""

from __future__ import annotations

from core.failures import Recovery, every_failure
from core.wire import Route
from flows.events import Event, RetryPressed, RouteChosen
from flows.moves import Move, go, stay
from flows.visit import Step, Visit

CHANGES_NOTHING = frozenset({"ITEM_NOT_OFFERED", "LICENCE_REVOKED", "LICENCE_EXPIRED", "ALREADY_DECIDED"})
CARD_AGAIN = frozenset({Step.CARD, Step.SIGN, Step.FORM})


def enter(visit: Visit) -> Move:
    return stay(visit.but(editing=None))


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case RetryPressed() if can_retry(visit) and visit.trouble is not None:
            return go(visit.but(trouble=None), visit.trouble.at)
        case RouteChosen(False) if can_go_normal(visit):
            return go(visit.but(trouble=None, route=Route.NORMAL), Step.SIGN)
    return None


def can_retry(visit: Visit) -> bool:
    """Whether the same again, or the step that puts it right, can help. What ``printd`` has ended is never tried again."""
    found = visit.trouble
    if found is None or not found.request or found.code in CHANGES_NOTHING:
        return False
    failure = every_failure().get(found.code)
    if visit.sent or found.at in CARD_AGAIN:
        return failure is None or not failure.permanent or visit.sent
    return (
        failure is not None and failure.recovery in (Recovery.TRY_AGAIN, Recovery.WAIT)
    ) or found.code == "CENTRE_FAILURE"


def can_go_normal(visit: Visit) -> bool:
    return visit.trouble is not None and visit.trouble.code == "PLEDGE_NOT_OFFERED" and not visit.sent
