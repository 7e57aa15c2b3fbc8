"""Visits that go wrong before the form: the card, the licences, the printer; and those that need nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.people import CardKind
from core.wire import (
    CheckTold,
    LicenceStatus,
    LicencesTold,
)
from flows import events
from flows.application import form_of
from flows.requests import Wipe
from flows.steps.trouble import can_retry
from flows.visit import Step
from tests.flows.breakers import carded, failing, first_failing, refused
from tests.flows.citizen import HEALTH, Walk, licence, licences_for, lobby

SMALL_BARBER = {"venue": "hair", "hair_shop": "none"}


# --- up to the form ----------------------------------------------------------------------------------

BEFORE_THE_FORM = [
    ("ReadCard", carded(valid_to=date(2026, 11, 21)), "CARD_EXPIRED", True),
    ("ReadCard", carded(kind=CardKind.FOREIGNER_2017), "CARD_KIND_NOT_SERVED", True),
    ("ReadCard", failing("ReadCard", "CARD_NOT_ID"), "CARD_NOT_ID", True),
    ("ReadCard", failing("ReadCard", "CARD_UNREADABLE"), "CARD_UNREADABLE", True),
    ("ReadCard", failing("ReadCard", "CARD_NOT_GENUINE"), "CARD_NOT_GENUINE", True),
    ("ReadCard", failing("ReadCard", "DEVICE_GONE"), "DEVICE_GONE", True),
    ("ReadCard", failing("ReadCard", "DEVICE_BROKEN"), "DEVICE_BROKEN", False),
    ("ReadCard", failing("ReadCard", "FROM_A_NEWER_DRIVER"), "FROM_A_NEWER_DRIVER", True),
    ("OpenConsent", failing("OpenConsent", "CENTRE_AWAY"), "CENTRE_AWAY", True),
    ("OpenConsent", failing("OpenConsent", "CENTRE_REFUSED"), "CENTRE_REFUSED", False),
    ("FetchLicences", failing("FetchLicences", "CENTRE_AWAY"), "CENTRE_AWAY", True),
    ("FetchLicences", failing("FetchLicences", "CONSENT_GONE"), "CONSENT_GONE", True),
    ("FetchLicences", failing("FetchLicences", "TOOK_TOO_LONG"), "TOOK_TOO_LONG", True),
    ("FetchLicences", refused("LICENCE_REVOKED"), "LICENCE_REVOKED", False),
    ("FetchLicences", refused("LICENCE_EXPIRED"), "LICENCE_EXPIRED", False),
    ("FetchLicences", refused("LICENCE_NOT_YOURS"), "LICENCE_NOT_YOURS", True),
    ("FetchLicences", refused("LICENCE_MISSING"), "LICENCE_MISSING", True),
]


@pytest.mark.parametrize(("request_name", "answer", "code", "retry"), BEFORE_THE_FORM)
def test_before_the_form(request_name: str, answer: Any, code: str, retry: bool) -> None:
    walk = Walk()
    good = walk.world[request_name]
    walk.world[request_name] = answer
    walk.to_form()
    assert walk.step is Step.TROUBLE
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == code
    assert can_retry(walk.visit) is retry
    walk.world[request_name] = good
    walk.send(events.RetryPressed())
    assert walk.step is (Step.FORM if retry else Step.TROUBLE)


@pytest.mark.parametrize(("request_name", "answer", "code", "retry"), BEFORE_THE_FORM)
def test_leaving_trouble_before_the_form(request_name: str, answer: Any, code: str, retry: bool) -> None:
    walk = Walk()
    walk.world[request_name] = answer
    walk.to_form().send(events.BackPressed())
    assert walk.step is Step.NOTICE
    walk.send(events.HomePressed())
    assert walk.visit.over
    assert isinstance(walk.requests[-1], Wipe)


def test_a_licence_nobody_mentions_is_missing() -> None:
    walk = Walk()
    walk.world["FetchLicences"] = lambda visit, _: [
        events.LicencesCame(visit.number, LicencesTold(use_id="U", licences=(), refused=()))
    ]
    assert walk.to_form().visit.trouble.code == "LICENCE_MISSING"


def test_a_suspended_licence_is_not_used() -> None:
    walk = Walk()
    told = LicencesTold(use_id="U", licences=(licence("business_licence", {}, LicenceStatus.SUSPENDED),), refused=())
    walk.world["FetchLicences"] = lambda visit, _: [events.LicencesCame(visit.number, told)]
    assert walk.to_form().visit.trouble.code == "LICENCE_MISSING"


def test_a_licence_it_can_do_without() -> None:
    walk = Walk()
    told = licences_for(walk.item)
    only = told.model_copy(update={"licences": told.licences[:1]})
    walk.world["FetchLicences"] = lambda visit, _: [events.LicencesCame(visit.number, only)]
    assert walk.to_form().step is Step.FORM


@pytest.mark.parametrize(("face", "reached"), [({"domicile": ""}, Step.FORM), ({"name": " "}, Step.TROUBLE)])
def test_a_licence_whose_face_says_too_little(face: dict[str, str], reached: Step) -> None:
    """A trader's licence has no registered address; one without a name would leave a field that nobody may fill."""
    walk = Walk()
    told = licences_for(walk.item, business_licence=face)
    walk.world["FetchLicences"] = lambda visit, _: [events.LicencesCame(visit.number, told)]
    assert walk.to_form().step is reached


