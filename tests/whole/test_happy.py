"""The whole way on real services: card on the line, licences, form, pledge, signature, seal, numbered blank, sheet."""

from __future__ import annotations

import subprocess

from core.wire import Outcome
from flows.events import Confirmed, HomePressed, PaperTaken, Rated
from flows.visit import Step
from kiosk.stage.house import House
from tests.whole.person import Person


def text_of(path: object) -> str:
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


def test_a_citizen_leaves_with_one_certificate(house: House, person: Person) -> None:
    before = len(house.sheets())
    person.submits("jia")
    person.reaches(Step.TAKE)
    printing = person.session.visit.printing
    assert printing is not None
    assert printing.outcome is Outcome.PRINTED
    sheets = house.sheets()
    assert len(sheets) == before + 1
    told = person.session.visit.case
    assert told is not None
    assert told.certificate is not None
    page = text_of(sheets[-1])
    assert told.certificate.number in page
    assert "测试甲" in page
    person.does(PaperTaken())
    person.reaches(Step.RATE)
    person.does(Rated(5), Confirmed())
    person.reaches(Step.GOODBYE)
    person.does(HomePressed())
    assert person.step is Step.HOME
    assert person.session.visit.card is None
    assert person.session.visit.number == 2


def test_a_rare_name_is_printed_as_it_is(house: House, person: Person) -> None:
    before = len(house.sheets())
    person.submits("hong")
    person.reaches(Step.TAKE)
    assert "测试𬭎" in text_of(house.sheets()[before])


def test_another_kind_of_card_with_a_licence_is_served(house: House, person: Person) -> None:
    person.submits("yi")
    person.reaches(Step.TAKE)


def test_the_normal_way_needs_no_pledge_and_prints_nothing_now(house: House, person: Person) -> None:
    before = len(house.sheets())
    person.submits("ding", pledge=False)
    person.reaches(Step.RECEIVED)
    assert len(house.sheets()) == before
