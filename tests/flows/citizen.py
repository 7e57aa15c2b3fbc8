"""A citizen without a screen, for any item of a catalogue: walks a visit by events and plays the world outside.

People and numbers are invented. ``World`` answers every request at once; a test replaces single answers to break things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from core.catalogue import FieldKind, FormField, ServiceItem
from core.numbers import uscc_check
from core.people import CardKind, IdCard, Sex
from core.wire import (
    CaseState,
    CertificateTold,
    CheckTold,
    HelloTold,
    Licence,
    LicenceStatus,
    LicencesTold,
    OfferedItem,
    Outcome,
    ReceiptTold,
    Stroke,
    SubmitTold,
    WatchTold,
)
from flows.advance import advance
from flows.application import form_of, mistakes_in_form
from flows.catalogue import load_catalogue
from flows.events import (
    Answered,
    CardCame,
    CaseMoved,
    CheckCame,
    Confirmed,
    ConflictChosen,
    ConsentOpened,
    Event,
    FieldTyped,
    HelloCame,
    ItemChosen,
    LicencesCame,
    NoticeTicked,
    PaperTaken,
    PrinterLooked,
    PrintMoved,
    Rated,
    ReceiptMoved,
    RouteChosen,
    StrokeDrawn,
    SubmitCame,
    Tick,
)
from flows.guide import leaves
from flows.notice import load_notice
from flows.prefill import TYPED
from flows.requests import Request
from flows.visit import Lobby, Step, Visit, new_visit

CONFIG = Path(__file__).resolve().parents[2] / "config"
CATALOGUE = load_catalogue(CONFIG / "catalogue")
HEALTH = "public_place_health_licence"
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ULID = "01JD9ZXW000000000000000001"
TRX = "01JD9ZXW00000000000000TRX1"
CASE_NO = "110101-2026-000001"
ORDER_NO = "PO-000001"
NUMBER = "110101190001010014"
CARD = IdCard(
    kind=CardKind.RESIDENT,
    name="测试甲",
    number=NUMBER,
    sex=Sex.MALE,
    birth=date(1900, 1, 1),
    valid_from=date(2020, 1, 1),
    valid_to=None,
    nation="汉",
    address="东城区测试胡同 1 号",
    issuer="测试公安局",
)
SIGNATURE = (
    Stroke(points=((100, 300), (300, 320), (420, 700), (200, 760))),
    Stroke(points=((520, 250), (700, 260), (690, 720))),
)
FACES = {"uscc": "91110101MA0TEST0A", "legal_rep": "测试甲", "name": "东城区测试理发店"}


def uscc() -> str:
    return "91110101MA0TEXT0A" + uscc_check("91110101MA0TEXT0A")


def face_value(key: str) -> str:
    known = {
        "uscc": uscc(),
        "legal_rep": CARD.name,
        "name": "东城区测试理发店",
        "floor_area": "68.5",
        "domicile": "东城区测试路 8 号",
        "premises": "东城区测试路 8 号",
    }
    return known.get(key, f"测试{key}")


def hello(items: Iterable[ServiceItem] = CATALOGUE.values(), stock: int = 20, **changes: Any) -> HelloTold:
    items = tuple(items)
    told = HelloTold(
        terminal="T-0001",
        place="东城区测试政务服务中心",
        region="110101",
        agency="东城区测试行政审批服务局",
        phone="010-00000000",
        items=tuple(OfferedItem(id=item.id, version=item.version) for item in items),
        stock={item.certificate.stock: stock for item in items},
        now=NOON,
    )
    return told.model_copy(update=changes)


def lobby(items: dict[str, ServiceItem] | None = None, **changes: Any) -> Lobby:
    items = items or CATALOGUE
    made = Lobby(items=items, notice=load_notice(CONFIG / "languages/notice.yaml"), told=hello(items.values()))
    return made.but(**changes)


def licences_for(item: ServiceItem, **faces: dict[str, str]) -> LicencesTold:
    """One valid licence of every type the item names, with every face key its fields read; ``faces`` overrides."""
    keys: dict[str, dict[str, str]] = {kind.id: {} for kind in item.licences}
    for source in (source for field in item.fields for source in field.sources if source.startswith("licence.")):
        _, kind, key = source.split(".", 2)
        keys[kind][key] = face_value(key)
    held = tuple(licence(kind.id, {**keys[kind.id], **faces.get(kind.id, {})}) for kind in item.licences)
    return LicencesTold(use_id=TRX, licences=held, refused=())


def licence(kind: str, face: dict[str, str], status: LicenceStatus = LicenceStatus.VALID) -> Licence:
    return Licence(
        type=kind,
        identifier=f"1.2.156.3005.2.{kind}",
        number=f"测试-{kind}",
        issuer="东城区测试市场监督管理局",
        issued_on=date(2025, 1, 1),
        expires_on=None,
        status=status,
        face=face,
        fetched_at=NOON,
    )


def watch(item: ServiceItem, state: CaseState, version: int = 2, **changes: Any) -> WatchTold:
    sealed = state in (CaseState.SEALED, CaseState.PRINTED, CaseState.PRINT_UNKNOWN)
    certificate = CertificateTold(
        number=item.certificate.number_format.format(year=2026, serial=1),
        identifier="1.2.156.3005.2.TEST",
        verify_code="TEST-CODE",
        valid_from=date(2026, 11, 22),
        valid_to=date(2030, 11, 21),
    )
    told = WatchTold(
        case_no=CASE_NO,
        state=state,
        version=version,
        order_no=ORDER_NO if sealed else None,
        certificate=certificate if sealed else None,
        receipts=(ReceiptTold(kind="intake_receipt", number="R-1", title="收件凭证", pdf=b"JVBERi0="),),
        make_good_by=date(2027, 1, 21),
    )
    return told.model_copy(update=changes)


Answer = Callable[[Visit, Any], Sequence[Event]]


def printed(visit: Visit) -> Sequence[Event]:
    stages = [PrintMoved(visit.number, stage, blank="A0000001") for stage in ("preparing", "sent", "printing")]
    return [*stages, PrintMoved(visit.number, "ended", Outcome.PRINTED, "A0000001")]


def willing_world() -> dict[str, Answer]:
    """Request class name → the events that answer it when all goes well."""
    return {
        "SayHello": lambda visit, _: [HelloCame(hello(visit.lobby.items.values()))],
        "LookAtPrinter": lambda visit, _: [PrinterLooked(visit.number, None)],
        "ReadCard": lambda visit, _: [CardCame(visit.number, CARD)],
        "OpenConsent": lambda visit, _: [ConsentOpened(visit.number, TRX)],
        "FetchLicences": lambda visit, _: [LicencesCame(visit.number, licences_for(visit.item))],
        "CheckApplication": lambda visit, _: [
            CheckCame(visit.number, CheckTold(pledge_refused=None, print_refused=None))
        ],
        "Submit": lambda visit, _: [SubmitCame(visit.number, SubmitTold(case_no=CASE_NO, state=CaseState.ACCEPTED))],
        "WatchCase": lambda visit, asked: [CaseMoved(visit.number, _next_state(visit, asked.seen))],
        "PrintOrder": lambda visit, _: printed(visit),
        "PrintReceipt": lambda visit, asked: [ReceiptMoved(visit.number, asked.kind, "printed")],
        "PrintNotNeeded": lambda visit, _: [ReceiptMoved(visit.number, "not_needed", "printed")],
    }


def _next_state(visit: Visit, seen: int) -> WatchTold:
    if visit.submission is not None and visit.submission.ask.route.value == "normal":
        return watch(visit.item, CaseState.NORMAL, seen + 1)
    states = (CaseState.ACCEPTED, CaseState.DECIDED, CaseState.SEALED)
    return watch(visit.item, states[min(seen, 2)], seen + 1)


class Walk:
    """A visit under way. ``requests`` holds all that were ever made, in order."""

    def __init__(self, item: str = HEALTH, at: Lobby | None = None, number: int = 7) -> None:
        self.visit = new_visit(number, ULID, NOON, at or lobby())
        self.item_id = item
        self.world = willing_world()
        self.requests: list[Request] = []
        self._open: list[Request] = []

    def send(self, *events: Event) -> Walk:
        """Send events; afterwards the world answers what was asked, until nothing is open."""
        for event in events:
            self._advance(event)
            self.settle()
        return self

    def settle(self) -> None:
        while self._open:
            request = self._open.pop(0)
            answer = self.world.get(type(request).__name__)
            for event in answer(self.visit, request) if answer else ():
                self._advance(event)

    def _advance(self, event: Event) -> None:
        self.visit, made = advance(self.visit, event)
        self.requests += made
        self._open += made

    def wait(self, seconds: float) -> Walk:
        return self.send(Tick(self.visit.now + timedelta(seconds=seconds)))

    def asked(self, name: str) -> list[Any]:
        return [request for request in self.requests if type(request).__name__ == name]

    @property
    def step(self) -> Step:
        return self.visit.step

    @property
    def item(self) -> ServiceItem:
        return self.visit.lobby.items[self.item_id]

    # --- the way ------------------------------------------------------------------------------------

    def to_guide(self) -> Walk:
        return self.send(ItemChosen(self.item_id))

    def answer(self, answers: dict[str, str] | None = None) -> Walk:
        """Answer the guide; the first way that leads to a situation if not told otherwise."""
        way = answers or next(given for given, end in leaves(self.item) if end.kind == "situation")
        for question, answer in way.items():
            self.send(Answered(question, answer))
        return self

    def to_notice(self, answers: dict[str, str] | None = None) -> Walk:
        return self.to_guide().answer(answers)

    def agree(self) -> Walk:
        ticks = (NoticeTicked(tick.id, True) for tick in self.visit.lobby.notice.ticks)
        return self.send(*ticks, Confirmed())

    def to_form(self, answers: dict[str, str] | None = None) -> Walk:
        return self.to_notice(answers).agree()

    def fill(self) -> Walk:
        """Settle every conflict with its first source, type whatever is missing. Nothing, if the form was not reached."""
        if self.step is not Step.FORM:
            return self
        for filled in form_of(self.visit):
            if filled.open:
                self.send(ConflictChosen(filled.field.id, filled.offers[0].source))
        while mistakes := mistakes_in_form(form_of(self.visit)):
            field = self.item.field(next(iter(mistakes)))
            assert TYPED in field.sources, (field.id, mistakes)
            self.send(FieldTyped(field.id, plausible(field)))
        return self

    def to_pledge(self, answers: dict[str, str] | None = None) -> Walk:
        return self.to_form(answers).fill().send(Confirmed(), Confirmed())

    def to_sign(self, pledge: bool = True, answers: dict[str, str] | None = None) -> Walk:
        return self.to_pledge(answers).send(RouteChosen(pledge))

    def sign(self) -> Walk:
        return self.send(*map(StrokeDrawn, SIGNATURE), Confirmed())

    def to_review(self, pledge: bool = True, answers: dict[str, str] | None = None) -> Walk:
        return self.to_sign(pledge, answers).sign()

    def to_end(self, pledge: bool = True, answers: dict[str, str] | None = None) -> Walk:
        """Up to the rating."""
        return self.to_review(pledge, answers).send(Confirmed(), PaperTaken())

    def home(self) -> Walk:
        return self.send(Rated(5), Confirmed(), Confirmed())


def plausible(field: FormField) -> str:
    match field.kind:
        case FieldKind.PHONE:
            return "13800000000"
        case FieldKind.NUMBER:
            return str(field.least or 1)
        case FieldKind.CHOICE:
            return field.options[0].id
        case FieldKind.MULTI:
            return ",".join(option.id for option in field.options[:2])
        case FieldKind.RESIDENT_NUMBER:
            return NUMBER
        case FieldKind.USCC:
            return uscc()
    return "测试文字"
