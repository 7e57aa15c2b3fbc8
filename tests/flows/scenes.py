"""Visits that between them reach every face a person can see, for whoever wants to look at all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from core.failures import every_failure
from core.people import CardKind
from core.wire import CaseState, CheckTold, Outcome, Stroke, WithdrawTold
from core.words import Language
from flows import events
from flows.visit import Step, Visit
from tests.flows.citizen import CARD, Walk, licences_for, lobby, watch

CODES = tuple(sorted(every_failure()))
SMALL_BARBER = {"venue": "hair", "hair_shop": "none"}
UPSTAIRS = "东城区测试路 8 号 2 层"


class Recorded(Walk):
    """Keeps every value the visit ever had."""

    def __init__(self, **changes: object) -> None:
        super().__init__(at=lobby(**changes))
        self.seen: list[Visit] = [self.visit]

    def _advance(self, event: events.Event) -> None:
        super()._advance(event)
        self.seen.append(self.visit)

    def tells(self, request: str, *answers: Callable[[int], events.Event]) -> Recorded:
        """Answer a kind of request by these events instead; each gets the visit's number."""
        self.world[request] = lambda visit, _: [answer(visit.number) for answer in answers]
        return self

    def fails(self, request: str, code: str) -> Recorded:
        return self.tells(request, lambda number: events.Failed(number, request, code))


def _way(route: bool = True) -> Iterator[Recorded]:
    yield Recorded().to_end(pledge=route).send(events.Rated(1), events.ReasonTicked("other", True), events.Confirmed())
    yield (
        Recorded()
        .to_review(route)
        .send(events.Confirmed(), events.CardLifted(7), events.PaperTaken(), events.RatingSkipped())
    )


def _start() -> Iterator[Recorded]:
    yield Recorded(told=None).wait(0.1)
    yield Recorded(away="CENTRE_AWAY")
    yield Recorded(printer="PAPER_OUT")
    yield Recorded().send(events.ElderSwitched(True), events.LanguageChosen(Language.EN))
    walk = Recorded()
    walk.visit = walk.visit.but(lobby=lobby(told=walk.visit.lobby.told.model_copy(update={"items": (), "stock": {}})))
    yield walk.wait(0)
    for outcome in ("printed", "not_printed", "unknown"):
        walk = Recorded().tells("PrintNotNeeded", lambda n, o=outcome: events.ReceiptMoved(n, "not_needed", o))
        yield walk.to_notice({"venue": "eating"}).send(events.PrintSheetPressed())


def _card() -> Iterator[Recorded]:
    yield Recorded().fails("ReadCard", "CARD_MOVED").to_form()
    walk = Recorded()
    walk.world["ReadCard"] = lambda visit, _: [
        events.CardCame(visit.number, replace(CARD, kind=CardKind.FOREIGNER_2017))
    ]
    yield walk.to_form()


def _form() -> Iterator[Recorded]:
    walk = Recorded()
    told = licences_for(walk.item, lease_registration={"premises": UPSTAIRS}, business_licence={"legal_rep": "测试？"})
    walk.tells("FetchLicences", lambda number: events.LicencesCame(number, told)).to_form()
    for field in walk.item.fields:
        walk.send(events.FieldOpened(field.id), events.FieldClosed())
    walk.send(*(events.FieldTyped(field.id, "x" * 300) for field in walk.item.fields))
    for field, value in _WRONG:
        walk.send(events.FieldTyped(field, value))
    yield walk.send(events.ConflictChosen("legal_rep", "id_card.name"), events.HomePressed())


_WRONG = (
    ("employees", "three"), ("phone", "1380000"), ("employees", "1"), ("health_checked", "2"), ("floor_area", "0"), ("floor_area", "68.123"), ("floor_area", "9999999"),
    ("person_in_charge", "甲\u202e乙"), ("hygiene_rules", "cats"), ("business_address", "东城区测试路 10 号"),
)  # fmt: skip


def _pledge() -> Iterator[Recorded]:
    no_pledge = CheckTold(pledge_refused="PLEDGE_NOT_OFFERED", print_refused="BLANKS_OUT", elsewhere=("测试路服务站",))
    walk = Recorded().tells("CheckApplication", lambda number: events.CheckCame(number, no_pledge))
    yield walk.to_pledge().send(events.Confirmed(), events.RouteChosen(False)).sign().send(events.Confirmed())
    elsewhere = no_pledge.model_copy(update={"pledge_refused": None})
    walk = Recorded().tells("CheckApplication", lambda number: events.CheckCame(number, elsewhere))
    yield walk.to_pledge().send(events.Confirmed(), events.RouteChosen(True)).sign().send(events.Confirmed())
    yield Recorded(printer="TONER_OUT").tells("LookAtPrinter").to_notice().send(events.Confirmed()).agree()
    walk = Recorded().tells("LookAtPrinter", lambda number: events.PrinterLooked(number, "TONER_OUT"))
    walk.to_notice().send(events.Confirmed()).agree().fill().send(events.Confirmed(), events.Confirmed())
    yield walk.send(events.RouteChosen(True)).sign().send(events.Confirmed())
    yield Recorded().to_sign().send(events.StrokeDrawn(Stroke(points=((1, 1),))))


def _printing() -> Iterator[Recorded]:
    for failure in ("PAPER_OUT", "PAPER_JAM", "COVER_OPEN", "TONER_OUT", "PRINTER_GONE", "CENTRE_AWAY"):
        walk = Recorded().tells("PrintOrder", lambda n, f=failure: events.PrintMoved(n, "printing", None, "A1", f))
        yield walk.to_review().send(events.Confirmed())
    for outcome in Outcome:
        walk = Recorded().tells("PrintOrder", lambda n, o=outcome: events.PrintMoved(n, "ended", o, "A1"))
        yield walk.to_review().send(events.Confirmed())
    walk = Recorded().tells("PrintReceipt", lambda n: events.ReceiptMoved(n, "intake_receipt", "unknown"))
    yield walk.to_end().send(events.RatingSkipped())


def _deciding() -> Iterator[Recorded]:
    walk = Recorded()
    told = watch(walk.item, CaseState.REFUSED, reason="测试理由")
    yield walk.tells("WatchCase", lambda number: events.CaseMoved(number, told)).to_review().send(events.Confirmed())
    walk = Recorded().tells("WatchCase")
    walk.tells("Withdraw", lambda number: events.WithdrawCame(number, WithdrawTold(state=CaseState.WITHDRAWN)))
    yield walk.to_review().send(events.Confirmed(), events.WithdrawPressed())


def _troubles() -> Iterator[Recorded]:
    for request in ("ReadCard", "FetchLicences", "CheckApplication", "Submit", "WatchCase", "PrintOrder"):
        for code in (
            CODES if request in ("FetchLicences", "Submit") else ("CENTRE_AWAY", "TOOK_TOO_LONG", "DEVICE_GONE")
        ):
            yield Recorded().fails(request, code).to_review().send(events.Confirmed())


def _overlays() -> Iterator[Recorded]:
    yield Recorded().to_form().send(events.HelpPressed()).send(events.HelpClosed()).wait(61)
    yield Recorded().to_end().wait(61)


@cache
def every_visit() -> tuple[Visit, ...]:
    """Every value of every visit above, without repetition of neighbours."""
    scenes = (
        _way(),
        _way(False),
        _start(),
        _card(),
        _form(),
        _pledge(),
        _printing(),
        _deciding(),
        _troubles(),
        _overlays(),
    )
    return tuple(visit for scene in scenes for walk in scene for visit in walk.seen)


def every_step() -> frozenset[Step]:
    return frozenset(visit.step for visit in every_visit())
