"""告知承诺 or the normal procedure: two ways of equal weight, chosen freely, changed freely until submission."""

from __future__ import annotations

from core.wire import Route
from flows.application import materials_of
from flows.events import Event, RouteChosen
from flows.materials import pledge_is_complete
from flows.moves import Move, onward, stay
from flows.visit import Visit


def enter(visit: Visit) -> Move:
    return stay(visit)


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case RouteChosen(True) if pledge_refusal(visit) is None:
            return onward(visit.but(route=Route.PLEDGE))
        case RouteChosen(False):
            return onward(visit.but(route=Route.NORMAL))
    return None


def pledge_refusal(visit: Visit) -> str | None:
    """Why the pledge may not be offered: a failure code, or ``None`` when it may."""
    if visit.item.pledge is None or not pledge_is_complete(materials_of(visit, Route.PLEDGE)):
        return "PLEDGE_NOT_OFFERED"
    return visit.checked.told.pledge_refused if visit.checked else None
