"""What happened: touches of the person, answers from outside, and the passing of time.

Answers carry the number of the visit they belong to; one that comes late, for a visit that is over, is dropped. Events with
personal data in them hide it in ``repr``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.people import IdCard
from core.wire import CheckTold, HelloTold, LicencesTold, Outcome, Stroke, SubmitTold, WatchTold, WithdrawTold
from core.words import Language

# --- touches ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: Language


@dataclass(frozen=True, slots=True)
class ElderSwitched:
    on: bool


@dataclass(frozen=True, slots=True)
class ItemChosen:
    item: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A guide question was answered."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class PrintSheetPressed:
    """Print the explanation of a "you need nothing" ending."""


@dataclass(frozen=True, slots=True)
class NoticeTicked:
    tick: str
    on: bool


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The forward button of the present step."""


@dataclass(frozen=True, slots=True)
class FieldOpened:
    field: str


@dataclass(frozen=True, slots=True, repr=False)
class FieldTyped:
    """The finished value of a field; MULTI values are option ids joined by commas."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class FieldClosed:
    """The editor was left without a change."""


@dataclass(frozen=True, slots=True)
class ConflictChosen:
    field: str
    source: str


@dataclass(frozen=True, slots=True)
class RouteChosen:
    """``pledge`` or ``normal``: two ways of equal weight."""

    pledge: bool


@dataclass(frozen=True, slots=True)
class WithdrawPressed:
    """Take the application back; possible until the decision is made."""


@dataclass(frozen=True, slots=True, repr=False)
class StrokeDrawn:
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class StrokeUndone:
    pass


@dataclass(frozen=True, slots=True)
class StrokesCleared:
    pass


@dataclass(frozen=True, slots=True)
class PaperTaken:
    """The person says they hold the certificate."""


@dataclass(frozen=True, slots=True)
class Rated:
    level: int


@dataclass(frozen=True, slots=True)
class ReasonTicked:
    reason: str
    on: bool


@dataclass(frozen=True, slots=True)
class RatingSkipped:
    pass


@dataclass(frozen=True, slots=True)
class BackPressed:
    pass


@dataclass(frozen=True, slots=True)
class HomePressed:
    """Leave: before submit the visit is wiped, after submit nothing is lost."""


@dataclass(frozen=True, slots=True)
class HelpPressed:
    pass


@dataclass(frozen=True, slots=True)
class HelpClosed:
    pass


@dataclass(frozen=True, slots=True)
class StayPressed:
    """ "I am still here"."""


@dataclass(frozen=True, slots=True)
class RetryPressed:
    pass


@dataclass(frozen=True, slots=True)
class Touched:
    """Any touch at all: the person is still here."""


# --- answers from outside -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HelloCame:
    """The centre told what this terminal may do; not part of any visit."""

    told: HelloTold


@dataclass(frozen=True, slots=True)
class PrinterLooked:
    """What stops a certificate now (failure code), or ``None``."""

    visit: int
    failure: str | None


@dataclass(frozen=True, slots=True)
class CardCame:
    visit: int
    card: IdCard


@dataclass(frozen=True, slots=True)
class CardLifted:
    visit: int


@dataclass(frozen=True, slots=True)
class ConsentOpened:
    """``waiting``: an earlier case of this person whose certificate is granted and not printed yet."""

    visit: int
    trx: str
    waiting: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class LicencesCame:
    visit: int
    told: LicencesTold


@dataclass(frozen=True, slots=True)
class CheckCame:
    visit: int
    told: CheckTold


@dataclass(frozen=True, slots=True)
class SubmitCame:
    visit: int
    told: SubmitTold


@dataclass(frozen=True, slots=True)
class WithdrawCame:
    visit: int
    told: WithdrawTold


@dataclass(frozen=True, slots=True, repr=False)
class CaseMoved:
    visit: int
    told: WatchTold


@dataclass(frozen=True, slots=True)
class PrintMoved:
    """``stage``: preparing, sent, printing, or ended with an ``outcome``. ``failure``: what holds the print up, if anything."""

    visit: int
    stage: str
    outcome: Outcome | None = None
    blank: str = ""
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class ReceiptMoved:
    """``outcome``: printed, not_printed, unknown."""

    visit: int
    kind: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A request could not be done. ``request`` is its class name, ``code`` a failure code."""

    visit: int
    request: str
    code: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passes; about twice a second. The only source of time in a visit."""

    at: datetime


Event = (
    LanguageChosen
    | ElderSwitched
    | ItemChosen
    | Answered
    | PrintSheetPressed
    | NoticeTicked
    | Confirmed
    | FieldOpened
    | FieldTyped
    | FieldClosed
    | ConflictChosen
    | RouteChosen
    | WithdrawPressed
    | StrokeDrawn
    | StrokeUndone
    | StrokesCleared
    | PaperTaken
    | Rated
    | ReasonTicked
    | RatingSkipped
    | BackPressed
    | HomePressed
    | HelpPressed
    | HelpClosed
    | StayPressed
    | RetryPressed
    | Touched
    | HelloCame
    | PrinterLooked
    | CardCame
    | CardLifted
    | ConsentOpened
    | LicencesCame
    | CheckCame
    | SubmitCame
    | WithdrawCame
    | CaseMoved
    | PrintMoved
    | ReceiptMoved
    | Failed
    | Tick
)
