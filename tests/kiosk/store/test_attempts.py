"""The SQL attempt log against the reference: the same answers to whatever is asked, in whatever order."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from core.failures import HouseFailure
from kiosk.store.terminal import open_store
from printing.stores import Attempt, Notice, Phase
from tests.printing.protocol.reference_log import ReferenceLog

orders, fences, blanks = st.sampled_from(["O1", "O2"]), st.integers(1, 3), st.sampled_from(["B1", "B2", "B3"])
ends = st.sampled_from([phase for phase in Phase if phase.ended])
NOTICE = Notice("print.outcome", "{}")


class Alike(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "printd.db"
        self.told: list[Notice] = []
        self.reference = ReferenceLog(self.told.append)
        self.store = open_store(self.path, "printd")

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(order_no=orders, fence=fences, blank=blanks)
    def prepare(self, order_no: str, fence: int, blank: str) -> None:
        attempt = Attempt(order_no, fence, blank, Phase.PREP)
        self.both(lambda log: log.prepare(attempt))

    @rule(order_no=orders, fence=fences)
    def start(self, order_no: str, fence: int) -> None:
        self.both(lambda log: log.start(Attempt(order_no, fence, "", Phase.PREP), "digest"))

    @rule(order_no=orders, fence=fences, job_id=st.integers(1, 2))
    def job_known(self, order_no: str, fence: int, job_id: int) -> None:
        self.both(lambda log: log.job_known(Attempt(order_no, fence, "", Phase.PREP), job_id))

    @rule(phase=ends, settled=st.booleans())
    def end_what_is_open(self, phase: Phase, settled: bool) -> None:
        for attempt in self.reference.open():
            self.both(lambda log, found=attempt: log.end(found, phase, NOTICE, settled))

    @rule(order_no=orders, fence=fences, phase=ends)
    def end(self, order_no: str, fence: int, phase: Phase) -> None:
        self.both(lambda log: log.end(Attempt(order_no, fence, "", Phase.PREP), phase, NOTICE))

    @rule()
    def settle(self) -> None:
        for attempt in self.reference.unsettled():
            self.both(lambda log, found=attempt: log.settle(found))

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = open_store(self.path, "printd")

    def both(self, act: Callable[..., None]) -> None:
        refused = []
        for log in (self.reference, self.store.attempts):
            try:
                act(log)
            except HouseFailure:
                refused.append(log)
        assert len(refused) in (0, 2)
        self.look()

    def look(self) -> None:
        mine, theirs = self.store.attempts, self.reference
        assert [mine.latest(name) for name in ("O1", "O2")] == [theirs.latest(name) for name in ("O1", "O2")]
        assert (mine.open(), mine.held()) == (theirs.open(), theirs.held())
        assert set(mine.unsettled()) == set(theirs.unsettled())
        assert [message.seq for message in self.store.outbox.pending()] == list(range(1, len(self.told) + 1))


class TestAlike(Alike.TestCase):
    settings = settings(max_examples=15, stateful_step_count=40)


def test_only_prep_begins_an_attempt(tmp_path: Path) -> None:
    with open_store(tmp_path / "printd.db", "printd") as store, pytest.raises(HouseFailure):
        store.attempts.prepare(Attempt("O1", 1, "B1", Phase.START))


def test_an_open_attempt_cannot_be_ended_as_open(tmp_path: Path) -> None:
    attempt = Attempt("O1", 1, "B1", Phase.PREP)
    with open_store(tmp_path / "printd.db", "printd") as store:
        store.attempts.prepare(attempt)
        with pytest.raises(HouseFailure):
            store.attempts.end(attempt, Phase.START, NOTICE)
