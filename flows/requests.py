"""What should happen outside. The runner does each one on a worker thread and posts its answer as an event.

Every request is stamped with the visit's number by the runner's caller; answers come back with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.wire import CheckAsk, ConsentAsk, RatingTold, SubmitAsk


@dataclass(frozen=True, slots=True)
class SayHello:
    """Ask the centre what this terminal may do → HelloCame."""


@dataclass(frozen=True, slots=True)
class LookAtPrinter:
    """→ PrinterLooked."""


@dataclass(frozen=True, slots=True)
class ReadCard:
    """→ CardCame | Failed. Waits for a card until stopped."""


@dataclass(frozen=True, slots=True)
class StopReading:
    pass


@dataclass(frozen=True, slots=True)
class AwaitCardLifted:
    """→ CardLifted."""


@dataclass(frozen=True, slots=True, repr=False)
class OpenConsent:
    ask: ConsentAsk


@dataclass(frozen=True, slots=True)
class FetchLicences:
    trx: str


@dataclass(frozen=True, slots=True, repr=False)
class CheckApplication:
    ask: CheckAsk


@dataclass(frozen=True, slots=True, repr=False)
class Submit:
    """``key`` is the idempotency key: the visit's ULID, so that a repeated submit makes no second case."""

    key: str
    ask: SubmitAsk


@dataclass(frozen=True, slots=True)
class WatchCase:
    """→ CaseMoved, once, as soon as the case's version differs from ``seen``."""

    case_no: str
    seen: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """→ WithdrawCame | Failed(ALREADY_DECIDED)."""

    case_no: str


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """Tell ``printd`` to print; → PrintMoved, several times. Asked twice it prints once."""

    order_no: str


@dataclass(frozen=True, slots=True)
class WatchPrint:
    """Look again at an order that ``printd`` already has → PrintMoved."""

    order_no: str


@dataclass(frozen=True, slots=True, repr=False)
class PrintReceipt:
    """A finished PDF for the receipt printer → ReceiptMoved."""

    kind: str
    title: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class PrintNotNeeded:
    """The explanation sheet of a lawful "you need nothing" ending → ReceiptMoved(kind="not_needed")."""

    item: str
    ending: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TellTaken:
    order_no: str


@dataclass(frozen=True, slots=True)
class TellRating:
    rating: RatingTold


@dataclass(frozen=True, slots=True)
class CallStaff:
    pass


@dataclass(frozen=True, slots=True)
class Note:
    """A journal entry: a fixed code, never a person."""

    code: str
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Wipe:
    """The visit is over: stop its waiting, forget everything of it. Always the last request of a visit."""


Request = (
    SayHello
    | LookAtPrinter
    | ReadCard
    | StopReading
    | AwaitCardLifted
    | OpenConsent
    | FetchLicences
    | CheckApplication
    | Submit
    | WatchCase
    | Withdraw
    | PrintOrder
    | WatchPrint
    | PrintReceipt
    | PrintNotNeeded
    | TellTaken
    | TellRating
    | CallStaff
    | Note
    | Wipe
)
