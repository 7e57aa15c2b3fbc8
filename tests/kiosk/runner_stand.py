"""A runner on played ports, and what it posted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from core.waiting import Patience
from core.wire import (
    Body,
    CaseState,
    ConsentTold,
    LicencesTold,
    RatingTold,
    SubmitTold,
    WithdrawTold,
)
from flows import requests
from flows.events import Event
from kiosk.errands import Outside
from kiosk.runner import Runner
from tests.flows.citizen import CASE_NO, CATALOGUE, HEALTH, hello, licences_for, watch
from tests.kiosk.played_ports import (
    NOON,
    KeptJournal,
    outside,
)

ITEM = CATALOGUE[HEALTH]
RATING = RatingTold(case_no=CASE_NO, level=5, at=NOON)


class Stand:
    """A runner with its ears: what it posted, in order."""

    def __init__(self, folder: Path, out: Outside, journal: KeptJournal | None = None) -> None:
        self.posted: list[Event] = []
        self.journal = journal or KeptJournal()
        self.forgotten = 0
        self._changed = threading.Condition()
        self.runner = Runner(out, self._post, self.journal, folder, self._forget)

    def _post(self, event: Event) -> None:
        with self._changed:
            self.posted.append(event)
            self._changed.notify_all()

    def _forget(self) -> None:
        self.forgotten += 1

    def do(self, *asked: requests.Request, visit: int = 1) -> None:
        self.runner.do(visit, asked)

    def heard(self, count: int = 1) -> list[Event]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.posted) >= count, 5), self.posted
            return list(self.posted)

    def quiet(self) -> list[Event]:
        """What was posted when every worker has ended."""
        until(lambda: not self.runner.workers())
        return self.posted


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.002)


class Stands:
    """Makes stands in one folder and closes them all."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._made = folder, list[Stand]()

    def __call__(self, journal: KeptJournal | None = None, **ports: object) -> Stand:
        self._made.append(Stand(self._folder, outside(**ports), journal))
        return self._made[-1]

    def close(self) -> None:
        for stand in self._made:
            stand.runner.close()


def answers() -> dict[str, Callable[[Body], Body]]:
    return {
        "hello": lambda _: hello(),
        "consent_open": lambda _: ConsentTold(trx="T", expires_at=NOON),
        "licences_fetch": lambda _: licences_for(ITEM),
        "application_submit": lambda _: SubmitTold(case_no=CASE_NO, state=CaseState.ACCEPTED),
        "application_withdraw": lambda _: WithdrawTold(state=CaseState.WITHDRAWN),
        "case_watch": lambda _: watch(ITEM, CaseState.SEALED),
    }


class Deaf:
    """A link that does not honour its patience, as native code may: it answers when it is let go."""

    def __init__(self) -> None:
        self.inside, self.go = threading.Event(), threading.Event()

    def call(self, name: str, body: Body, *, key: str | None = None, patience: Patience) -> LicencesTold:
        self.inside.set()
        assert self.go.wait(5)
        return licences_for(ITEM)
