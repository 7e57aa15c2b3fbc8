"""The form, already filled: look at it, settle what two sources tell differently, type what nobody knows."""

from __future__ import annotations

from flows.application import form_of, mistakes_in_form
from flows.events import Confirmed, ConflictChosen, Event, FieldClosed, FieldOpened, FieldTyped
from flows.moves import Move, onward, stay
from flows.prefill import Filled, Offer
from flows.validate import tidy
from flows.visit import Visit

MOST_TYPED = 400
"""No field is longer, whatever a keyboard sends."""


def enter(visit: Visit) -> Move:
    return stay(visit.but(editing=None))


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case FieldOpened(field) if is_editable(visit, field):
            return stay(visit.but(editing=field))
        case FieldClosed():
            return stay(visit.but(editing=None))
        case FieldTyped(field, value) if is_editable(visit, field):
            return _typed(visit, field, value[:MOST_TYPED])
        case ConflictChosen(field, source) if any(o.source == source for o in offered(visit, field)):
            return stay(visit.but(chosen={**visit.chosen, field: source}, editing=None))
        case Confirmed() if not mistakes_in_form(form_of(visit)):
            return onward(visit.but(editing=None))
    return None


def is_editable(visit: Visit, field: str) -> bool:
    return any(each.id == field and each.editable for each in visit.item.fields)


def filled(visit: Visit, field: str) -> Filled | None:
    return next((each for each in form_of(visit) if each.field.id == field), None)


def offered(visit: Visit, field: str) -> tuple[Offer, ...]:
    found = filled(visit, field)
    return found.offers if found is not None and found.disputed else ()


def _typed(visit: Visit, field: str, value: str) -> Move:
    """What is typed last counts; an empty value gives the field back to its sources."""
    text = tidy(visit.item.field(field), value)
    chosen = {key: source for key, source in visit.chosen.items() if key != field}
    typed = {key: old for key, old in visit.typed.items() if key != field}
    if text:
        typed[field] = text
    return stay(visit.but(typed=typed, chosen=chosen, editing=None))
