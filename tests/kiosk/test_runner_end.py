"""The end of a visit in the runner: every thread ended, nothing said afterwards; and a whole visit on threads."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.failures import HouseFailure
from core.wire import (
    Body,
    CaseState,
    Outcome,
    WatchTold,
)
from flows import events, requests
from flows.visit import Step
from kiosk import errands
from kiosk.printd.words import Stage
from tests.flows.citizen import CARD, Walk, watch
from tests.kiosk.played_ports import (
    PlayedLink,
    PlayedPrintd,
    PlayedReader,
    progress,
)
from tests.kiosk.runner_stand import ITEM, Deaf, Stand, Stands, answers, until


@pytest.fixture
def stands(tmp_path: Path) -> Iterator[Stands]:
    made = Stands(tmp_path)
    yield made
    made.close()


# --- the end of a visit ------------------------------------------------------------------------------


def test_wiping_ends_all_waiting_and_nothing_is_said_afterwards(stands: Stands) -> None:
    reader = PlayedReader()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard())
    until(lambda: reader.inside == 1)
    stand.do(requests.Note("visit.left"), requests.Wipe())
    assert stand.quiet() == []
    assert reader.inside == 0
    assert stand.forgotten == 1
    assert stand.journal.codes() == ["visit.left", "request.read_card"]


def test_a_late_answer_is_not_told_to_the_next_person(stands: Stands) -> None:
    deaf = Deaf()
    stand = stands(link=deaf)
    stand.do(requests.FetchLicences("T"), visit=1)
    assert deaf.inside.wait(5)
    stand.do(requests.Wipe(), visit=1)
    stand.do(requests.LookAtPrinter(), visit=2)
    assert stand.heard() == [events.PrinterLooked(2, None)]
    deaf.go.set()
    assert stand.quiet() == [events.PrinterLooked(2, None)]


def test_a_new_number_ends_the_visit_before_it_even_without_a_wipe(stands: Stands) -> None:
    reader = PlayedReader()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard(), visit=1)
    stand.do(requests.LookAtPrinter(), visit=2)
    assert stand.quiet() == [events.PrinterLooked(2, None)]
    assert stand.forgotten == 1


def test_wiping_another_visit_does_nothing(stands: Stands) -> None:
    reader = PlayedReader()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard(), visit=2)
    stand.do(requests.Wipe(), visit=1)
    reader.laid.set()
    assert stand.heard() == [events.CardCame(2, CARD)]


def test_files_of_the_visit_are_gone(stands: Stands, tmp_path: Path) -> None:
    stand = stands()
    (stand.runner.scope(1).folder() / "scan").write_bytes(b"personal")
    stand.do(requests.Wipe())
    assert list(tmp_path.iterdir()) == []


def test_stop_reading_stops_the_reader_alone(stands: Stands) -> None:
    reader, deaf = PlayedReader(), Deaf()
    stand = stands(reader=reader, link=deaf)
    stand.do(requests.ReadCard(), requests.FetchLicences("T"))
    until(lambda: reader.inside == 1)
    stand.do(requests.StopReading())
    until(lambda: reader.inside == 0)
    deaf.go.set()
    assert [type(event) for event in stand.quiet()] == [events.LicencesCame]


def test_reading_again_after_stopping(stands: Stands) -> None:
    reader = PlayedReader()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard(), requests.StopReading(), requests.ReadCard())
    reader.laid.set()
    assert stand.quiet() == [events.CardCame(1, CARD)]


def test_closing_waits_for_everyone_and_starts_nobody(stands: Stands) -> None:
    reader = PlayedReader()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard())
    stand.runner.close()
    assert stand.runner.workers() == ()
    stand.do(requests.ReadCard())
    assert stand.runner.workers() == ()
    assert reader.reads <= 1


def test_a_worker_that_does_not_end_is_told(stands: Stands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.runner.JOIN_S", 0.05)
    deaf = Deaf()
    stand = stands(link=deaf)
    stand.do(requests.FetchLicences("T"))
    assert deaf.inside.wait(5)
    with pytest.raises(HouseFailure, match="FetchLicences"):
        stand.runner.close()
    deaf.go.set()
    stand.quiet()


# --- with a whole visit ------------------------------------------------------------------------------


def test_a_visit_from_card_to_sheet_on_threads(stands: Stands) -> None:
    """``advance`` on this thread, everything else on the runner's, as in the application."""
    states = iter((CaseState.ACCEPTED, CaseState.SEALED))
    table = answers() | {
        "application_check": lambda _: errands.CheckTold(pledge_refused=None, print_refused=None),
        "case_watch": lambda ask: watched(next(states), ask.seen + 1),
    }
    moves = (progress(Stage.PRINTING, blank="A1"), progress(Stage.ENDED, blank="A1", outcome=Outcome.PRINTED))
    reader = PlayedReader()
    reader.laid.set()
    told: list[tuple[str, Body]] = []
    stand = stands(link=PlayedLink(**table), printd=PlayedPrintd(*moves), reader=reader, told=told)
    walk = Threaded(stand)
    walk.to_notice({"venue": "hair", "hair_shop": "none"}).agree().reach(Step.FORM)
    walk.fill().send(events.Confirmed(), events.Confirmed()).reach(Step.PLEDGE)
    walk.send(events.RouteChosen(True)).sign().send(events.Confirmed()).reach(Step.TAKE)
    walk.send(events.PaperTaken(), events.Rated(5), events.Confirmed(), events.Confirmed())
    assert walk.visit.over
    stand.quiet()
    assert sorted(name for name, _ in told) == ["print.taken", "rating"]
    assert stand.forgotten == 1


def watched(state: CaseState, version: int) -> WatchTold:
    return watch(ITEM, state, version)


class Threaded(Walk):
    """A citizen whose world is the runner."""

    def __init__(self, stand: Stand) -> None:
        super().__init__()
        self.world = {}
        self._stand, self._taken = stand, 0

    def settle(self) -> None:
        made, self._open = self._open, []
        self._stand.runner.do(self.visit.number, made)

    def reach(self, step: Step) -> Threaded:
        deadline = time.monotonic() + 10
        while self.step is not step:
            assert time.monotonic() < deadline, self.step
            news = self._stand.heard(self._taken + 1)[self._taken :]
            self._taken += len(news)
            self.send(*news)
        return self
