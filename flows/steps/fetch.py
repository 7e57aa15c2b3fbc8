"""Open the consent, fetch the licences under it, and see that the ones the item cannot do without are there.

Whoever has a granted certificate that never came out gets that one now, and is not asked for anything again.
"""

from __future__ import annotations

from core.wire import LicencesTold
from flows.application import consent_ask, form_of
from flows.events import ConsentOpened, Event, Failed, LicencesCame
from flows.moves import Move, ask, go, onward, trouble
from flows.prefill import usable
from flows.requests import FetchLicences, Note, OpenConsent
from flows.visit import Step, Visit

_LAY_IT_DOWN_AGAIN = frozenset({"LICENCE_MISSING", "LICENCE_NOT_YOURS", "CARD_EXPIRED", "CARD_KIND_NOT_SERVED"})


def enter(visit: Visit) -> Move:
    if visit.card is None:
        return go(visit, Step.CARD)
    return ask(visit.but(trx="", library=None), OpenConsent(consent_ask(visit, visit.card)))


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case ConsentOpened(_, _, waiting) if waiting:
            return go(visit.but(case_no=waiting), Step.DECIDING, Note("case.waiting"))
        case ConsentOpened(_, trx, _):
            return ask(visit.but(trx=trx, consented=visit.situation), FetchLicences(trx))
        case LicencesCame(_, told):
            return _came(visit, told)
        case Failed(_, ("OpenConsent" | "FetchLicences") as request, code):
            return _trouble(visit, code, request)
    return None


def _came(visit: Visit, told: LicencesTold) -> Move:
    code = what_is_missing(visit, told)
    if code is not None:
        return _trouble(visit, code, "FetchLicences")
    here = visit.but(library=told)
    if not can_be_filled(here):
        return _trouble(visit, "CENTRE_CONFUSED", "FetchLicences")
    return onward(here, Note("licences.fetched"))


def can_be_filled(visit: Visit) -> bool:
    """Whether every required field that nobody may type has a value: a face without it would be a dead end."""
    return all(each.value for each in form_of(visit) if each.field.required and not each.field.editable)


def what_is_missing(visit: Visit, told: LicencesTold) -> str | None:
    """Code of the first licence that the item needs and that cannot be used."""
    refused = {each.type: each.code for each in told.refused}
    held = {each.type for each in usable(told.licences)}
    needed = (kind.id for kind in visit.item.licences if kind.required)
    return next((refused.get(kind, "LICENCE_MISSING") for kind in needed if kind not in held), None)


def _trouble(visit: Visit, code: str, request: str) -> Move:
    at = Step.CARD if code in _LAY_IT_DOWN_AGAIN else Step.FETCH
    return trouble(visit, code, request, at)
