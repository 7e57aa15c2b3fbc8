"""好差评: five levels, a reason for the two lowest, or nothing at all. No rating is no rating, never a good one."""

from __future__ import annotations

from core.wire import RatingTold
from flows.events import Confirmed, Event, Rated, RatingSkipped, ReasonTicked
from flows.moves import Move, onward, stay
from flows.requests import Note, TellRating
from flows.visit import Visit

BAD = 2
REASONS = ("hard_to_understand", "hard_to_use", "too_slow", "device_fault", "wrong_result", "no_help", "other")


def enter(visit: Visit) -> Move:
    return stay(visit)


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case Rated(level) if 1 <= level <= 5:
            return stay(visit.but(level=level, reasons=visit.reasons if level <= BAD else frozenset()))
        case ReasonTicked(reason, on) if reason in REASONS and needs_reason(visit):
            return stay(visit.but(reasons=visit.reasons | {reason} if on else visit.reasons - {reason}))
        case Confirmed() if can_send(visit):
            return _sent(visit)
        case RatingSkipped():
            return onward(visit.but(level=None, reasons=frozenset()), Note("rating.skipped"))
    return None


def needs_reason(visit: Visit) -> bool:
    return visit.level is not None and visit.level <= BAD


def can_send(visit: Visit) -> bool:
    return visit.level is not None and (not needs_reason(visit) or bool(visit.reasons))


def _sent(visit: Visit) -> Move:
    reasons = tuple(reason for reason in REASONS if reason in visit.reasons)
    rating = RatingTold(case_no=visit.case_no, level=visit.level or 0, reasons=reasons, at=visit.now)
    return onward(visit, Note("rated"), TellRating(rating))
