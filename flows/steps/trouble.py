"""Something went wrong: what it is, what is safe, and the ways on. Never a dead end: leaving and staff always work."""

from __future__ import annotations

from core.failures import CentreFailure, Failure, Recovery, every_failure
from core.wire import Route
from flows.events import Event, RetryPressed, RouteChosen
from flows.moves import Move, go, stay
from flows.visit import Step, Visit

CHANGES_NOTHING = frozenset({"ITEM_NOT_OFFERED", "LICENCE_REVOKED", "LICENCE_EXPIRED", "ALREADY_DECIDED"})
MENDED_BY_HAND = frozenset({Step.CARD, Step.SIGN, Step.FORM})
"""The person does something else this time: lays down a card, signs, corrects."""


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
    if visit.sent:
        return True
    if found.at in MENDED_BY_HAND:
        return failure is None or not failure.permanent
    return failure is not None and may_pass(failure)


def may_pass(failure: type[Failure]) -> bool:
    """Whether it can be gone in a moment without anyone doing anything."""
    if issubclass(failure, CentreFailure):
        return not failure.permanent
    return failure.recovery in (Recovery.TRY_AGAIN, Recovery.WAIT)


def can_go_normal(visit: Visit) -> bool:
    return visit.trouble is not None and visit.trouble.code == "PLEDGE_NOT_OFFERED" and not visit.sent
