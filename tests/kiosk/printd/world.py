"""The real code of ``printd`` in a world where anything goes wrong at any point, and every wrong turn is drawn by hypothesis.

Before and after each write, call and request there is a ``point``: there the process may be killed, the answer lost, the
printer cut off, another terminal may print in between, messages may arrive. Paper is kept apart, as the truth.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.clock import MovedClock
from core.devices import Job, JobState, PrinterStatus
from core.failures import CentreAway, Failure, PrinterFailure, PrinterGone, PrintUnknown
from core.journal import Entry
from core.waiting import Patience
from core.wire import BlanksTold, Body, OfferAsk, OfferTold, OutcomeTold, PrepareAsk, PrepareTold
from kiosk.printd.board import Board
from kiosk.printd.desk import Desk
from kiosk.printd.ending import Ending
from kiosk.printd.order_run import OrderRun
from kiosk.printd.recovery import Recovery
from kiosk.printd.watching import Watch
from printing import order
from printing.blanks import BlankRange
from printing.order import Finding
from printing.stores import Attempt, Notice, OrderState, Phase
from tests.printing.protocol.fake_centre import go_told
from tests.printing.protocol.invariants import Sheet
from tests.printing.protocol.reference_log import ReferenceLog
from tests.printing.protocol.reference_store import ReferenceStore

STOCK = "a4"
SHEET = b"%PDF-sheet"

Choose = Callable[[Sequence[str]], str]
"""Given what may happen, usual things first, what does happen."""


class Killed(BaseException):
    """kill -9: no handler of the program may see it, so it is no Exception."""


class World:
    def __init__(self, choose: Choose, terminals: Sequence[str], orders: Sequence[str]) -> None:
        self.choose, self.calm = choose, False
        self.clock = MovedClock(datetime(2026, 1, 1, tzinfo=UTC))
        self.store = ReferenceStore()
        self.sheets: list[Sheet] = []
        self.late: list[Callable[[], Any]] = []
        for order_no in orders:
            self.store.add_order(order_no, STOCK)
        for name in terminals:
            self.store.load(BlankRange(STOCK, f"{name}01", f"{name}30"), name)
        self.terminals = {name: SimTerminal(name, self) for name in terminals}

    def point(self, *mischief: str) -> str:
        """What happens here: nothing special, mostly."""
        if self.calm:
            return "on"
        return self.choose(("on", *mischief))

    def meanwhile(self, besides: str) -> None:
        """What others do while one terminal is between two steps."""
        what = self.point("lease over", "other prints", "other hears", "people", "late ones come")
        self.clock.move(timedelta(minutes=5 if what == "lease over" else 0))
        if what == "people":
            self.people()
        if what == "late ones come":
            self.late_ones_come()
        for terminal in self.terminals.values():
            if terminal.name != besides and not terminal.running:
                if what == "other prints":
                    terminal.print_one()
                if what == "other hears":
                    terminal.deliver()

    def late_ones_come(self) -> None:
        """Questions that were still under way when nobody waited for the answer any more."""
        while self.late:
            with suppress(Failure):
                self.late.pop(0)()

    def people(self) -> None:
        """Two of them look at the paper and say what they see; a live job in the printer they would have switched off."""
        for found in list(self.store.orders.values()):
            if found.state is OrderState.UNKNOWN and not self.terminals[found.terminal or ""].may_still_print(
                found.order_no
            ):
                mine = [
                    sheet for sheet in self.sheets if (sheet.order_no, sheet.fence) == (found.order_no, found.fence)
                ]
                finding = Finding.UNTOUCHED if not mine else Finding.PRINTED if mine[0].good else Finding.SPOILED
                with self.store.transaction():
                    order.settle(self.store, found.order_no, found.fence, finding, ("one", "two"), self.clock.now())


class SimTerminal:
    """One machine: its journal outlives it, its program does not."""

    def __init__(self, name: str, world: World) -> None:
        self.name, self.world = name, world
        self.outbox: list[OutcomeTold] = []
        self.log = ReferenceLog(lambda notice: self.outbox.append(OutcomeTold.model_validate_json(notice.body)))
        self.printer = SimPrinter(self)
        self.running, self.up = False, False

    def print_one(self) -> None:
        """Start if need be, then print the first order that the centre would offer."""
        for found in self.world.store.orders.values():
            if found.state is OrderState.SEALED:
                self.live(found.order_no)
                return

    def live(self, order_no: str | None = None) -> None:
        self.running = True
        try:
            program = Program(self)
            if not self.up:
                program.recovery.recover()
                self.up = True
            program.recovery.tidy()
            if order_no is not None:
                program.orders.run(order_no, again=True)
        except Killed:
            self.up = False
            self.printer.lose_memory(self.world.point("printer too") == "printer too")
        finally:
            self.running = False

    def deliver(self) -> bool:
        """Everything in the outbox, some of it twice."""
        while self.outbox:
            told = self.outbox[0]
            for _ in range(2 if self.world.point("twice") == "twice" else 1):
                self.world_hears(told)
            self.outbox.pop(0)
        return True

    def world_hears(self, told: OutcomeTold) -> None:
        store = self.world.store
        with store.transaction():
            order.outcome(store, told.order_no, told.fence, self.name, told.blank, told.outcome, self.world.clock.now())

    def may_still_print(self, order_no: str) -> bool:
        return any(not job.state.ended for job in self.printer.jobs.values() if job.name.startswith(f"{order_no}:"))


class Program:
    """What a start of the process puts together."""

    def __init__(self, terminal: SimTerminal) -> None:
        stop, log = threading.Event(), PointedLog(terminal)
        desk, board = Desk(SimCentre(terminal), STOCK), Board(log)
        watch = Watch(terminal.printer, 0.05, stop, look_s=0.0, held_s=0.0)
        ending = Ending(log, board, lambda: None, terminal.world.clock, NoJournal())
        self.orders = OrderRun(
            terminal.printer, log, desk, board, watch, ending, lambda _: self._drained(terminal), stop
        )
        self.recovery = Recovery(log, watch, ending, self.orders)

    @staticmethod
    def _drained(terminal: SimTerminal) -> bool:
        return not terminal.outbox or (terminal.world.point("away") == "on" and terminal.deliver())


class NoJournal:
    def write(self, entry: Entry) -> None:
        """Codes are another test's."""


