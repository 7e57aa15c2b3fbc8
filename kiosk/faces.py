"""What a screen shows, already in words: frozen values made by ``kiosk.words`` and drawn by ``kiosk.screens``.

A screen holds no text and no rule of its own; it draws its face and sends ``flows.events``. ``tone`` is one of
``plain good warn bad info``; ``icon`` a name of the icon table in ``kiosk.theme``.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.wire import Stroke
from core.words import Language


@dataclass(frozen=True, slots=True)
class StepMark:
    """One dot of the progress line: ``state`` is done, now or ahead."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The bottom bar, always the same: labels and what is allowed now."""

    home: str
    back: str
    language: str
    elder: str
    help: str
    can_home: bool
    can_back: bool
    can_language: bool
    seconds_left: int
    seconds_unit: str
    up: str = ""
    down: str = ""


@dataclass(frozen=True, slots=True)
class Chrome:
    """Everything around a screen's body. ``person`` is masked. ``steps`` is empty on the first screens."""

    place: str
    when: str
    online: bool
    title: str
    person: str
    steps: tuple[StepMark, ...]
    bar: Bar
    language: Language
    elder: bool


@dataclass(frozen=True, slots=True)
class ItemTile:
    item: str
    name: str
    summary: str
    icon: str
    enabled: bool
    why_not: str = ""
    go_label: str = ""


@dataclass(frozen=True, slots=True)
class HomeBody:
    title: str
    subtitle: str
    items_title: str
    items: tuple[ItemTile, ...]
    how_title: str
    how: tuple[str, ...]
    privacy: str
    notice: str
    notice_tone: str


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    label: str
    explain: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class QuestionBody:
    """A guide question. Sends ``Answered(question, choice.id)``."""

    question: str
    ask: str
    why_label: str
    why: str
    choices: tuple[Choice, ...]
    count: str


@dataclass(frozen=True, slots=True)
class EndingBody:
    """You need nothing: sends ``PrintSheetPressed`` or ``HomePressed``."""

    title: str
    text: str
    ground_label: str
    ground: str
    print_label: str
    can_print: bool
    leave_label: str
    message: str = ""
    message_tone: str = "good"


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    text: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick: sends ``NoticeTicked(id, on)``."""

    id: str
    label: str
    on: bool


@dataclass(frozen=True, slots=True)
class NoticeBody:
    title: str
    sections: tuple[Section, ...]
    ticks: tuple[Tick, ...]
    go_label: str
    can_go: bool
    no_label: str


@dataclass(frozen=True, slots=True)
class CardBody:
    """Lay the card down. ``state``: waiting, reading, failed."""

    title: str
    text: str
    hints: tuple[str, ...]
    state: str
    message: str
    tone: str
    retry_label: str
    privacy: str


@dataclass(frozen=True, slots=True)
class BusyBody:
    """Something is being done; ``lines`` tell what already is. With a ``withdraw_label`` a plain button sends ``WithdrawPressed``."""

    title: str
    text: str
    lines: tuple[Section, ...] = ()
    withdraw_label: str = ""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the form. ``source``/``icon``/``tone`` make its tag. ``state``: ok, empty, wrong, conflict."""

    field: str
    label: str
    value: str
    source: str
    icon: str
    tone: str
    state: str
    editable: bool
    error: str = ""
    conflict: tuple[Choice, ...] = ()
    conflict_label: str = ""
    """``conflict`` choices: ``id`` is the source, ``label`` the value, ``explain`` the source's name."""


@dataclass(frozen=True, slots=True)
class Editor:
    """The open field: ``kind`` text, number, phone, choice, multi. ``value`` is what it starts with."""

    field: str
    label: str
    kind: str
    value: str
    example: str
    unit: str
    choices: tuple[Choice, ...]
    done_label: str
    most: int


@dataclass(frozen=True, slots=True)
class FormBody:
    summary: str
    total: str
    rows: tuple[FieldRow, ...]
    editor: Editor | None
    edit_label: str
    go_label: str
    can_go: bool


