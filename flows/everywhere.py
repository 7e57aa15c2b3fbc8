"""What may happen at any step: language, elder mode, help, back, leaving, news of the printer and of receipts."""

from __future__ import annotations

from flows.events import (
    BackPressed,
    CardLifted,
    ElderSwitched,
    Event,
    Failed,
    HelloCame,
    HelpClosed,
    HelpPressed,
    HomePressed,
    LanguageChosen,
    PrinterLooked,
    ReceiptMoved,
    StayPressed,
    Tick,
    Touched,
)
from flows.moves import Move, abandon, asking, go, leave, stay
from flows.requests import CallStaff, Note, StopReading
from flows.route import asks_before_leaving, before, can_back, can_leave
from flows.steps.guide import one_less
from flows.visit import Asking, Step, Visit

FROM_OUTSIDE = frozenset(
    {
        "HelloCame",
        "PrinterLooked",
        "CardCame",
        "CardLifted",
        "ConsentOpened",
        "LicencesCame",
        "CheckCame",
        "SubmitCame",
        "WithdrawCame",
        "CaseMoved",
        "PrintMoved",
        "ReceiptMoved",
        "Failed",
    }
)


def is_touch(event: Event) -> bool:
    return not isinstance(event, Tick) and type(event).__name__ not in FROM_OUTSIDE


def record(visit: Visit, event: Event) -> Visit:
    """What is simply taken down, whatever the step: that somebody is there, news of centre, printer, card and receipts."""
    if is_touch(event):
        return visit.but(touched_at=visit.now)
    match event:
        case HelloCame(told):
            return visit.but(lobby=visit.lobby.but(told=told, away=None))
        case Failed(_, "SayHello", code):
            return visit.but(lobby=visit.lobby.but(away=code))
        case PrinterLooked(_, failure):
            return visit.but(lobby=visit.lobby.but(printer=failure))
        case CardLifted():
            return visit.but(card_on_reader=False)
        case ReceiptMoved(_, kind, outcome):
            return _receipt(visit, kind, outcome)
        case Failed(_, "PrintReceipt" | "PrintNotNeeded", _):
            return visit.but(receipts=tuple((k, "unknown" if o == "printing" else o) for k, o in visit.receipts))
    return visit


def press(visit: Visit, event: Event) -> Move | None:
    """The buttons that are always there. ``None`` when it is the step's business."""
    if not is_touch(event):
        return None
    move = _button(visit, event)
    if move is None and visit.asking is not None:
        return stay(visit)  # something lies over the screen: what is below it cannot be touched
    return move


def _receipt(visit: Visit, kind: str, outcome: str) -> Visit:
    return visit.but(receipts=tuple((known, outcome if known == kind else old) for known, old in visit.receipts))


def _button(visit: Visit, event: Event) -> Move | None:
    match event:
        case Touched():
            return stay(visit)
        case LanguageChosen(language):
            return stay(visit.but(language=language))
        case ElderSwitched(on):
            return stay(visit.but(elder=on))
        case HelpPressed():
            return _help(visit)
        case HelpClosed() | StayPressed():
            return stay(asking(visit, None))
        case HomePressed():
            return _home(visit)
        case BackPressed() if visit.asking is None:
            return _back(visit)
    return None


def _help(visit: Visit) -> Move:
    if visit.asking is Asking.HELP:
        return stay(visit)
    return stay(asking(visit, Asking.HELP), CallStaff(), Note("help.called"))


def _home(visit: Visit) -> Move:
    if not can_leave(visit):
        return stay(visit)
    if asks_before_leaving(visit) and visit.asking not in (Asking.LEAVE, Asking.IDLE):
        return stay(asking(visit, Asking.LEAVE))
    return leave(visit, "visit.done" if visit.step in (Step.GOODBYE, Step.ENDING) else "visit.left")


def _back(visit: Visit) -> Move:
    if not can_back(visit):
        return stay(visit)
    if visit.step is Step.FORM and visit.editing is not None:
        return stay(visit.but(editing=None))
    if visit.step is Step.GUIDE and visit.answers:
        return go(one_less(visit), Step.GUIDE)
    to = before(visit)
    if to is Step.HOME:
        return leave(visit, "visit.left")
    calls = (StopReading(),) if visit.step is Step.CARD else ()
    return go(abandon(visit).but(trouble=None), to, *calls)
