"""Time: when a person is asked whether they are still there, when the visit ends by itself, when the centre is asked again."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.words import Language
from flows.events import Failed
from flows.moves import Move, asking, leave, stay
from flows.requests import CallStaff, LookAtPrinter, Note, SayHello
from flows.route import stop_of
from flows.visit import Asking, Step, Visit

HELLO_EVERY = timedelta(seconds=20)
HELP_TIMES = 5
"""Staff need longer to come than a person needs to answer."""
ELDER_TIMES = 2.5
"""Who chose large print reads and presses more slowly."""
WAITS_FOR = {Step.SUBMIT: "Submit", Step.DECIDING: "WatchCase", Step.PRINTING: "WatchPrint"}


def ticked(visit: Visit, at: datetime) -> Move | Failed:
    """Let time pass. A ``Failed`` comes back when an answer from outside is overdue beyond all promises."""
    visit = visit.but(now=max(at, visit.now))
    if visit.step is Step.HOME:
        return _at_home(visit)
    if visit.step is Step.GOODBYE and seconds_left(visit) <= 0:
        return leave(visit, "visit.done")
    if stop_of(visit.step).ours:
        overdue = visit.now - visit.entered_at >= timedelta(seconds=visit.lobby.idle.most_s)
        return Failed(visit.number, WAITS_FOR[visit.step], "TOOK_TOO_LONG") if overdue else stay(visit)
    if seconds_left(visit) > 0:
        return stay(visit)
    if visit.asking in (Asking.IDLE, Asking.LEAVE):
        left = visit.card_on_reader or visit.step is Step.TAKE
        return leave(visit, "visit.timed_out").after(*((CallStaff(), Note("left.behind")) if left else ()))
    return stay(asking(visit, Asking.IDLE))


def seconds_left(visit: Visit) -> int:
    """Whole seconds, never negative, until the person is asked, or, when they are being asked, until the visit ends."""
    since = visit.asked_at if visit.asking and visit.asked_at else visit.touched_at
    since = max(since, visit.touched_at)
    gone = (visit.now - since).total_seconds()
    return max(0, int(-(-(_allowed(visit) - gone) // 1)))


def _allowed(visit: Visit) -> float:
    idle = visit.lobby.idle
    if stop_of(visit.step).ours and visit.asking is None:
        return idle.most_s
    return _patience(visit) * (ELDER_TIMES if visit.elder else 1.0)


def _patience(visit: Visit) -> float:
    idle = visit.lobby.idle
    if visit.asking is Asking.HELP:
        return HELP_TIMES * idle.ask_s
    if visit.asking is not None:
        return idle.leave_s
    return {Step.TAKE: idle.take_s, Step.GOODBYE: idle.goodbye_s}.get(visit.step, idle.ask_s)


def _at_home(visit: Visit) -> Move:
    """Nobody is there, or somebody who only changed the language: that is undone when they go."""
    dirty = visit.elder or visit.language is not Language.ZH or visit.asking is not None
    if dirty and seconds_left(visit) <= 0:
        return leave(visit, "home.reset")
    lobby = visit.lobby
    if lobby.asked_at is not None and visit.now - lobby.asked_at < HELLO_EVERY:
        return stay(visit)
    return stay(visit.but(lobby=lobby.but(asked_at=visit.now)), SayHello(), LookAtPrinter())
