"""What each request of a visit means outside, as plain blocking code: it yields the events that answer it.

The ports are small promises, so that the runner knows neither wires nor drivers. Failures go up; the runner tells them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Protocol, TypeVar

from core.clock import Clock
from core.devices import IdCardReader, ReceiptPrinter
from core.failures import CentreConfused, Failure, NotPrinted
from core.waiting import Patience
from core.wire import (
    Body,
    CheckTold,
    ConsentTold,
    HelloAsk,
    HelloTold,
    LicencesAsk,
    LicencesTold,
    SubmitTold,
    TakenTold,
    WatchAsk,
    WatchTold,
    WithdrawAsk,
    WithdrawTold,
)
from flows import events, requests
from flows.events import Event
from kiosk.printd.words import Progress, Status

HELLO_S = 10.0
CALL_S = 20.0
SUBMIT_S = 45.0
WATCH_S = 12.0
PRINT_S = 540.0
RECEIPT_S = 60.0
LIFTED_S = 300.0

Told = TypeVar("Told", bound=Body)


class Link(Protocol):
    def call(self, name: str, body: Body, *, key: str | None = None, patience: Patience) -> Body: ...


class Printd(Protocol):
    def status(self) -> Status: ...

    def follow(self, order_no: str, patience: Patience, again: bool = False) -> Iterator[Progress]:
        """Print the order, once however often asked, and yield each change; the last has ended.

        ``again``: a person asks anew, so that an attempt that ended without a sheet is followed by another.
        """


@dataclass(frozen=True, slots=True)
class Outside:
    """``tell``: put a message (wire name, body) where it is kept until the centre has it. ``sheet``: title and PDF of an explanation.

    ``card_s``: how long one read waits for a card.
    """

    reader: IdCardReader
    link: Link
    printd: Printd
    receipts: ReceiptPrinter
    tell: Callable[[str, Body], None]
    sheet: Callable[[requests.PrintNotNeeded], tuple[str, bytes]]
    call_staff: Callable[[], None]
    clock: Clock
    software: str
    card_s: float = 60.0
    reader_turn: Lock = field(default_factory=Lock)
    receipt_turn: Lock = field(default_factory=Lock)


Errand = Callable[[Outside, int, Any, Patience], Iterator[Event]]
"""(ports, number of the visit, request, patience) → its answers."""


def asked(out: Outside, name: str, body: Body, told: type[Told], patience: Patience, key: str | None = None) -> Told:
    answer = out.link.call(name, body, key=key, patience=patience)
    if not isinstance(answer, told):
        raise CentreConfused(f"{name}: another kind of answer")
    return answer


@contextmanager
def turn(lock: Lock, patience: Patience) -> Iterator[None]:
    """Nobody else uses the device meanwhile. Raises like ``Patience.check``, also if stopped while waiting."""
    while not lock.acquire(timeout=patience.slice(0.1)):
        patience.check()
    try:
        patience.check()
        yield
    finally:
        lock.release()


def say_hello(out: Outside, visit: int, request: requests.SayHello, patience: Patience) -> Iterator[Event]:
    told = asked(out, "hello", HelloAsk(software=out.software), HelloTold, patience.within(HELLO_S))
    yield events.HelloCame(told)


def look_at_printer(out: Outside, visit: int, request: requests.LookAtPrinter, patience: Patience) -> Iterator[Event]:
    yield events.PrinterLooked(visit, out.printd.status().failure)


def read_card(out: Outside, visit: int, request: requests.ReadCard, patience: Patience) -> Iterator[Event]:
    with turn(out.reader_turn, patience):
        card = out.reader.read(patience.within(out.card_s))
    yield events.CardCame(visit, card)


def await_card_lifted(
    out: Outside, visit: int, request: requests.AwaitCardLifted, patience: Patience
) -> Iterator[Event]:
    with turn(out.reader_turn, patience):
        out.reader.wait_removed(patience.within(LIFTED_S))
    yield events.CardLifted(visit)


def open_consent(out: Outside, visit: int, request: requests.OpenConsent, patience: Patience) -> Iterator[Event]:
    told = asked(out, "consent.open", request.ask, ConsentTold, patience.within(CALL_S))
    yield events.ConsentOpened(visit, told.trx, told.waiting or "")


def fetch_licences(out: Outside, visit: int, request: requests.FetchLicences, patience: Patience) -> Iterator[Event]:
    told = asked(out, "licences.fetch", LicencesAsk(trx=request.trx), LicencesTold, patience.within(CALL_S))
    yield events.LicencesCame(visit, told)


def check(out: Outside, visit: int, request: requests.CheckApplication, patience: Patience) -> Iterator[Event]:
    told = asked(out, "application.check", request.ask, CheckTold, patience.within(CALL_S))
    yield events.CheckCame(visit, told)


def submit(out: Outside, visit: int, request: requests.Submit, patience: Patience) -> Iterator[Event]:
    told = asked(out, "application.submit", request.ask, SubmitTold, patience.within(SUBMIT_S), request.key)
    yield events.SubmitCame(visit, told)


def watch_case(out: Outside, visit: int, request: requests.WatchCase, patience: Patience) -> Iterator[Event]:
    ask = WatchAsk(case_no=request.case_no, seen=request.seen, wait_s=WATCH_S)
    yield events.CaseMoved(visit, asked(out, "case.watch", ask, WatchTold, patience.within(CALL_S + WATCH_S)))


def withdraw(out: Outside, visit: int, request: requests.Withdraw, patience: Patience) -> Iterator[Event]:
    ask = WithdrawAsk(case_no=request.case_no)
    yield events.WithdrawCame(visit, asked(out, "application.withdraw", ask, WithdrawTold, patience.within(CALL_S)))


def print_order(
    out: Outside, visit: int, request: requests.PrintOrder | requests.WatchPrint, patience: Patience
) -> Iterator[Event]:
    again = isinstance(request, requests.PrintOrder)
    for now in out.printd.follow(request.order_no, patience.within(PRINT_S), again):
        yield events.PrintMoved(visit, now.stage.value, now.outcome, now.blank, now.failure)


def print_receipt(out: Outside, visit: int, request: requests.PrintReceipt, patience: Patience) -> Iterator[Event]:
    yield events.ReceiptMoved(visit, request.kind, _on_paper(out, request.title, request.pdf, patience))


def print_not_needed(out: Outside, visit: int, request: requests.PrintNotNeeded, patience: Patience) -> Iterator[Event]:
    title, pdf = out.sheet(request)
    yield events.ReceiptMoved(visit, "not_needed", _on_paper(out, title, pdf, patience))


def _on_paper(out: Outside, title: str, pdf: bytes, patience: Patience) -> str:
    """A receipt that fails ends nothing: it can be had at the counter. What is not proven to be no sheet is unknown."""
    try:
        with turn(out.receipt_turn, patience):
            return out.receipts.print_pdf(title, pdf, patience.within(RECEIPT_S)).value
    except NotPrinted:
        return "not_printed"
    except Failure:
        patience.check()
        return "unknown"


def tell_taken(out: Outside, visit: int, request: requests.TellTaken, patience: Patience) -> Iterator[Event]:
    out.tell("print.taken", TakenTold(order_no=request.order_no, at=out.clock.now()))
    yield from ()


def tell_rating(out: Outside, visit: int, request: requests.TellRating, patience: Patience) -> Iterator[Event]:
    out.tell("rating", request.rating)
    yield from ()


def call_staff(out: Outside, visit: int, request: requests.CallStaff, patience: Patience) -> Iterator[Event]:
    out.call_staff()
    yield from ()


ERRANDS: Mapping[type, Errand] = {
    requests.SayHello: say_hello,
    requests.LookAtPrinter: look_at_printer,
    requests.ReadCard: read_card,
    requests.AwaitCardLifted: await_card_lifted,
    requests.OpenConsent: open_consent,
    requests.FetchLicences: fetch_licences,
    requests.CheckApplication: check,
    requests.Submit: submit,
    requests.WatchCase: watch_case,
    requests.Withdraw: withdraw,
    requests.PrintOrder: print_order,
    requests.WatchPrint: print_order,
    requests.PrintReceipt: print_receipt,
    requests.PrintNotNeeded: print_not_needed,
    requests.TellTaken: tell_taken,
    requests.TellRating: tell_rating,
    requests.CallStaff: call_staff,
}