@dataclass(frozen=True, slots=True)
class MaterialRow:
    name: str
    how: str
    detail: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class MaterialsBody:
    title: str
    summary: str
    rows: tuple[MaterialRow, ...]
    go_label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PledgeBody:
    """The full text and both ways side by side: sends ``RouteChosen``. ``offered`` False: only the normal way, with ``why_not``."""

    title: str
    subject: str
    conditions_label: str
    conditions: tuple[str, ...]
    clauses_label: str
    clauses: tuple[str, ...]
    deadline_days: str
    deadline_title: str
    deadline_text: str
    consequences: tuple[str, ...]
    withdraw: str
    offered: bool
    why_not: str
    pledge_label: str
    pledge_text: str
    normal_label: str
    normal_text: str
    choose_label: str
    equal_label: str


@dataclass(frozen=True, slots=True)
class SignBody:
    """Sign with the finger over what is signed. Sends ``StrokeDrawn``, ``StrokeUndone``, ``StrokesCleared``, ``Confirmed``."""

    title: str
    lines: tuple[str, ...]
    digest_label: str
    digest: str
    box_label: str
    signer: str
    strokes: tuple[Stroke, ...]
    undo_label: str
    clear_label: str
    state: str
    can_go: bool
    go_label: str
    note: str
    consequence: str = ""


@dataclass(frozen=True, slots=True)
class ReviewBody:
    """Everything once more before it is handed in."""

    title: str
    rows: tuple[FieldRow, ...]
    facts: tuple[Section, ...]
    go_label: str
    warning: str
    tone: str = "info"


@dataclass(frozen=True, slots=True)
class Stage:
    """``state``: done, now, ahead, bad."""

    label: str
    detail: str
    state: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class PrintingBody:
    """``sheet``: the certificate's preview lines (label, value). Never says printed before it is."""

    title: str
    text: str
    certificate_title: str
    certificate: tuple[tuple[str, str], ...]
    blank_label: str
    blank: str
    stages: tuple[Stage, ...]
    hint_title: str
    hint: str
    tone: str


@dataclass(frozen=True, slots=True)
class TakeBody:
    """The sheet is out: take it, take the card. Sends ``PaperTaken``. ``out``: there is a certificate in the slot."""

    title: str
    text: str
    facts: tuple[Section, ...]
    card_text: str
    go_label: str
    out: bool = True
    card_there: bool = True


@dataclass(frozen=True, slots=True)
class RateBody:
    """Sends ``Rated``, ``ReasonTicked``, ``Confirmed``, ``RatingSkipped``."""

    title: str
    text: str
    levels: tuple[Choice, ...]
    reasons_title: str
    reasons: tuple[Tick, ...]
    go_label: str
    can_go: bool
    skip_label: str


@dataclass(frozen=True, slots=True)
class GoodbyeBody:
    title: str
    lines: tuple[Section, ...]
    leave_label: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: ``id`` retry, home, help, normal."""

    id: str
    label: str
    text: str
    icon: str


@dataclass(frozen=True, slots=True)
class TroubleBody:
    """Something went wrong: what, what is safe, what to do. ``code`` is for the technician, small."""

    title: str
    text: str
    icon: str
    kept: tuple[str, ...]
    keep_label: str
    keep_code: str
    ways_title: str
    ways: tuple[Way, ...]
    code: str


Body = (
    HomeBody
    | QuestionBody
    | EndingBody
    | NoticeBody
    | CardBody
    | BusyBody
    | FormBody
    | MaterialsBody
    | PledgeBody
    | SignBody
    | ReviewBody
    | PrintingBody
    | TakeBody
    | RateBody
    | GoodbyeBody
    | TroubleBody
)


@dataclass(frozen=True, slots=True)
class Overlay:
    """Over any screen: ``kind`` stay ("are you still there?") or help (staff called)."""

    kind: str
    title: str
    text: str
    seconds: int
    stay_label: str
    leave_label: str


@dataclass(frozen=True, slots=True)
class Face:
    chrome: Chrome
    body: Body
    overlay: Overlay | None = None