class PointedLog:
    """The journal, with a plug that may be pulled before and after every write."""

    def __init__(self, terminal: SimTerminal) -> None:
        self._log, self._world, self._name = terminal.log, terminal.world, terminal.name

    def _write(self, write: Callable[[], None]) -> None:
        for act in (write, lambda: None):
            if self._world.point("killed") == "killed":
                raise Killed
            act()
        self._world.meanwhile(self._name)

    def prepare(self, attempt: Attempt) -> None:
        self._write(lambda: self._log.prepare(attempt))

    def start(self, attempt: Attempt, digest: str) -> None:
        self._write(lambda: self._log.start(attempt, digest))

    def job_known(self, attempt: Attempt, job_id: int) -> None:
        self._write(lambda: self._log.job_known(attempt, job_id))

    def end(self, attempt: Attempt, phase: Phase, notice: Notice, settled: bool = True) -> None:
        self._write(lambda: self._log.end(attempt, phase, notice, settled))

    def settle(self, attempt: Attempt) -> None:
        self._write(lambda: self._log.settle(attempt))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


class SimCentre:
    def __init__(self, terminal: SimTerminal) -> None:
        self._terminal, self._world = terminal, terminal.world

    def call(self, name: str, body: Body, *, key: str | None = None, patience: Patience) -> Body:
        what = self._world.point("killed before", "killed after", "lost", "answer lost", "asked twice", "late")
        self._world.meanwhile(self._terminal.name)
        if what == "killed before":
            raise Killed
        if what == "late":
            self._world.late.append(lambda: self._do(body))
        if what in ("lost", "late"):
            raise CentreAway
        told = self._do(body)
        if what == "asked twice":
            self._do(body)
        if what == "killed after":
            raise Killed
        if what == "answer lost":
            raise CentreAway
        return told

    def sync(self, *_: Any) -> Any:
        raise CentreAway("the outbox has its own way here")

    def _do(self, body: Body) -> Body:
        store, now, mine = self._world.store, self._world.clock.now(), self._terminal.name
        with store.transaction():
            if isinstance(body, OfferAsk):
                made = order.offer(store, body.order_no, mine, now)
                assert made.lease_until is not None
                return OfferTold(order_no=made.order_no, fence=made.fence, stock=STOCK, lease_until=made.lease_until)
            if isinstance(body, PrepareAsk):
                order.authorize(store, body.order_no, body.fence, mine, body.blank, now)
                return self._go(body)
            return BlanksTold(stock=STOCK, available=store.available(mine, STOCK))

    @staticmethod
    def _go(body: PrepareAsk) -> PrepareTold:
        return go_told(body, SHEET)


