"""Ports of the runner that keep the promises of real ones: they block, honour ``Patience`` and fail only with failures."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from core.clock import MovedClock
from core.devices import Condition, DeviceHealth, ReceiptOutcome
from core.failures import Failure
from core.journal import Entry
from core.people import IdCard
from core.waiting import Patience
from core.wire import Body
from kiosk.errands import Outside
from kiosk.printd.words import Progress, Stage, Status
from tests.flows.citizen import CARD

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


class PlayedReader:
    """Waits until ``lay`` or ``lift``; counts how many are inside, so that a test sees whether they take turns."""

    def __init__(self) -> None:
        self.laid, self.lifted = threading.Event(), threading.Event()
        self.inside = self.most_inside = self.reads = 0
        self.failure: Failure | None = None
        self._lock = threading.Lock()

    def read(self, patience: Patience) -> IdCard:
        self.reads += 1
        with self._visitor():
            self._wait(self.laid, patience)
        if self.failure is not None:
            raise self.failure
        return CARD

    def wait_removed(self, patience: Patience) -> None:
        with self._visitor():
            self._wait(self.lifted, patience)

    def health(self, patience: Patience) -> DeviceHealth:
        return DeviceHealth("idcard", Condition.READY)

    def close(self) -> None:
        pass

    def _wait(self, event: threading.Event, patience: Patience) -> None:
        while not event.wait(patience.slice(0.01)):
            patience.check()

    def _visitor(self) -> PlayedReader:
        return self

    def __enter__(self) -> None:
        with self._lock:
            self.inside += 1
            self.most_inside = max(self.most_inside, self.inside)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self.inside -= 1


class PlayedLink:
    """Answers by a table of call name → function of the body; remembers (name, body, key)."""

    def __init__(self, **answers: Callable[[Any], Body]) -> None:
        self.answers = {name.replace("_", ".", 1): answer for name, answer in answers.items()}
        self.calls: list[tuple[str, Body, str | None]] = []

    def call(self, name: str, body: Body, *, key: str | None = None, patience: Patience) -> Body:
        patience.check()
        self.calls.append((name, body, key))
        return self.answers[name](body)


class PlayedPrintd:
    def __init__(self, *progress: Progress | Failure, failure: str | None = None) -> None:
        self.progress, self.failure = progress, failure

    def status(self) -> Status:
        return Status(failure=self.failure, paper=10, blanks=5)

    def follow(self, order_no: str, patience: Patience, again: bool = False) -> Iterator[Progress]:
        for step in self.progress:
            patience.check()
            if isinstance(step, Failure):
                raise step
            yield step


class PlayedReceipts:
    def __init__(self, outcome: ReceiptOutcome | Failure = ReceiptOutcome.PRINTED) -> None:
        self.outcome, self.printed = outcome, list[str]()

    def print_pdf(self, title: str, pdf: bytes, patience: Patience) -> ReceiptOutcome:
        patience.check()
        if isinstance(self.outcome, Failure):
            raise self.outcome
        self.printed.append(title)
        return self.outcome

    def health(self, patience: Patience) -> DeviceHealth:
        return DeviceHealth("receipt", Condition.READY)

    def close(self) -> None:
        pass


class KeptJournal:
    def __init__(self, failure: Failure | None = None) -> None:
        self.entries: list[Entry] = []
        self.failure = failure

    def write(self, entry: Entry) -> None:
        if self.failure is not None:
            raise self.failure
        self.entries.append(entry)

    def codes(self) -> list[str]:
        return [entry.code for entry in self.entries]


def outside(**ports: Any) -> Outside:
    """All ports played; some replaced. ``told`` keeps what was told."""
    told: list[tuple[str, Body]] = ports.pop("told", [])
    parts: dict[str, Any] = {
        "reader": PlayedReader(),
        "link": PlayedLink(),
        "printd": PlayedPrintd(),
        "receipts": PlayedReceipts(),
        "tell": lambda name, body: told.append((name, body)),
        "sheet": lambda request: (request.ending, b"%PDF-"),
        "call_staff": lambda: None,
        "clock": MovedClock(NOON),
        "software": "test",
    }
    return Outside(**(parts | ports))


def progress(stage: Stage, **changes: Any) -> Progress:
    return Progress(order_no="PO-000001", stage=stage, **changes)
