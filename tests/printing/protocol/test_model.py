"""The two machines against each other, step by step, in every order hypothesis can think of.

Two orders, two terminals, few blanks. A message once sent may arrive never, often, late or before an older one. A
terminal may crash between any two of its writes, its printer goes on or loses its memory; clocks jump both ways.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.clock import MovedClock
from core.devices import Job, JobState
from core.failures import Failure, HouseFailure
from core.wire import Outcome
from printing import order
from printing.attempt import told
from printing.blanks import BlankRange, next_blank
from printing.order import Finding
from printing.stores import Attempt, Notice, OrderState, Phase
from printing.witness import judge
from tests.printing.protocol.invariants import Sheet, check
from tests.printing.protocol.reference_log import ReferenceLog
from tests.printing.protocol.reference_store import ReferenceStore

ORDERS, TERMINALS, STOCK = ("O1", "O2"), ("A", "B"), "a4"
MISCHIEF = ("clock_jumps_on", "clock_jumps_back", "cancel", "offered", "give_up", "crash", "power_cut")
RANGES = {"A": BlankRange(STOCK, "A1", "A3"), "B": BlankRange(STOCK, "B1", "B3")}

orders, terminals = st.sampled_from(ORDERS), st.sampled_from(TERMINALS)


@dataclass(frozen=True)
class Message:
    """``kind``: offer, prepare, go, outcome."""

    kind: str
    terminal: str
    order_no: str
    fence: int
    blank: str = ""
    outcome: Outcome | None = None


@dataclass
class Terminal:
    log: ReferenceLog
    up: bool = True
    jobs: dict[int, Job] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    """Job name → the blank that lies on top when it prints."""


class Protocol(RuleBasedStateMachine):
    @initialize()
    def lay(self) -> None:
        self.store, self.clock = ReferenceStore(), MovedClock(datetime(2026, 1, 1, tzinfo=UTC))
        self.messages: list[Message] = []
        self.sheets: list[Sheet] = []
        self.job_ids = 0
        self.terminals = {name: Terminal(ReferenceLog(lambda _: None)) for name in TERMINALS}
        for order_no in ORDERS:
            self.store.add_order(order_no, STOCK)
        for name, loaded in RANGES.items():
            self.store.load(loaded, name)

    # what the centre does

    @precondition(lambda self: self.in_state(OrderState.SEALED))
    @rule(terminal=terminals, data=st.data())
    def offer(self, terminal: str, data: st.DataObject) -> None:
        self.offered(data.draw(st.sampled_from(self.in_state(OrderState.SEALED))), terminal)

    def offered(self, order_no: str, terminal: str) -> None:
        try:
            with self.store.transaction():
                made = order.offer(self.store, order_no, terminal, self.clock.now())
        except Failure:
            assert self.store.orders[order_no].state is not OrderState.SEALED
            return
        self.say(Message("offer", terminal, order_no, made.fence))

    @rule(what=st.sampled_from(MISCHIEF), order_no=orders, terminal=terminals)
    def mischief(self, what: str, order_no: str, terminal: str) -> None:
        """One rule of many, so that most walks get somewhere before it strikes."""
        getattr(self, what)(order_no, terminal)

    def clock_jumps_on(self, order_no: str, _terminal: str) -> None:
        self.clock.move(timedelta(minutes=3))
        with self.store.transaction():
            order.expire_lease(self.store, order_no, self.clock.now())

    def clock_jumps_back(self, order_no: str, terminal: str) -> None:
        self.clock.move(timedelta(minutes=-9))
        self.clock_jumps_on(order_no, terminal)

    def cancel(self, order_no: str, _terminal: str) -> None:
        with self.store.transaction():
            order.cancel(self.store, order_no, ("officer",), self.clock.now())

    def give_up(self, _order_no: str, name: str) -> None:
        for row in self.terminals[name].log.open():
            if row.phase is Phase.PREP and self.terminals[name].up:
                self.end(name, row, Phase.DEAD)

    def crash(self, _order_no: str, name: str) -> None:
        self.terminals[name].up = False

    def power_cut(self, order_no: str, name: str) -> None:
        """The printer goes too, and forgets its jobs."""
        self.crash(order_no, name)
        self.terminals[name].jobs.clear()

    @precondition(lambda self: self.any("prepare"))
    @rule(data=st.data())
    def authorize(self, data: st.DataObject) -> None:
        message = self.drawn(data, "prepare")
        try:
            with self.store.transaction():
                order.authorize(
                    self.store, message.order_no, message.fence, message.terminal, message.blank, self.clock.now()
                )
        except Failure:
            return
        self.say(replace(message, kind="go"))

    @precondition(lambda self: self.any("outcome"))
    @rule(data=st.data())
    def hear(self, data: st.DataObject) -> None:
        message = self.drawn(data, "outcome")
        assert message.outcome is not None
        with self.store.transaction():
            order.outcome(
                self.store,
                message.order_no,
                message.fence,
                message.terminal,
                message.blank,
                message.outcome,
                self.clock.now(),
            )

    @precondition(lambda self: self.in_state(OrderState.UNKNOWN))
    @rule(data=st.data())
    def two_people_look(self, data: st.DataObject) -> None:
        order_no = data.draw(st.sampled_from(self.in_state(OrderState.UNKNOWN)))
        found = self.store.orders[order_no]
        mine = [sheet for sheet in self.sheets if (sheet.order_no, sheet.fence) == (order_no, found.fence)]
        finding = Finding.UNTOUCHED if not mine else Finding.PRINTED if mine[0].good else Finding.SPOILED
        with self.store.transaction():
            order.settle(self.store, order_no, found.fence, finding, ("one", "two"), self.clock.now())

    # what a terminal does

    @precondition(lambda self: self.any("offer"))
    @rule(data=st.data())
    def prepare(self, data: st.DataObject) -> None:
        message = self.drawn(data, "offer")
        log = self.terminals[message.terminal].log
        if not self.terminals[message.terminal].up:
            return
        try:
            # The list of blanks may be an old one: any number of its range that its own journal does not hold.
            blank = next_blank(data.draw(st.permutations(list(RANGES[message.terminal].numbers())))[:2], log.held())
            log.prepare(Attempt(message.order_no, message.fence, blank, Phase.PREP))
        except Failure:
            return
        self.say(replace(message, kind="prepare", blank=blank))

    @precondition(lambda self: self.any("go"))
    @rule(data=st.data())
    def start(self, data: st.DataObject) -> None:
        message = self.drawn(data, "go")
        terminal = self.terminals[message.terminal]
        row = terminal.log.rows.get((message.order_no, message.fence))
        if not terminal.up or row is None or row.blank != message.blank:
            return
        try:
            terminal.log.start(row, "digest")
        except HouseFailure:
            assert row.phase is not Phase.PREP

    @precondition(lambda self: self.all_started())
    @rule(name=terminals)
    def create_job(self, name: str) -> None:
        for row in self.started(name):
            if row.job_id is None and not self.named(name, row):
                self.job_ids += 1
                self.terminals[name].jobs[self.job_ids] = Job(self.job_ids, row.job_name, JobState.HELD, (), 0)
                self.terminals[name].papers[row.job_name] = row.blank

    @precondition(lambda self: self.all_started())
    @rule(name=terminals)
    def write_job(self, name: str) -> None:
        for row in self.started(name):
            for job in self.named(name, row):
                if row.job_id is None:
                    self.terminals[name].log.job_known(row, job.id)

    @precondition(lambda self: self.all_started())
    @rule(name=terminals)
    def send(self, name: str) -> None:
        for row in self.started(name):
            job = self.terminals[name].jobs.get(row.job_id or 0)
            if job is not None and job.state is JobState.HELD:
                self.terminals[name].jobs[job.id] = replace(job, state=JobState.PROCESSING)

    @precondition(lambda self: self.all_started())
    @rule(name=terminals)
    def observe(self, name: str) -> None:
        for row in self.started(name):
            job = self.terminals[name].jobs.get(row.job_id or 0)
            if row.job_id is not None and (job is None or job.state.ended):
                self.end(name, row, judge(job, row.job_name))

    @precondition(lambda self: self.down())
    @rule(name=terminals)
    def boot(self, name: str) -> None:
        terminal = self.terminals[name]
        if terminal.up:
            return
        terminal.up = True
        for row in terminal.log.open():
            if row.phase is Phase.PREP:
                self.end(name, row, Phase.DEAD)
            elif row.job_id is None and not self.named(name, row):
                self.end(name, row, Phase.UNKNOWN)
            elif row.job_id is None:
                terminal.log.job_known(row, self.named(name, row)[0].id)

    # what a printer does, by itself

    @precondition(lambda self: self.printing())
    @rule(name=terminals, fate=st.sampled_from(["good", "jam", "abort"]))
    def print_it(self, name: str, fate: str) -> None:
        for job in list(self.terminals[name].jobs.values()):
            if job.state is not JobState.PROCESSING:
                continue
            order_no, fence = job.name.split(":")
            if fate != "abort":
                blank = self.terminals[name].papers[job.name]
                self.sheets.append(Sheet(order_no, int(fence), blank, fate == "good"))
            ended = {
                "good": replace(job, state=JobState.COMPLETED, impressions=1),
                "jam": replace(job, state=JobState.ABORTED, impressions=0, reasons=("media-jam",)),
                "abort": replace(job, state=JobState.ABORTED, impressions=0),
            }
            self.terminals[name].jobs[job.id] = ended[fate]

    @invariant()
    def holds(self) -> None:
        logs = {name: terminal.log for name, terminal in self.terminals.items()}
        up = [name for name, terminal in self.terminals.items() if terminal.up]
        check(self.store, logs, up, self.sheets)

    def say(self, message: Message) -> None:
        if message not in self.messages:
            self.messages.append(message)

    def any(self, kind: str) -> bool:
        return any(message.kind == kind for message in self.messages)

    def drawn(self, data: st.DataObject, kind: str) -> Message:
        """Mostly the newest: walks that only hear old news get nowhere."""
        found = [message for message in reversed(self.messages) if message.kind == kind]
        return found[min(data.draw(st.integers(0, 3)), data.draw(st.integers(0, len(found) - 1)), len(found) - 1)]

    def in_state(self, state: OrderState) -> list[str]:
        return [found.order_no for found in self.store.orders.values() if found.state is state]

    def all_started(self) -> list[Attempt]:
        return [row for name in TERMINALS for row in self.started(name)]

    def down(self) -> bool:
        return not all(terminal.up for terminal in self.terminals.values())

    def printing(self) -> bool:
        jobs = [job for terminal in self.terminals.values() for job in terminal.jobs.values()]
        return any(job.state is JobState.PROCESSING for job in jobs)

    def started(self, name: str) -> list[Attempt]:
        terminal = self.terminals[name]
        return [row for row in terminal.log.open() if terminal.up and row.phase is Phase.START]

    def named(self, name: str, row: Attempt) -> list[Job]:
        return [job for job in self.terminals[name].jobs.values() if job.name == row.job_name]

    def end(self, name: str, row: Attempt, phase: Phase) -> None:
        self.terminals[name].log.end(row, phase, Notice("print.outcome", ""))
        self.say(Message("outcome", name, row.order_no, row.fence, row.blank, told(phase)))


class TestProtocol(Protocol.TestCase):
    settings = settings(max_examples=150, stateful_step_count=60)