class SimPrinter:
    """A device with its own power. ``paper`` moves only when somebody looks: that is when time passes."""

    def __init__(self, terminal: SimTerminal) -> None:
        self._terminal, self._world = terminal, terminal.world
        self.jobs: dict[int, Job] = {}
        self._ids = 0
        self.created: list[str] = []
        self.sent: list[int] = []
        self._blanks: dict[str, str] = {}

    def lose_memory(self, lost: bool) -> None:
        """Power off and on: numbers begin again, and nothing of the old jobs is known or will print."""
        if lost:
            self.jobs.clear()
            self._ids = 0

    def status(self, patience: Patience) -> PrinterStatus:
        self._reach()
        return PrinterStatus(frozenset(), accepting=True, paper=99)

    def create_job(self, name: str, patience: Patience) -> int:
        self._reach()
        self._ids += 1
        self.created.append(name)
        self.jobs[self._ids] = Job(self._ids, name, JobState.HELD, ("job-data-insufficient",), 0)
        self._after_request()
        return self._ids

    def send_document(self, job_id: int, pdf: bytes, patience: Patience) -> None:
        what = self._world.point("killed", "no line", "half", "power")
        self.lose_memory(what == "power")
        if what == "killed":
            raise Killed
        if what == "no line" or job_id not in self.jobs:
            raise PrintUnknown("send") if what != "no line" else PrinterGone("no line")
        assert self.jobs[job_id].state is JobState.HELD, "a document was sent twice"
        assert pdf == SHEET
        job = self.jobs[job_id]
        self._blanks[job.name] = self._terminal.log.rows[_key(job.name)].blank
        if what == "half":
            self.jobs[job_id] = replace(job, state=JobState.ABORTED)
            raise PrintUnknown("send")
        self.jobs[job_id] = replace(job, state=JobState.PROCESSING)
        self._after_request()

    def job(self, job_id: int, patience: Patience) -> Job | None:
        self._reach()
        job = self.jobs.get(job_id)
        if job is not None and job.state is JobState.PROCESSING:
            self._move(job)
        self._world.meanwhile(self._terminal.name)
        return self.jobs.get(job_id)

    def find_jobs(self, name: str, patience: Patience) -> tuple[Job, ...]:
        self._reach()
        return tuple(job for job in self.jobs.values() if job.name == name)

    def cancel_job(self, job_id: int, patience: Patience) -> None:
        """A sheet may already be half out: then it is marked, and no impression counted."""
        self._reach()
        job = self.jobs.get(job_id)
        if job is None or job.state.ended:
            return
        if job.state is JobState.PROCESSING and self._world.point("marked") == "marked":
            self._paper(job, good=False)
        self.jobs[job_id] = replace(job, state=JobState.CANCELED)

    def _move(self, job: Job) -> None:
        fate = self._world.point("jam", "aborted", "goes on", "with errors")
        if fate in ("on", "with errors"):
            self._paper(job, good=True)
            self.jobs[job.id] = replace(job, state=JobState.COMPLETED, impressions=1 if fate == "on" else None)
        if fate == "jam":
            self._paper(job, good=False)
            self.jobs[job.id] = replace(job, state=JobState.ABORTED, reasons=("media-jam",))
        if fate == "aborted":
            self.jobs[job.id] = replace(job, state=JobState.ABORTED)

    def _paper(self, job: Job, good: bool) -> None:
        order_no, fence = _key(job.name)
        self._world.sheets.append(Sheet(order_no, fence, self._blanks[job.name], good))

    def _reach(self) -> None:
        what = self._world.point("killed", "away", "power")
        if what == "killed":
            raise Killed
        self.lose_memory(what == "power")
        if what == "away":
            raise PrinterGone("no line")

    def _after_request(self) -> None:
        what = self._world.point("killed", "answer lost")
        if what == "killed":
            raise Killed
        if what == "answer lost":
            raise PrinterFailure("no answer")

    def health(self, patience: Patience) -> Any:
        raise Failure("nobody asks here")

    def close(self) -> None:
        """Nothing is open."""


def _key(name: str) -> tuple[str, int]:
    order_no, fence = name.split(":")
    return order_no, int(fence)
