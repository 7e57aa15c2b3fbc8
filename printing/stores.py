"""What the print protocol asks of a database: values, guarded changes as data, and the promises of both stores.

A change is a ``Transition``: the states it starts from, the columns that must still hold the given values, and the
columns it writes. A store turns it into one ``UPDATE … WHERE`` whose row count says whether it happened; nothing is
read first and written later. ``printing.order`` and ``printing.attempt`` hold the tables of transitions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class OrderState(StrEnum):
    SEALED = "sealed"
    OFFERED = "offered"
    AUTHORIZED = "authorized"
    PRINTED = "printed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class BlankState(StrEnum):
    AVAILABLE = "available"
    RESERVED = "reserved"
    USED = "used"
    SPOILED = "spoiled"
    VOID = "void"


class Column(StrEnum):
    """Columns of the order that a transition compares or writes; each is a field of ``Move`` and of ``Order``."""

    TERMINAL = "terminal"
    FENCE = "fence"
    BLANK = "blank"
    LEASE_UNTIL = "lease_until"


@dataclass(frozen=True, slots=True)
class Order:
    """One order as it stands. ``fence`` never falls; ``blank`` is set while authorised, unknown or printed."""

    order_no: str
    stock: str
    state: OrderState
    fence: int = 0
    terminal: str | None = None
    blank: str | None = None
    lease_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """One numbered sheet. ``terminal``: whose tray it was loaded into; ``order_no``/``fence``: who holds or marked it."""

    number: str
    stock: str
    terminal: str
    state: BlankState
    order_no: str | None = None
    fence: int | None = None


@dataclass(frozen=True, slots=True)
class BlankChange:
    """What happens to the blank of the move in the same transaction.

    Always guarded by number and ``start``. ``claims``: also by terminal and stock, and order and fence are written.
    Otherwise also by order and fence. ``frees``: order and fence are emptied.
    """

    start: BlankState
    to: BlankState
    claims: bool = False
    frees: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """``UPDATE orders SET state=to, … WHERE order_no=:order_no AND state IN (start) AND <each guarded column = :value>``.

    ``writes``: columns set to the move's values. ``clears``: columns set to NULL. ``raises_fence``: ``fence = fence + 1``.
    ``lease_over``: also ``AND lease_until <= :at``. ``blank``: the second guarded UPDATE of the transaction.
    """

    name: str
    start: frozenset[OrderState]
    to: OrderState
    guards: frozenset[Column] = frozenset()
    writes: frozenset[Column] = frozenset()
    clears: frozenset[Column] = frozenset()
    raises_fence: bool = False
    lease_over: bool = False
    blank: BlankChange | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One transition of one order with the values it compares and writes. ``by``: the people who decided, if people did."""

    transition: Transition
    order_no: str
    at: datetime
    terminal: str | None = None
    fence: int | None = None
    blank: str | None = None
    lease_until: datetime | None = None
    stock: str = ""
    by: tuple[str, ...] = ()


class OrderStore(Protocol):
    """The centre's side. All calls of one operation of ``printing.order`` run in one transaction, which the caller opens;

    when the operation raises, the caller rolls back, so that order, blank and audit row change together or not at all.
    """

    def order(self, order_no: str) -> Order | None: ...

    def move_order(self, move: Move) -> bool:
        """The guarded UPDATE of the order; whether exactly one row changed."""

    def move_blank(self, move: Move) -> bool:
        """The guarded UPDATE of ``move.blank`` by ``move.transition.blank``; whether exactly one row changed."""

    def note(self, move: Move) -> None:
        """The audit row of a move that happened. ``move.fence`` is the fence after it."""

    def available(self, terminal: str, stock: str) -> tuple[str, ...]:
        """Numbers of the blanks that are AVAILABLE in this terminal's tray, lowest first."""


class Phase(StrEnum):
    """Where one attempt stands in the terminal's journal."""

    PREP = "prep"
    START = "start"
    PRINTED = "printed"
    SPOILED = "spoiled"
    NOT_PRINTED = "not_printed"
    UNKNOWN = "unknown"
    DEAD = "dead"

    @property
    def ended(self) -> bool:
        return self not in (Phase.PREP, Phase.START)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One (order, fence) at this terminal. ``settled``: the printer was seen to hold no live job of it."""

    order_no: str
    fence: int
    blank: str
    phase: Phase
    digest: str = ""
    job_id: int | None = None
    settled: bool = False

    @property
    def job_name(self) -> str:
        """The name under which the device knows the job: the fence is in it."""
        return f"{self.order_no}:{self.fence}"


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for the outbox: its name in ``core.wire.MESSAGES`` and its body as JSON text."""

    name: str
    body: str


class AttemptLog(Protocol):
    """The terminal's side: every call is durable (fsynced) when it returns. A guard that does not hold is a ``HouseFailure``."""

    def prepare(self, attempt: Attempt) -> None:
        """A new row in PREP. Refused when (order, fence) is known or another attempt is still open."""

    def start(self, attempt: Attempt, digest: str) -> None:
        """PREP → START."""

    def job_known(self, attempt: Attempt, job_id: int) -> None:
        """Writes the device's handle, once, in START."""

    def end(self, attempt: Attempt, phase: Phase, notice: Notice, settled: bool = True) -> None:
        """The outcome and the message that tells it, in one transaction. ``settled``: as in ``Attempt``."""

    def settle(self, attempt: Attempt) -> None:
        """The printer was seen to hold no live job of this ended attempt."""

    def latest(self, order_no: str) -> Attempt | None:
        """The attempt with the highest fence."""

    def open(self) -> tuple[Attempt, ...]:
        """Attempts in PREP or START, oldest first."""

    def unsettled(self) -> tuple[Attempt, ...]:
        """Ended attempts whose job may still live in the printer."""

    def held(self) -> frozenset[str]:
        """Blanks that this terminal must not take again, whatever it is told."""
