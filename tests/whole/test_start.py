"""The terminal is switched on before everything around it, and everything comes up later, in any order."""

from __future__ import annotations

import sqlite3
from contextlib import closing
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


def state_at_the_centre(house: House, order_no: str) -> str:
    with closing(sqlite3.connect(f"file:{house.folder}/centre/centre.db?mode=ro", uri=True)) as database:
        (found,) = database.execute("SELECT state FROM orders WHERE order_no = ?", (order_no,)).fetchone()
    return str(found)


def printed_for(person: Person, key: str) -> str:
    person.submits(key)
    person.reaches(Step.TAKE)
    printing = person.session.visit.printing
    assert printing is not None
    person.session.start_over()
    return printing.order_no


def test_outcomes_are_heard_after_the_terminals_store_was_lost(house: House, person: Person) -> None:
    """Its message numbers begin again at one, and the centre has those."""
    first = printed_for(person, "yi")
    person.until(lambda: state_at_the_centre(house, first) == "printed")
    house.printd.kill()
    for path in (house.folder / "terminal").glob("printd.db*"):
        path.unlink()
    house.start_printd()
    reader.lift(house.reader_state)
    second = printed_for(person, "hong")
    person.until(lambda: state_at_the_centre(house, second) == "printed")
