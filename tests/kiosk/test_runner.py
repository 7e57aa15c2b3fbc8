"""The runner: every request answered on a thread of its own, every thread ended, nothing said after the end of a visit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.devices import ReceiptOutcome
from core.failures import CardMoved, CentreAway, Failure, HouseFailure, NotPrinted, PaperOut, PrinterGone
from core.journal import Disposition
from core.waiting import Patience
from core.wire import (
    Body,
    CaseState,
    ConsentTold,
    LicencesTold,
    Outcome,
    RatingTold,
    SubmitTold,
    WatchTold,
    WithdrawTold,
)
from flows import events, requests
from flows.events import Event
from flows.visit import Step
from kiosk import errands
from kiosk.errands import Outside
from kiosk.printd.words import Stage
from kiosk.runner import Runner
from tests.flows.citizen import CARD, CASE_NO, CATALOGUE, HEALTH, ULID, Walk, hello, licences_for, watch
from tests.kiosk.played_ports import (
    NOON,
    KeptJournal,
    PlayedLink,
    PlayedPrintd,
    PlayedReader,
    PlayedReceipts,
    outside,
    progress,
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


@pytest.fixture
def stands(tmp_path: Path) -> Iterator[Callable[..., Stand]]:
    made: list[Stand] = []

    def stand(journal: KeptJournal | None = None, **ports: object) -> Stand:
        made.append(Stand(tmp_path, outside(**ports), journal))
        return made[-1]

    yield stand
    for each in made:
        each.runner.close()


# --- what each request means --------------------------------------------------------------------------


def answers() -> dict[str, Callable[[Body], Body]]:
    return {
        "hello": lambda _: hello(),
        "consent_open": lambda _: ConsentTold(trx="T", expires_at=NOON),
        "licences_fetch": lambda _: licences_for(ITEM),
        "application_submit": lambda _: SubmitTold(case_no=CASE_NO, state=CaseState.ACCEPTED),
        "application_withdraw": lambda _: WithdrawTold(state=CaseState.WITHDRAWN),
        "case_watch": lambda _: watch(ITEM, CaseState.SEALED),
    }


def submitted() -> requests.Submit:
    return Walk().to_end().asked("Submit")[0]


CALLS = [
    (requests.SayHello(), events.HelloCame),
    (requests.LookAtPrinter(), events.PrinterLooked),
    (requests.FetchLicences("T"), events.LicencesCame),
    (requests.WatchCase(CASE_NO, 1), events.CaseMoved),
    (requests.Withdraw(CASE_NO), events.WithdrawCame),
    (requests.PrintReceipt("intake_receipt", "收件凭证", b"%PDF-"), events.ReceiptMoved),
    (requests.PrintNotNeeded(HEALTH, "small_shop", ()), events.ReceiptMoved),
]


@pytest.mark.parametrize(
    ("request_made", "answer"), CALLS, ids=lambda value: getattr(value, "__name__", type(value).__name__)
)
def test_one_request_one_answer(stands: Callable[..., Stand], request_made: requests.Request, answer: type) -> None:
    stand = stands(link=PlayedLink(**answers()))
    stand.do(request_made, visit=4)
    assert [type(event) for event in stand.heard()] == [answer]
    assert getattr(stand.posted[0], "visit", 4) == 4
    stand.quiet()
    assert stand.journal.entries[0].disposition is Disposition.SUCCESS
    assert stand.journal.entries[0].milliseconds is not None


def test_every_request_of_a_visit_has_its_errand() -> None:
    ours = {requests.Note, requests.Wipe, requests.StopReading}
    assert set(requests.Request.__args__) - ours == set(errands.ERRANDS)


def test_a_submission_goes_out_with_its_key(stands: Callable[..., Stand]) -> None:
    link = PlayedLink(**answers())
    stand = stands(link=link)
    request = submitted()
    stand.do(request)
    assert stand.heard() == [events.SubmitCame(1, SubmitTold(case_no=CASE_NO, state=CaseState.ACCEPTED))]
    assert link.calls == [("application.submit", request.ask, ULID)]


def test_card_then_lifted(stands: Callable[..., Stand]) -> None:
    reader = PlayedReader()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard(), requests.AwaitCardLifted())
    reader.laid.set()
    assert stand.heard() == [events.CardCame(1, CARD)]
    reader.lifted.set()
    assert stand.heard(2)[1] == events.CardLifted(1)
    assert reader.most_inside == 1


def test_each_move_of_the_print_is_told(stands: Callable[..., Stand]) -> None:
    moves = (
        progress(Stage.PREPARING),
        progress(Stage.PRINTING, blank="A1", failure="PAPER_OUT"),
        progress(Stage.ENDED, blank="A1", outcome=Outcome.PRINTED),
    )
    stand = stands(printd=PlayedPrintd(*moves))
    stand.do(requests.PrintOrder("PO-000001"))
    assert stand.heard(3) == [
        events.PrintMoved(1, "preparing", None, "", None),
        events.PrintMoved(1, "printing", None, "A1", "PAPER_OUT"),
        events.PrintMoved(1, "ended", Outcome.PRINTED, "A1", None),
    ]


RECEIPTS = [
    (ReceiptOutcome.PRINTED, "printed"),
    (ReceiptOutcome.NOT_PRINTED, "not_printed"),
    (ReceiptOutcome.UNKNOWN, "unknown"),
    (NotPrinted("proven"), "not_printed"),
    (PaperOut(), "unknown"),
]


@pytest.mark.parametrize(("outcome", "told"), RECEIPTS)
def test_what_is_not_proven_to_be_no_receipt_is_unknown(
    stands: Callable[..., Stand], outcome: ReceiptOutcome | Failure, told: str
) -> None:
    stand = stands(receipts=PlayedReceipts(outcome))
    stand.do(requests.PrintReceipt("intake_receipt", "收件凭证", b"%PDF-"))
    assert stand.heard() == [events.ReceiptMoved(1, "intake_receipt", told)]


def test_taken_and_rated_are_kept_for_the_centre(stands: Callable[..., Stand]) -> None:
    told: list[tuple[str, Body]] = []
    stand = stands(told=told)
    stand.do(requests.TellTaken("PO-1"), requests.TellRating(RATING), requests.Wipe())
    stand.quiet()
    assert sorted(name for name, _ in told) == ["print.taken", "rating"]


def test_staff_are_called(stands: Callable[..., Stand]) -> None:
    called = threading.Event()
    stands(call_staff=called.set).do(requests.CallStaff())
    assert called.wait(5)


# --- failures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("failure", [CardMoved("early"), CentreAway("down"), PrinterGone()])
def test_a_failure_is_told_by_its_code(stands: Callable[..., Stand], failure: Failure) -> None:
    reader = PlayedReader()
    reader.failure = failure
    reader.laid.set()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard())
    assert stand.heard() == [events.Failed(1, "ReadCard", failure.code)]
    stand.quiet()
    entry = stand.journal.entries[0]
    assert (entry.code, entry.failure, entry.disposition) == ("request.read_card", failure.code, Disposition.FAILURE)


def test_a_bug_becomes_a_sentence_too(stands: Callable[..., Stand]) -> None:
    stand = stands(link=PlayedLink())
    stand.do(requests.SayHello())
    assert stand.heard() == [events.Failed(1, "SayHello", "HOUSE_FAILURE")]


def test_another_kind_of_answer_is_the_centres_confusion(stands: Callable[..., Stand]) -> None:
    stand = stands(link=PlayedLink(hello=lambda _: WithdrawTold(state=CaseState.NORMAL)))
    stand.do(requests.SayHello())
    assert stand.heard() == [events.Failed(1, "SayHello", "CENTRE_CONFUSED")]


def test_printd_goes_away(stands: Callable[..., Stand]) -> None:
    stand = stands(printd=PlayedPrintd(progress(Stage.SENT), PrinterGone("printd")))
    stand.do(requests.PrintOrder("PO-000001"))
    assert stand.heard(2)[1] == events.Failed(1, "PrintOrder", "PRINTER_GONE")


def test_a_full_disk_costs_nobody_their_visit(stands: Callable[..., Stand]) -> None:
    stand = stands(journal=KeptJournal(HouseFailure("disk full")), link=PlayedLink(**answers()))
    stand.do(requests.Note("visit.started"), requests.FetchLicences("T"))
    kinds = [type(event) for event in stand.heard(3)]
    assert kinds.count(events.LicencesCame) == 1
    assert kinds.count(events.Failed) == 2


# --- the end of a visit ----------------------------------------------------------------------------------


def test_wiping_ends_all_waiting_and_nothing_is_said_afterwards(stands: Callable[..., Stand]) -> None:
    reader = PlayedReader()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard())
    until(lambda: reader.inside == 1)
    stand.do(requests.Note("visit.left"), requests.Wipe())
    assert stand.quiet() == []
    assert reader.inside == 0
    assert stand.forgotten == 1
    assert stand.journal.codes() == ["visit.left", "request.read_card"]


class Deaf:
    """A link that does not honour its patience, as native code may: it answers when it is let go."""

    def __init__(self) -> None:
        self.inside, self.go = threading.Event(), threading.Event()

    def call(self, name: str, body: Body, *, key: str | None = None, patience: Patience) -> LicencesTold:
        self.inside.set()
        assert self.go.wait(5)
        return licences_for(ITEM)


def test_a_late_answer_is_not_told_to_the_next_person(stands: Callable[..., Stand]) -> None:
    deaf = Deaf()
    stand = stands(link=deaf)
    stand.do(requests.FetchLicences("T"), visit=1)
    assert deaf.inside.wait(5)
    stand.do(requests.Wipe(), visit=1)
    stand.do(requests.LookAtPrinter(), visit=2)
    assert stand.heard() == [events.PrinterLooked(2, None)]
    deaf.go.set()
    assert stand.quiet() == [events.PrinterLooked(2, None)]


def test_a_new_number_ends_the_visit_before_it_even_without_a_wipe(stands: Callable[..., Stand]) -> None:
    reader = PlayedReader()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard(), visit=1)
    stand.do(requests.LookAtPrinter(), visit=2)
    assert stand.quiet() == [events.PrinterLooked(2, None)]
    assert stand.forgotten == 1


def test_wiping_another_visit_does_nothing(stands: Callable[..., Stand]) -> None:
    reader = PlayedReader()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard(), visit=2)
    stand.do(requests.Wipe(), visit=1)
    reader.laid.set()
    assert stand.heard() == [events.CardCame(2, CARD)]


def test_files_of_the_visit_are_gone(stands: Callable[..., Stand], tmp_path: Path) -> None:
    stand = stands()
    (stand.runner.scope(1).folder() / "scan").write_bytes(b"personal")
    stand.do(requests.Wipe())
    assert list(tmp_path.iterdir()) == []


def test_stop_reading_stops_the_reader_alone(stands: Callable[..., Stand]) -> None:
    reader, deaf = PlayedReader(), Deaf()
    stand = stands(reader=reader, link=deaf)
    stand.do(requests.ReadCard(), requests.FetchLicences("T"))
    until(lambda: reader.inside == 1)
    stand.do(requests.StopReading())
    until(lambda: reader.inside == 0)
    deaf.go.set()
    assert [type(event) for event in stand.quiet()] == [events.LicencesCame]


def test_reading_again_after_stopping(stands: Callable[..., Stand]) -> None:
    reader = PlayedReader()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard(), requests.StopReading(), requests.ReadCard())
    reader.laid.set()
    assert stand.quiet() == [events.CardCame(1, CARD)]


def test_closing_waits_for_everyone_and_starts_nobody(stands: Callable[..., Stand]) -> None:
    reader = PlayedReader()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard())
    stand.runner.close()
    assert stand.runner.workers() == ()
    stand.do(requests.ReadCard())
    assert stand.runner.workers() == ()
    assert reader.reads <= 1


def test_a_worker_that_does_not_end_is_told(stands: Callable[..., Stand], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.runner.JOIN_S", 0.05)
    deaf = Deaf()
    stand = stands(link=deaf)
    stand.do(requests.FetchLicences("T"))
    assert deaf.inside.wait(5)
    with pytest.raises(HouseFailure, match="FetchLicences"):
        stand.runner.close()
    deaf.go.set()
    stand.quiet()


# --- with a whole visit -----------------------------------------------------------------------------------


def test_a_visit_from_card_to_sheet_on_threads(stands: Callable[..., Stand]) -> None:
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