def test_small_failures_of_the_reader_are_tried_again_by_themselves() -> None:
    walk = Walk()
    first_failing(walk, "ReadCard", "CARD_MOVED", "NO_CARD", "DEVICE_NOISE")
    assert walk.to_form().step is Step.FORM
    assert len(walk.asked("ReadCard")) == 4


def test_but_not_for_ever() -> None:
    walk = Walk()
    walk.world["ReadCard"] = failing("ReadCard", "CARD_MOVED")
    walk.to_form()
    assert (walk.step, walk.visit.card_failure) == (Step.CARD, "CARD_MOVED")
    assert len(walk.asked("ReadCard")) == 4
    first_failing(walk, "ReadCard")
    walk.send(events.RetryPressed())
    assert len(walk.asked("ReadCard")) == 8


def test_back_stops_the_reader() -> None:
    walk = Walk()
    walk.world["ReadCard"] = lambda *_: []
    walk.to_form().send(events.BackPressed())
    assert walk.step is Step.NOTICE
    assert len(walk.asked("StopReading")) == 1


# --- the printer, before applying --------------------------------------------------------------------


@pytest.mark.parametrize("failure", ["PAPER_OUT", "TONER_OUT", "PRINTER_GONE", "BLANKS_OUT"])
def test_told_before_consent_that_nothing_can_be_printed(failure: str) -> None:
    walk = Walk()
    walk.world["LookAtPrinter"] = lambda visit, _: [events.PrinterLooked(visit.number, failure)]
    walk.to_notice(SMALL_BARBER)
    assert walk.step is Step.NO_PRINT
    walk.send(events.Confirmed()).agree().fill()
    walk.send(events.Confirmed(), events.Confirmed(), events.RouteChosen(True)).sign().send(events.Confirmed())
    assert walk.step is Step.RECEIVED
    assert walk.asked("PrintOrder") == []
    assert walk.send(events.PaperTaken()).step is Step.RATE


def test_no_blanks_are_left_says_the_centre() -> None:
    walk = Walk(at=lobby())
    walk.visit = walk.visit.but(lobby=walk.visit.lobby.but(told=walk.visit.lobby.told.model_copy(update={"stock": {}})))
    assert walk.to_notice().step is Step.NO_PRINT
    assert walk.send(events.BackPressed()).step is Step.GUIDE
    assert walk.send(events.HomePressed()).visit.over


def test_the_printer_fails_while_the_notice_is_read_and_comes_back() -> None:
    walk = Walk().to_notice()
    assert walk.step is Step.NOTICE
    walk.send(events.PrinterLooked(walk.visit.number, "COVER_OPEN"))
    assert walk.step is Step.NO_PRINT
    assert walk.send(events.RetryPressed()).step is Step.NOTICE


def test_a_printer_that_cannot_be_looked_at_cannot_print() -> None:
    walk = Walk()
    walk.world["LookAtPrinter"] = failing("LookAtPrinter", "PRINTER_GONE")
    assert walk.to_notice().step is Step.NO_PRINT


def test_a_busy_printer_will_be_free_in_time() -> None:
    walk = Walk()
    walk.world["LookAtPrinter"] = lambda visit, _: [events.PrinterLooked(visit.number, "PRINTER_BUSY")]
    assert walk.to_notice().step is Step.NOTICE


