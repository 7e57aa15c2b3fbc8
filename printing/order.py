"""The print order at the centre: one certificate, one sheet, whoever crashes.

::

    SEALED ──offer──► OFFERED ──authorize──► AUTHORIZED ──outcome──► PRINTED
      ▲  ▲               │                       │   └──────────────► UNKNOWN ──settle──► PRINTED | SEALED
      │  └──expire, dead─┘                       │
      └──────────not printed, spoiled, dead──────┘        SEALED, OFFERED ──cancel──► CANCELLED

The lease of an offer is the only timer; it is a lease to *prepare*. Once authorised, no timer, restart or click frees
the order: only the terminal's signed word, or two people after UNKNOWN. Every function runs inside one transaction of
its caller, who rolls back when it raises. Model-checked with terminals that crash and messages that are lost, doubled
and reordered; the invariants I1-I9 are named in ``tests/printing/protocol``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.failures import BlanksOut, CaseFailure, Failure, HouseFailure, NotPrinted, PrinterBusy, PrintUnknown
from core.wire import Outcome
from printing.stores import BlankChange, BlankState, Column, Move, Order, OrderState, OrderStore, Transition

LEASE = timedelta(minutes=2)

_SEALED, _OFFERED = OrderState.SEALED, OrderState.OFFERED
_AUTHORIZED, _UNKNOWN = OrderState.AUTHORIZED, OrderState.UNKNOWN
_HOLDER = frozenset({Column.FENCE, Column.TERMINAL})
_SHEET = _HOLDER | {Column.BLANK}
_FREED = frozenset({Column.TERMINAL, Column.BLANK, Column.LEASE_UNTIL})


def _leaves(to: BlankState, frees: bool = False) -> BlankChange:
    return BlankChange(BlankState.RESERVED, to, frees=frees)


OFFER = Transition(
    "print.offered",
    frozenset({_SEALED}),
    _OFFERED,
    writes=frozenset({Column.TERMINAL, Column.LEASE_UNTIL}),
    clears=frozenset({Column.BLANK}),
    raises_fence=True,
)
# The terminal that holds the offer asks anew (it restarted): the older fence can then no longer be authorised.
OFFER_AGAIN = replace(
    OFFER, name="print.offered_again", start=frozenset({_OFFERED}), guards=frozenset({Column.TERMINAL})
)
EXPIRE = Transition("print.lease_over", frozenset({_OFFERED}), _SEALED, clears=_FREED, lease_over=True)
AUTHORIZE = Transition(
    "print.authorized",
    frozenset({_OFFERED}),
    _AUTHORIZED,
    guards=_HOLDER,
    writes=frozenset({Column.BLANK}),
    clears=frozenset({Column.LEASE_UNTIL}),
    blank=BlankChange(BlankState.AVAILABLE, BlankState.RESERVED, claims=True),
)
# A late PRINTED may still end an UNKNOWN, because it releases nothing; no other word of a machine may.
PRINTED = Transition(
    "print.printed",
    frozenset({_AUTHORIZED, _UNKNOWN}),
    OrderState.PRINTED,
    guards=_SHEET,
    blank=_leaves(BlankState.USED),
)
SPOILED = Transition(
    "print.spoiled",
    frozenset({_AUTHORIZED}),
    _SEALED,
    guards=_SHEET,
    clears=_FREED,
    blank=_leaves(BlankState.SPOILED),
)
NOT_PRINTED = Transition(
    "print.not_printed",
    frozenset({_AUTHORIZED}),
    _SEALED,
    guards=_SHEET,
    clears=_FREED,
    blank=_leaves(BlankState.AVAILABLE, frees=True),
)
DEAD = replace(NOT_PRINTED, name="print.dead")
# Its PREPARE may still be under way; once the offer is gone, that PREPARE can no longer be answered GO.
DEAD_BEFORE_GO = Transition("print.dead_before_go", frozenset({_OFFERED}), _SEALED, guards=_HOLDER, clears=_FREED)
UNKNOWN = Transition("print.unknown", frozenset({_AUTHORIZED}), _UNKNOWN, guards=_SHEET)
CANCEL = Transition("print.cancelled", frozenset({_SEALED, _OFFERED}), OrderState.CANCELLED, clears=_FREED)
SETTLE_PRINTED = replace(PRINTED, name="print.settled_printed", start=frozenset({_UNKNOWN}))
SETTLE_SPOILED = replace(SPOILED, name="print.settled_spoiled", start=frozenset({_UNKNOWN}))
SETTLE_UNTOUCHED = replace(
    SPOILED, name="print.settled_untouched", start=frozenset({_UNKNOWN}), blank=_leaves(BlankState.VOID)
)

OUTCOMES: dict[Outcome, tuple[Transition, ...]] = {
    Outcome.PRINTED: (PRINTED,),
    Outcome.SPOILED: (SPOILED,),
    Outcome.NOT_PRINTED: (NOT_PRINTED,),
    Outcome.DEAD: (DEAD, DEAD_BEFORE_GO),
    Outcome.UNKNOWN: (UNKNOWN,),
}


class Finding(StrEnum):
    """What two people saw in slot, bin and tray. An untouched blank is taken out and written off."""

    PRINTED = "printed"
    SPOILED = "spoiled"
    UNTOUCHED = "untouched"


FINDINGS = {
    Finding.PRINTED: SETTLE_PRINTED,
    Finding.SPOILED: SETTLE_SPOILED,
    Finding.UNTOUCHED: SETTLE_UNTOUCHED,
}
TRANSITIONS = (
    OFFER,
    OFFER_AGAIN,
    EXPIRE,
    AUTHORIZE,
    PRINTED,
    SPOILED,
    NOT_PRINTED,
    DEAD,
    DEAD_BEFORE_GO,
    UNKNOWN,
    CANCEL,
    *FINDINGS.values(),
)


def offer(store: OrderStore, order_no: str, terminal: str, now: datetime, lease: timedelta = LEASE) -> Order:
    """Lease the order to ``terminal`` so that it can prepare; the answer carries the new fence.

    Raises ``CaseFailure`` (no such order, printed, cancelled), ``PrinterBusy`` (another terminal prepares it) or
    ``PrintUnknown`` (authorised or unknown: a person must look).
    """
    expire_lease(store, order_no, now)
    for transition in (OFFER, OFFER_AGAIN):
        if _moved(store, Move(transition, order_no, now, terminal=terminal, lease_until=now + lease)):
            return _known(store, order_no)
    raise _not_offered(store.order(order_no))


def expire_lease(store: OrderStore, order_no: str, now: datetime) -> bool:
    """Whether a lease that is over was taken back."""
    return _moved(store, Move(EXPIRE, order_no, now))


def authorize(store: OrderStore, order_no: str, fence: int, terminal: str, blank: str, now: datetime) -> Order:
    """GO: order and blank together. The same question again is answered with the same GO.

    Raises ``NotPrinted`` when the offer is over, ``BlanksOut`` when the blank is not available in this terminal's tray.
    """
    order = _known(store, order_no)
    move = Move(AUTHORIZE, order_no, now, terminal=terminal, fence=fence, blank=blank, stock=order.stock)
    if _moved(store, move):
        return _known(store, order_no)
    found = _known(store, order_no)
    if found.state is _AUTHORIZED and (found.terminal, found.fence, found.blank) == (terminal, fence, blank):
        return found
    raise NotPrinted(f"fence {fence} of {order_no} is no longer offered here")


def outcome(
    store: OrderStore, order_no: str, fence: int, terminal: str, blank: str, told: Outcome, now: datetime
) -> bool:
    """What the terminal says became of (order, fence). ``False``: not of the current attempt, so only logged.

    A repeated message changes nothing. ``dead`` also takes back an offer that was never authorised.
    """
    return any(
        _moved(store, Move(transition, order_no, now, terminal=terminal, fence=fence, blank=blank))
        for transition in OUTCOMES[told]
    )


def settle(
    store: OrderStore, order_no: str, fence: int, finding: Finding, people: tuple[str, str], now: datetime
) -> Order:
    """Two people end an UNKNOWN. Raises ``HouseFailure`` if they are one, ``CaseFailure`` if there is nothing to settle."""
    if not all(people) or people[0] == people[1]:
        raise HouseFailure("settling a print takes two people")
    order = _known(store, order_no)
    move = Move(FINDINGS[finding], order_no, now, terminal=order.terminal, fence=fence, blank=order.blank, by=people)
    if not _moved(store, move):
        raise CaseFailure(f"fence {fence} of {order_no} is not unknown")
    return _known(store, order_no)


def cancel(store: OrderStore, order_no: str, by: tuple[str, ...], now: datetime) -> bool:
    """Whether the order could still be taken back: nothing was authorised yet."""
    return _moved(store, Move(CANCEL, order_no, now, by=by))


def _moved(store: OrderStore, move: Move) -> bool:
    if not store.move_order(move):
        return False
    if move.transition.blank is not None and not store.move_blank(move):
        raise _blank_refused(move)
    store.note(replace(move, fence=_known(store, move.order_no).fence))
    return True


def _blank_refused(move: Move) -> Failure:
    if move.transition is AUTHORIZE:
        return BlanksOut(f"blank {move.blank} is not available at {move.terminal}")
    return HouseFailure(f"blank {move.blank} does not belong to {move.order_no}:{move.fence}")


def _known(store: OrderStore, order_no: str) -> Order:
    order = store.order(order_no)
    if order is None:
        raise CaseFailure("no such print order")
    return order


def _not_offered(order: Order | None) -> Failure:
    if order is None:
        return CaseFailure("no such print order")
    if order.state is _OFFERED:
        return PrinterBusy(f"{order.order_no} is being prepared at another terminal")
    if order.state in (_AUTHORIZED, _UNKNOWN):
        return PrintUnknown(f"{order.order_no}:{order.fence} is {order.state}")
    return CaseFailure(f"{order.order_no} is {order.state}")
