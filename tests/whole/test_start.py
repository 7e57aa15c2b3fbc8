"""The terminal is switched on before everything around it, and everything comes up later, in any order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from drivers.idcard import simulated as reader
from drivers.printer.sim_control import change_control
from flows import idle
from flows.events import RetryPressed
from flows.steps.trouble import can_retry
from flows.visit import Step
from kiosk.stage.house import House
from tests.whole.person import Person


def all_away(house: House) -> None:
    house.centre.kill()
    house.printd.kill()
    reader.unplug(house.reader_state)
    for printer in (house.certificates, house.receipts):
        change_control(printer, power=False)


def test_nothing_needs_a_restart_when_it_comes_up_late(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle, "HELLO_EVERY", timedelta(seconds=1))
    all_away(house)
    with Person(house) as person:
        person.until(lambda: person.session.visit.lobby.away is not None)
        house.start_printd()
        person.until(lambda: person.session.visit.lobby.printer == "PRINTER_GONE")
        house.start_centre()
        person.until(lambda: person.session.visit.lobby.away is None and person.session.visit.lobby.told is not None)
        for printer in (house.receipts, house.certificates):
            change_control(printer, power=True)
        person.until(lambda: person.session.visit.lobby.printer is None)
        person.to_card()
        assert person.step is Step.NOTICE
        person.agrees()
        person.until(lambda: person.session.visit.card_failure is not None or person.step is Step.TROUBLE)
        reader.plug(house.reader_state)
        if person.step is Step.TROUBLE:
            assert can_retry(person.session.visit)
        person.does(RetryPressed())
        person.lays("yi")
        person.reaches(Step.FORM)