def test_the_centre_finds_no_paper_for_it() -> None:
    walk = Walk()
    told = CheckTold(pledge_refused=None, print_refused="BLANKS_OUT", elsewhere=("测试路服务站",))
    walk.world["CheckApplication"] = lambda visit, _: [events.CheckCame(visit.number, told)]
    assert walk.to_pledge().step is Step.NO_PRINT_LATE
    assert walk.send(events.Confirmed()).step is Step.PLEDGE
    walk.send(events.RouteChosen(True)).sign().send(events.Confirmed())
    assert walk.step is Step.RECEIVED


def test_the_printer_is_back_when_the_certificate_is_there() -> None:
    walk = Walk()
    good = walk.world["LookAtPrinter"]
    walk.world["LookAtPrinter"] = lambda visit, _: [events.PrinterLooked(visit.number, "PAPER_OUT")]
    walk.to_notice().send(events.Confirmed()).agree().fill()
    walk.send(events.Confirmed(), events.Confirmed(), events.RouteChosen(True)).sign()
    walk.world["LookAtPrinter"] = good
    assert walk.send(events.Confirmed()).step is Step.TAKE


# --- you need nothing --------------------------------------------------------------------------------


def test_you_need_nothing_on_paper() -> None:
    walk = Walk().to_notice({"venue": "shop", "shop_size": "city_small"})
    assert walk.step is Step.ENDING
    walk.send(events.PrintSheetPressed(), events.PrintSheetPressed())
    assert [(r.item, r.ending) for r in walk.asked("PrintNotNeeded")] == [(HEALTH, "small_shop")]
    assert walk.send(events.BackPressed()).step is Step.GUIDE
    assert walk.visit.guide.name == "shop_size"


def test_the_sheet_did_not_come_out() -> None:
    walk = Walk().to_notice({"venue": "eating"})
    walk.world["PrintNotNeeded"] = lambda visit, _: [events.ReceiptMoved(visit.number, "not_needed", "not_printed")]
    walk.send(events.PrintSheetPressed(), events.PrintSheetPressed())
    assert len(walk.asked("PrintNotNeeded")) == 2


# --- the form ----------------------------------------------------------------------------------------


def test_two_licences_differ_and_the_person_chooses() -> None:
    walk = Walk()
    told = licences_for(walk.item, lease_registration={"premises": "东城区测试路 8 号 2 层"})
    walk.world["FetchLicences"] = lambda visit, _: [events.LicencesCame(visit.number, told)]
    walk.to_form()
    address = next(each for each in form_of(walk.visit) if each.field.id == "business_address")
    assert address.open
    assert [offer.value for offer in address.offers] == ["东城区测试路 8 号", "东城区测试路 8 号 2 层"]
    walk.send(events.ConflictChosen("business_address", "licence.lease_registration.premises"))
    assert walk.fill().send(events.Confirmed()).step is Step.MATERIALS
    sent = {value.id: value for value in walk.send(events.Confirmed()).asked("CheckApplication")[0].ask.form}
    assert sent["business_address"].source == "licence.lease_registration.premises"
    assert not sent["business_address"].changed


def test_home_asks_before_work_is_lost_and_only_then() -> None:
    walk = Walk().to_form().send(events.HomePressed())
    assert not walk.visit.over
    assert walk.send(events.FieldTyped("phone", "13800000000")).visit.typed == {}
    assert walk.send(events.StayPressed(), events.FieldTyped("phone", "13800000000")).visit.typed != {}
    assert walk.send(events.HomePressed(), events.HomePressed()).visit.over
    assert Walk().to_notice().send(events.HomePressed()).visit.over


@pytest.mark.parametrize(("field", "opened"), [("phone", "phone"), ("uscc", None), ("nothing", None)])
def test_only_what_may_be_changed_opens(field: str, opened: str | None) -> None:
    walk = Walk().to_form().send(events.FieldOpened(field), events.FieldTyped("uscc", "X"))
    assert walk.visit.editing == opened
    assert "uscc" not in walk.visit.typed
    assert walk.send(events.BackPressed()).step is (Step.FORM if opened else Step.NOTICE)


def test_the_journal_knows_how_it_ended() -> None:
    def last(walk: Walk) -> str:
        return [request.code for request in walk.asked("Note")][-1]

    assert last(Walk().to_notice().send(events.HomePressed())) == "visit.left"
    assert last(Walk().to_notice({"venue": "eating"}).send(events.HomePressed())) == "visit.done"
    assert last(Walk().to_notice().wait(60).wait(30)) == "visit.timed_out"
