"""The runner's errands: every request answered by the right event, every failure by its code."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.devices import ReceiptOutcome
from core.failures import CardMoved, CentreAway, Failure, HouseFailure, NotPrinted, PaperOut, PrinterGone
from core.journal import Disposition
from core.wire import (
    Body,
    CaseState,
    Outcome,
    SubmitTold,
    WithdrawTold,
)
from flows import events, requests
from kiosk import errands
from kiosk.printd.words import Stage
from tests.flows.citizen import CARD, CASE_NO, HEALTH, ULID, Walk
from tests.kiosk.played_ports import (
    KeptJournal,
    PlayedLink,
    PlayedPrintd,
    PlayedReader,
    PlayedReceipts,
    progress,
)
from tests.kiosk.runner_stand import RATING, Stands, answers


@pytest.fixture
def stands(tmp_path: Path) -> Iterator[Stands]:
    made = Stands(tmp_path)
    yield made
    made.close()


# --- what each request means -------------------------------------------------------------------------


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
def test_one_request_one_answer(stands: Stands, request_made: requests.Request, answer: type) -> None:
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


def test_a_submission_goes_out_with_its_key(stands: Stands) -> None:
    link = PlayedLink(**answers())
    stand = stands(link=link)
    request = submitted()
    stand.do(request)
    assert stand.heard() == [events.SubmitCame(1, SubmitTold(case_no=CASE_NO, state=CaseState.ACCEPTED))]
    assert link.calls == [("application.submit", request.ask, ULID)]


def test_card_then_lifted(stands: Stands) -> None:
    reader = PlayedReader()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard(), requests.AwaitCardLifted())
    reader.laid.set()
    assert stand.heard() == [events.CardCame(1, CARD)]
    reader.lifted.set()
    assert stand.heard(2)[1] == events.CardLifted(1)
    assert reader.most_inside == 1


def test_each_move_of_the_print_is_told(stands: Stands) -> None:
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
    stands: Stands, outcome: ReceiptOutcome | Failure, told: str
) -> None:
    stand = stands(receipts=PlayedReceipts(outcome))
    stand.do(requests.PrintReceipt("intake_receipt", "收件凭证", b"%PDF-"))
    assert stand.heard() == [events.ReceiptMoved(1, "intake_receipt", told)]


def test_taken_and_rated_are_kept_for_the_centre(stands: Stands) -> None:
    told: list[tuple[str, Body]] = []
    stand = stands(told=told)
    stand.do(requests.TellTaken("PO-1"), requests.TellRating(RATING), requests.Wipe())
    stand.quiet()
    assert sorted(name for name, _ in told) == ["print.taken", "rating"]


def test_staff_are_called(stands: Stands) -> None:
    called = threading.Event()
    stands(call_staff=called.set).do(requests.CallStaff())
    assert called.wait(5)


# --- failures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("failure", [CardMoved("early"), CentreAway("down"), PrinterGone()])
def test_a_failure_is_told_by_its_code(stands: Stands, failure: Failure) -> None:
    reader = PlayedReader()
    reader.failure = failure
    reader.laid.set()
    stand = stands(reader=reader)
    stand.do(requests.ReadCard())
    assert stand.heard() == [events.Failed(1, "ReadCard", failure.code)]
    stand.quiet()
    entry = stand.journal.entries[0]
    assert (entry.code, entry.failure, entry.disposition) == ("request.read_card", failure.code, Disposition.FAILURE)


def test_a_bug_becomes_a_sentence_too(stands: Stands) -> None:
    stand = stands(link=PlayedLink())
    stand.do(requests.SayHello())
    assert stand.heard() == [events.Failed(1, "SayHello", "HOUSE_FAILURE")]


def test_another_kind_of_answer_is_the_centres_confusion(stands: Stands) -> None:
    stand = stands(link=PlayedLink(hello=lambda _: WithdrawTold(state=CaseState.NORMAL)))
    stand.do(requests.SayHello())
    assert stand.heard() == [events.Failed(1, "SayHello", "CENTRE_CONFUSED")]


def test_printd_goes_away(stands: Stands) -> None:
    stand = stands(printd=PlayedPrintd(progress(Stage.SENT), PrinterGone("printd")))
    stand.do(requests.PrintOrder("PO-000001"))
    assert stand.heard(2)[1] == events.Failed(1, "PrintOrder", "PRINTER_GONE")


def test_a_full_disk_costs_nobody_their_visit(stands: Stands) -> None:
    stand = stands(journal=KeptJournal(HouseFailure("disk full")), link=PlayedLink(**answers()))
    stand.do(requests.Note("visit.started"), requests.FetchLicences("T"))
    kinds = [type(event) for event in stand.heard(3)]
    assert kinds.count(events.LicencesCame) == 1
    assert kinds.count(events.Failed) == 2
