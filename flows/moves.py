"""What a step answers to an event: the visit as it is now, what should happen outside, and where to go."""

from __future__ import annotations

from dataclasses import dataclass

from flows.requests import Note, Request, Wipe
from flows.route import after
from flows.visit import Asking, Step, Trouble, Visit, emptied


@dataclass(frozen=True, slots=True)
class Move:
    """``to``: the step to enter next, or ``None`` to stay."""

    visit: Visit
    requests: tuple[Request, ...] = ()
    to: Step | None = None

    def after(self, *first: Request) -> Move:
        """The same move, with these requests before its own."""
        return Move(self.visit, first + self.requests, self.to)


def stay(visit: Visit, *requests: Request) -> Move:
    return Move(visit, requests)


def go(visit: Visit, step: Step, *requests: Request) -> Move:
    return Move(visit, requests, step)


def onward(visit: Visit, *requests: Request) -> Move:
    """To the next step that applies."""
    return Move(visit, requests, after(visit))


def leave(visit: Visit, code: str) -> Move:
    """Out, from anywhere: nothing of the person is left, ``Wipe`` is last."""
    return Move(emptied(visit), (Note(code), Wipe()))


def trouble(visit: Visit, code: str, request: str = "", at: Step | None = None, reason: str = "") -> Move:
    """Something went wrong. ``at``: the step a retry leads to; this one if not told otherwise."""
    found = Trouble(code, at or visit.step, request, reason)
    return go(visit.but(trouble=found), Step.TROUBLE, Note("trouble", code))


def ask(visit: Visit, request: Request) -> Move:
    """Ask outside, unless an answer nobody wants any more is still on its way: then ask when it has come.

    Answers do not say to which question they belong, so there is never more than one of a kind under way.
    """
    name = type(request).__name__
    if name in visit.stale:
        return stay(visit.but(wanted=request))
    return stay(visit.but(pending=name), request)


def abandon(visit: Visit) -> Visit:
    """Stop waiting for the answer of this step; when it comes it is thrown away."""
    stale = visit.stale | {visit.pending} if visit.pending else visit.stale
    return visit.but(pending="", wanted=None, stale=stale)


def asking(visit: Visit, what: Asking | None) -> Visit:
    return visit.but(asking=what, asked_at=visit.now if what else None, touched_at=visit.now)
