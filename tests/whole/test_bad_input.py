"""Bad cards, bad licences, lost centre, lost printer, killed processes: a sentence each, nothing lost, nothing twice."""

from __future__ import annotations

import pytest

from core.wire import Outcome
from drivers.idcard import simulated as reader
from drivers.printer.sim_control import Fault, change_control
from flows.events import Confirmed, HomePressed, ItemChosen, RetryPressed
from flows.visit import Step
from kiosk.faces import TroubleBody
from kiosk.printd_client import PrintdClient
from kiosk.stage.house import House
from kiosk.stage.officer import settle
from tests.whole.conftest import until
from tests.whole.person import ITEM, Person


def seen_on(faces: list[object]) -> str:
    return " ".join(map(repr, faces))


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("xin", "CARD_EXPIRED"),
        ("bing", "CARD_KIND_NOT_SERVED"),
        ("wu", "LICENCE_MISSING"),
        ("ji", "LICENCE_REVOKED"),
        ("ren", "LICENCE_NOT_YOURS"),
    ],
)
def test_a_card_or_licence_that_does_not_serve_ends_in_a_sentence(
    house: House, person: Person, key: str, code: str
) -> None:
    person.to_card()
    person.agrees()
    person.lays(key)
    person.until(lambda: person.step is Step.TROUBLE or person.session.visit.card_failure is not None)
    trouble = person.session.visit.trouble
    assert (trouble.code if trouble else person.session.visit.card_failure) == code
    assert person.session.visit.case_no == ""


@pytest.mark.parametrize("key", ["dead", "blank", "transit"])
def test_a_card_that_cannot_be_read_is_said_to_be_so(house: House, person: Person, key: str) -> None:
    person.to_card()
    person.agrees()
    person.lays(key)
    person.until(lambda: person.session.visit.card_failure is not None or person.step is Step.TROUBLE)
    assert person.session.visit.card is None


def test_a_reader_that_is_unplugged_and_back_serves_the_same_visit(house: House, person: Person) -> None:
    person.to_card()
    reader.unplug(house.reader_state)
    person.agrees()
    person.until(lambda: person.session.visit.card_failure is not None or person.step is Step.TROUBLE)
    reader.plug(house.reader_state)
    person.does(RetryPressed())
    person.lays("jia")
    person.reaches(Step.FORM)


def test_bad_credit_leaves_the_normal_way(house: House, person: Person) -> None:
    assert person.to_form("geng") is Step.FORM
    person.fills()
    person.does(Confirmed())
    person.reaches(Step.MATERIALS)
    person.does(Confirmed())
    person.reaches(Step.PLEDGE)
    assert person.body.offered is False
    assert person.body.why_not


def test_no_paper_is_told_before_applying(house: House) -> None:
    change_control(house.certificates, paper=0)
    with Person(house) as person:
        person.until(lambda: person.session.visit.lobby.told is not None)
        person.until(lambda: person.session.visit.lobby.printer == "PAPER_OUT")
        person.does(ItemChosen(ITEM))
        person.to_card()
        assert person.step is Step.NO_PRINT


def test_the_centre_gone_before_submit_keeps_nothing(house: House, person: Person) -> None:
    person.to_card()
    person.agrees()
    house.centre.kill()
    person.lays("jia")
    person.reaches(Step.TROUBLE, seconds=60)
    assert isinstance(person.body, TroubleBody)
    assert person.session.visit.trouble.code == "CENTRE_AWAY"
    house.start_centre()
    person.does(RetryPressed())
    person.reaches(Step.FORM)


def test_the_centre_gone_during_submit_makes_one_case(house: House, person: Person) -> None:
    before = len(house.sheets())
    person.to_review("jia")
    house.centre.kill()
    person.does(Confirmed())
    person.reaches(Step.TROUBLE, seconds=90)
    house.start_centre()
    person.does(RetryPressed())
    person.reaches(Step.TAKE)
    assert len(house.sheets()) == before + 1


def test_the_centre_gone_after_submit_loses_nothing(house: House, person: Person) -> None:
    before = len(house.sheets())
    person.submits("jia")
    person.reaches(Step.DECIDING)
    house.centre.kill()
    house.start_centre()
    person.until(lambda: person.step in (Step.TAKE, Step.TROUBLE), seconds=90)
    if person.step is Step.TROUBLE:
        person.does(RetryPressed())
    person.reaches(Step.TAKE, seconds=60)
    assert len(house.sheets()) == before + 1


def test_paper_out_while_printing_waits_and_goes_on(house: House, person: Person) -> None:
    before = len(house.sheets())
    person.to_review("jia")
    change_control(house.certificates, fault=Fault.JAM)
    person.does(Confirmed())
    person.until(
        lambda: person.session.visit.printing is not None and person.session.visit.printing.failure == "PAPER_JAM"
    )
    assert len(house.sheets()) == before
    change_control(house.certificates, fault=Fault.NONE)
    person.reaches(Step.TAKE)
    assert len(house.sheets()) == before + 1


def test_a_printer_that_dies_is_never_said_to_have_printed(house: House, person: Person) -> None:
    before = len(house.sheets())
    person.to_review("jia")
    change_control(house.certificates, fault=Fault.HANG)
    person.does(Confirmed())
    person.until(
        lambda: person.session.visit.printing is not None and person.session.visit.printing.stage == "printing"
    )
    change_control(house.certificates, power=False)
    person.until(lambda: person.step is Step.TROUBLE, seconds=90)
    assert person.session.visit.printing.outcome in (Outcome.UNKNOWN, Outcome.NOT_PRINTED)
    change_control(house.certificates, power=True, fault=Fault.NONE)
    assert len(house.sheets()) == before
    case_no = person.session.visit.case_no
    with_doubt_settled(house, case_no)
    person.does(HomePressed())
    assert person.to_form("jia") is not Step.FORM  # it is known that a certificate waits
    person.reaches(Step.TAKE)
    assert person.session.visit.case_no == case_no
    assert len(house.sheets()) == before + 1


def with_doubt_settled(house: House, case_no: str) -> None:
    """Until two people have looked nothing is printed: nobody knows which blank lies on top."""
    client = PrintdClient(house.settings.terminal.socket)
    until(lambda: client.status().failure == "BLANKS_OUT")
    settle(house.settings.link.url, case_no, "untouched")
    until(lambda: client.status().failure is None)


def test_a_screen_closed_while_printing_changes_no_outcome(house: House) -> None:
    before = len(house.sheets())
    with Person(house) as first:
        first.to_review("yi")
        change_control(house.certificates, fault=Fault.HANG)
        first.does(Confirmed())
        first.until(
            lambda: first.session.visit.printing is not None and first.session.visit.printing.stage == "printing"
        )
        order = first.session.visit.printing.order_no
    change_control(house.certificates, fault=Fault.NONE)
    with Person(house) as second:
        client = PrintdClient(house.settings.terminal.socket)
        second.until(lambda: client.watch(order).outcome is not None)
        assert client.watch(order).outcome is Outcome.PRINTED
    assert len(house.sheets()) == before + 1


def test_a_granted_certificate_that_never_came_out_is_printed_when_the_card_is_laid_again(house: House) -> None:
    before = len(house.sheets())
    with Person(house) as first:
        first.to_review("hong")
        house.printd.kill()
        first.does(Confirmed())
        first.until(lambda: first.session.visit.case_no != "")
        case_no = first.session.visit.case_no
    house.start_printd()
    with Person(house) as second:
        second.to_form("hong")
        second.reaches(Step.TAKE)
        assert second.session.visit.case_no == case_no
    assert len(house.sheets()) == before + 1
