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
from core.failures import BlanksOut, Failure, HouseFailure, NotPrinted
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
MISCHIEF = (
    "clock_jumps_on",
    "clock_jumps_back",
    "cancel",
    "offered",
    "give_up",
    "crash",
    "power_cut",
    "printer_restarts",
)
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
    """``papers``: job name → the blank that lies on top when it prints. ``sent``: a document goes out once."""

    log: ReferenceLog
    up: bool = True
    jobs: dict[int, Job] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    sent: set[int] = field(default_factory=set)


class Protocol(RuleBasedStateMachine):
    @initialize()
    def lay(self) -> None:
        self.store, self.clock = ReferenceStore(), MovedClock(datetime(2026, 1, 1, tzinfo=UTC))
        self.said: list[Message] = []
        self.unheard: list[Message] = []
        self.sheets: list[Sheet] = []
        self.job_ids = 0
        self.terminals = {name: Terminal(ReferenceLog(lambda _: None)) for name in TERMINALS}
        for order_no in ORDERS:
            self.store.add_order(order_no, STOCK)
        for name, loaded in RANGES.items():
            self.store.load(loaded, name)

    # the network

    @precondition(lambda self: self.unheard)
    @rule(data=st.data())
    def message_arrives(self, data: st.DataObject) -> None:
        message = data.draw(st.sampled_from(self.unheard))
        self.unheard.remove(message)
        self.hear(message, data)

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def message_arrives_late_or_again(self, data: st.DataObject) -> None:
        self.hear(data.draw(st.sampled_from(self.said)), data)

    @precondition(lambda self: self.unheard)
    @rule(data=st.data())
    def message_is_lost(self, data: st.DataObject) -> None:
        self.unheard.remove(data.draw(st.sampled_from(self.unheard)))

    def hear(self, message: Message, data: st.DataObject) -> None:
        if message.kind in ("offer", "go") and not self.terminals[message.terminal].up:
            return
        {"offer": self.prepare, "prepare": self.authorize, "go": self.start, "outcome": self.outcome}[message.kind](
            message, data
        )

    def say(self, message: Message) -> None:
        self.unheard.append(message)
        if message not in self.said:
            self.said.append(message)

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

    def authorize(self, message: Message, _: st.DataObject) -> None:
        asked = (message.order_no, message.fence, message.terminal, message.blank)
        try:
            with self.store.transaction():
                order.authorize(self.store, *asked, self.clock.now())
        except (NotPrinted, BlanksOut):
            return
        self.say(replace(message, kind="go"))

    def outcome(self, message: Message, _: st.DataObject) -> None:
        assert message.outcome is not None
        asked = (message.order_no, message.fence, message.terminal, message.blank, message.outcome)
        with self.store.transaction():
            order.outcome(self.store, *asked, self.clock.now())

    @precondition(lambda self: self.in_state(OrderState.UNKNOWN))
    @rule(data=st.data())
    def two_people_look(self, data: st.DataObject) -> None:
        order_no = data.draw(st.sampled_from(self.in_state(OrderState.UNKNOWN)))
        found = self.store.orders[order_no]
        mine = [sheet for sheet in self.sheets if (sheet.order_no, sheet.fence) == (order_no, found.fence)]
        finding = Finding.UNTOUCHED if not mine else Finding.PRINTED if mine[0].good else Finding.SPOILED
        with self.store.transaction():
            order.settle(self.store, order_no, found.fence, finding, ("one", "two"), self.clock.now())

    # what goes wrong

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
        """Seldom: it ends the story of an order before it begins."""
        if self.store.orders[order_no].fence > 1 or self.store.orders[order_no].state is not OrderState.SEALED:
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

    def printer_restarts(self, _order_no: str, name: str) -> None:
        self.terminals[name].jobs.clear()

    # what a terminal does

    def prepare(self, message: Message, data: st.DataObject) -> None:
        """The list of blanks may be an old one: any numbers of its range, if its own journal does not hold them."""
        log = self.terminals[message.terminal].log
        listed = data.draw(st.permutations(list(RANGES[message.terminal].numbers())))[:2]
        try:
            blank = next_blank(listed, log.held())
            log.prepare(Attempt(message.order_no, message.fence, blank, Phase.PREP))
        except (BlanksOut, HouseFailure):
            return
        self.say(replace(message, kind="prepare", blank=blank))

    def start(self, message: Message, _: st.DataObject) -> None:
        log = self.terminals[message.terminal].log
        row = log.rows.get((message.order_no, message.fence))
        if row is None or row.blank != message.blank:
            return
        try:
            log.start(row, "digest")
        except HouseFailure:
            assert row.phase is not Phase.PREP

    @precondition(lambda self: self.started())
    @rule(data=st.data())
    def printing_goes_on(self, data: st.DataObject) -> None:
        """The next single step of a started attempt: create, write the handle, send, or see the end."""
        name, row = data.draw(st.sampled_from(self.started()))
        terminal = self.terminals[name]
        named = [job for job in terminal.jobs.values() if job.name == row.job_name]
        if row.job_id is not None:
            self.send_or_see(name, row)
        elif named:
            terminal.log.job_known(row, named[0].id)
        else:
            self.job_ids += 1
            terminal.jobs[self.job_ids] = Job(self.job_ids, row.job_name, JobState.HELD, (), 0)
            terminal.papers[row.job_name] = row.blank

    def send_or_see(self, name: str, row: Attempt) -> None:
        terminal = self.terminals[name]
        job = terminal.jobs.get(row.job_id or 0)
        if job is None or job.state.ended:
            self.end(name, row, judge(job, row.job_name))
        elif job.state is JobState.HELD and row.job_id not in terminal.sent:
            terminal.sent.add(job.id)
            terminal.jobs[job.id] = replace(job, state=JobState.PROCESSING)

    @precondition(lambda self: self.down())
    @rule(data=st.data())
    def boot(self, data: st.DataObject) -> None:
        """As ``kiosk.printd.recovery``: a held job has lost whoever was to send its document, and is cancelled."""
        name = data.draw(st.sampled_from(self.down()))
        terminal = self.terminals[name]
        terminal.up = True
        for row in terminal.log.open():
            jobs = [job for job in terminal.jobs.values() if job.name == row.job_name]
            for job in jobs:
                if job.state is JobState.HELD:
                    terminal.jobs[job.id] = replace(job, state=JobState.CANCELED)
            if row.phase is Phase.PREP:
                self.end(name, row, Phase.DEAD)
            elif not jobs:
                self.end(name, row, Phase.UNKNOWN)
            elif row.job_id is None:
                terminal.log.job_known(row, jobs[0].id)

    # what a printer does, by itself

    @precondition(lambda self: self.printing())
    @rule(data=st.data(), fate=st.sampled_from(["good", "jam", "abort"]))
    def sheet_comes_out(self, data: st.DataObject, fate: str) -> None:
        name, job = data.draw(st.sampled_from(self.printing()))
        order_no, fence = job.name.split(":")
        if fate != "abort":
            self.sheets.append(Sheet(order_no, int(fence), self.terminals[name].papers[job.name], fate == "good"))
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

    def in_state(self, state: OrderState) -> list[str]:
        return [found.order_no for found in self.store.orders.values() if found.state is state]

    def started(self) -> list[tuple[str, Attempt]]:
        up = [(name, terminal.log) for name, terminal in self.terminals.items() if terminal.up]
        return [(name, row) for name, log in up for row in log.open() if row.phase is Phase.START]

    def down(self) -> list[str]:
        return [name for name, terminal in self.terminals.items() if not terminal.up]

    def printing(self) -> list[tuple[str, Job]]:
        jobs = [(name, job) for name, terminal in self.terminals.items() for job in terminal.jobs.values()]
        return [(name, job) for name, job in jobs if job.state is JobState.PROCESSING]

    def end(self, name: str, row: Attempt, phase: Phase) -> None:
        self.terminals[name].log.end(row, phase, Notice("print.outcome", ""))
        self.say(Message("outcome", name, row.order_no, row.fence, row.blank, told(phase)))


class TestProtocol(Protocol.TestCase):
    settings = settings(max_examples=150, stateful_step_count=60)
