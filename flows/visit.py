"""One person's visit as an immutable value, and the lobby: what the terminal knows before anyone has come.

A visit hides itself in ``repr``. When it is over nothing of the person is left in it; the next one is ``new_visit``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from core.catalogue import ServiceItem
from core.people import IdCard
from core.settings import Idle
from core.wire import CheckAsk, CheckTold, HelloTold, LicencesTold, Outcome, Route, Stroke, SubmitAsk, WatchTold
from core.words import Language
from flows.guide import Place, place
from flows.notice import Notice
from flows.prefill import Sources
from flows.requests import Request


class Step(StrEnum):
    HOME = "home"
    GUIDE = "guide"
    ENDING = "ending"
    NO_PRINT = "no_print"
    NOTICE = "notice"
    CARD = "card"
    FETCH = "fetch"
    FORM = "form"
    MATERIALS = "materials"
    CHECK = "check"
    NO_PRINT_LATE = "no_print_late"
    PLEDGE = "pledge"
    SIGN = "sign"
    REVIEW = "review"
    SUBMIT = "submit"
    DECIDING = "deciding"
    PRINTING = "printing"
    TAKE = "take"
    RECEIVED = "received"
    RATE = "rate"
    GOODBYE = "goodbye"
    TROUBLE = "trouble"
    OVER = "over"


class Asking(StrEnum):
    """What lies over the screen: are you still there, do you want to leave, staff are coming."""

    IDLE = "idle"
    LEAVE = "leave"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Lobby:
    """What does not belong to any visit. ``printer``: failure code or ``None``; ``away``: why the centre cannot be asked."""

    items: Mapping[str, ServiceItem]
    notice: Notice
    idle: Idle = field(default_factory=Idle)
    told: HelloTold | None = None
    away: str | None = None
    printer: str | None = None
    asked_at: datetime | None = None

    def offers(self, item: ServiceItem) -> bool:
        return self.told is not None and any((o.id, o.version) == (item.id, item.version) for o in self.told.items)

    def stops_printing(self, item: ServiceItem) -> str | None:
        """Code of what keeps this item's certificate from being printed here now, or ``None``."""
        printer = None if self.printer == "PRINTER_BUSY" else self.printer  # it will be free in time
        if printer is None and self.told is not None and self.told.stock.get(item.certificate.stock, 0) < 1:
            return "BLANKS_OUT"
        return printer

    def but(self, **changes: object) -> Lobby:
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Checked:
    ask: CheckAsk
    told: CheckTold

    def __repr__(self) -> str:
        return "Checked(…)"


@dataclass(frozen=True, slots=True, repr=False)
class Signature:
    """Made at ``at`` over the document with this digest; worth nothing for any other document."""

    document: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Submission:
    """It was sent; until a case number comes back it may or may not have arrived."""

    key: str
    ask: SubmitAsk


@dataclass(frozen=True, slots=True)
class Printing:
    order_no: str
    stage: str = "preparing"
    blank: str = ""
    failure: str | None = None
    outcome: Outcome | None = None
    staff_called: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """``at``: the step that failed and that a retry enters again. ``request``: class name of what failed."""

    code: str
    at: Step
    request: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Visit:
    """``pending``: class name of the request whose answer this step waits for; ``stale``: those whose answer nobody wants any
    more; ``wanted``: what is asked as soon as the stale answer has come. ``refusals``: submissions the centre refused.
    ``trouble`` is set exactly while the step is ``TROUBLE``. ``former``: number of the card before; another person does not inherit what was typed.
    """

    number: int
    ulid: str
    lobby: Lobby
    now: datetime
    touched_at: datetime
    entered_at: datetime
    step: Step = Step.HOME
    language: Language = Language.ZH
    elder: bool = False
    asking: Asking | None = None
    asked_at: datetime | None = None
    trouble: Trouble | None = None
    pending: str = ""
    stale: frozenset[str] = frozenset()
    wanted: Request | None = None

    item_id: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    print_elsewhere: bool = False
    ticks: frozenset[str] = frozenset()

    card: IdCard | None = None
    former: str = ""
    card_on_reader: bool = False
    card_failure: str | None = None
    card_tries: int = 0
    trx: str = ""
    consented: str = ""
    library: LicencesTold | None = None

    typed: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    editing: str | None = None
    checked: Checked | None = None
    route: Route | None = None
    strokes: tuple[Stroke, ...] = ()
    signature: Signature | None = None
    submission: Submission | None = None
    refusals: int = 0

    case_no: str = ""
    case: WatchTold | None = None
    withdrawn: bool = False
    printing: Printing | None = None
    receipts: tuple[tuple[str, str], ...] = ()
    level: int | None = None
    reasons: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"Visit({self.number}, {self.step})"

    @property
    def over(self) -> bool:
        return self.step is Step.OVER

    @property
    def item(self) -> ServiceItem:
        return self.lobby.items[self.item_id]

    @property
    def guide(self) -> Place:
        return place(self.item, dict(self.answers))

    @property
    def situation(self) -> str:
        return self.guide.name if self.guide.kind == "situation" else ""

    @property
    def sources(self) -> Sources:
        return Sources(self.card, self.library.licences if self.library else (), dict(self.answers))

    @property
    def sent(self) -> bool:
        """Whether an application has left the terminal: from here on there is no way back, and nothing may be lost."""
        return self.submission is not None or bool(self.case_no)

    def but(self, **changes: object) -> Visit:
        """The same visit with some things different."""
        return replace(self, **changes)  # type: ignore[arg-type]


def new_visit(number: int, ulid: str, now: datetime, lobby: Lobby) -> Visit:
    """The empty visit: a start screen, nobody there yet. ``ulid`` must be new for every visit."""
    return Visit(number=number, ulid=ulid, lobby=lobby, now=now, touched_at=now, entered_at=now)


def emptied(visit: Visit) -> Visit:
    """The same number with nothing of the person left, over for good."""
    return new_visit(visit.number, "", visit.now, visit.lobby).but(step=Step.OVER)
