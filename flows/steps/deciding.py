"""Wait for the centre: decided and sealed, taken in for the normal procedure, or refused with reasons."""

from __future__ import annotations

from core.wire import CaseState, WatchTold
from flows.events import CaseMoved, Event, Failed, WithdrawCame, WithdrawPressed
from flows.moves import Move, go, onward, stay, trouble
from flows.requests import Note, PrintReceipt, Request, WatchCase, Withdraw
from flows.visit import Step, Visit

STILL_BUSY = frozenset({CaseState.ACCEPTED, CaseState.DECIDED})


def enter(visit: Visit) -> Move:
    return stay(visit, WatchCase(visit.case_no, visit.case.version if visit.case else 0))


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case CaseMoved(_, told) if told.case_no == visit.case_no:
            return _moved(visit, told)
        case WithdrawPressed() if can_withdraw(visit):
            return stay(visit, Withdraw(visit.case_no))
        case WithdrawCame(_, told) if told.state is CaseState.WITHDRAWN:
            return _withdrawn(visit)
        case Failed(_, "WatchCase", code):
            return trouble(visit, code, "WatchCase")
    return None


def can_withdraw(visit: Visit) -> bool:
    """Until the decision is known to be made. The centre has the last word."""
    return visit.case is None or visit.case.state is CaseState.ACCEPTED


def _withdrawn(visit: Visit) -> Move:
    return go(visit.but(withdrawn=True), Step.GOODBYE, Note("case.withdrawn"))


def _moved(visit: Visit, told: WatchTold) -> Move:
    visit, receipts = with_receipts(visit.but(case=told), told)
    if told.state is CaseState.WITHDRAWN:
        return _withdrawn(visit).after(*receipts)
    if told.state is CaseState.REFUSED:
        return trouble(visit, "CASE_FAILURE", reason=told.reason).after(*receipts)
    if told.state in STILL_BUSY:
        return stay(visit, *receipts, WatchCase(told.case_no, told.version))
    return onward(visit, *receipts, Note(f"case.{told.state}"))


def with_receipts(visit: Visit, told: WatchTold) -> tuple[Visit, tuple[Request, ...]]:
    """Each receipt is printed once, when it first comes."""
    known = dict(visit.receipts)
    new = [each for each in told.receipts if each.kind not in known]
    marked = visit.but(receipts=visit.receipts + tuple((each.kind, "printing") for each in new))
    return marked, tuple(PrintReceipt(each.kind, each.title, each.pdf) for each in new)
