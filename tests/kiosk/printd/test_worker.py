"""Who asks when: the same request joins what is under way, and a request after the end begins anew."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any, cast

import pytest

from core.failures import PrinterBusy
from core.wire import Outcome
from kiosk.printd.board import Board
from kiosk.printd.words import Progress, Stage
from kiosk.printd.worker import MOST_WAITING, Worker
from tests.printing.protocol.reference_log import ReferenceLog

ENDED = {"stage": Stage.ENDED, "outcome": Outcome.NOT_PRINTED, "failure": "PAPER_OUT"}


class Slow:
    """Runs that begin and end when the test says so; after the end is shown, each still has something to do."""

    def __init__(self, board: Board) -> None:
        self.board, self.runs = board, 0
        self.may_end, self.may_return = threading.Semaphore(0), threading.Semaphore(0)
        self.ended = threading.Semaphore(0)

    def run(self, order_no: str, again: bool) -> None:
        self.runs += 1
        assert self.may_end.acquire(timeout=10)
        self.board.post(Progress(order_no=order_no, **ENDED))  # type: ignore[arg-type]
        self.ended.release()
        assert self.may_return.acquire(timeout=10)

    def recover(self) -> None:
        """Nothing was left."""

    def tidy(self) -> None:
        """Nothing is."""


@pytest.fixture
def parts() -> Iterator[tuple[Worker, Slow]]:
    log, stop = ReferenceLog(lambda _: None), threading.Event()
    board = Board(log)
    slow = Slow(board)
    worker = Worker(log, cast(Any, slow), cast(Any, slow), board, stop)
    worker.start()
    yield worker, slow
    stop.set()
    for _ in range(2 * MOST_WAITING):
        slow.may_end.release()
        slow.may_return.release()
    worker.join(10)


def test_asked_again_while_under_way_it_joins(parts: tuple[Worker, Slow]) -> None:
    worker, slow = parts
    found = [worker.ask("O1", again=False).stage for _ in range(5)]
    slow.may_end.release()
    assert slow.ended.acquire(timeout=10)
    assert found == [Stage.PREPARING] * 5
    assert slow.runs == 1
    assert worker._queue.empty()


def test_asked_again_right_after_the_end_it_begins_anew(parts: tuple[Worker, Slow]) -> None:
    """The end was shown, but the thread has not come back yet: the old answer must not be given again."""
    worker, slow = parts
    worker.ask("O1", again=False)
    slow.may_end.release()
    assert slow.ended.acquire(timeout=10)
    assert worker.ask("O1", again=False).stage is Stage.PREPARING
    slow.may_return.release()
    slow.may_end.release()
    assert slow.ended.acquire(timeout=10)
    assert slow.runs == 2


def test_only_so_many_wait(parts: tuple[Worker, Slow]) -> None:
    worker, _ = parts
    for number in range(MOST_WAITING):
        worker.ask(f"O{number}", again=False)
    with pytest.raises(PrinterBusy):
        worker.ask("one-more", again=False)
    assert worker.busy
