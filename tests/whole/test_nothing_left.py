"""After a visit, however it ended, nobody can tell from the terminal's disks and processes who was there."""

from __future__ import annotations

import base64
import json
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from core.settings import CONFIG
from core.wire import Outcome
from drivers.idcard import simulated as reader
from drivers.idcard.simulated.cards import people
from drivers.printer.sim_control import Fault, change_control
from flows.events import Confirmed, HomePressed, PaperTaken, Rated
from flows.visit import Step, Visit
from kiosk.printd.words import Stage
from kiosk.printd_client import PrintdClient
from kiosk.stage.house import House
from kiosk.taking_back import TakingBack
from tests.whole.canary import forms, spool, traces
from tests.whole.conftest import until
from tests.whole.person import TYPED, Person

WALKS_AND_STAYS = """
import sys
from pathlib import Path
from types import SimpleNamespace
from core.settings import settings_from
from tests.whole.conftest import until
from tests.whole.person import Person

state, until, *files = map(Path, sys.argv[1:])
settings = settings_from(*(path.read_text(encoding="utf-8") for path in files))
with Person(SimpleNamespace(settings=settings, reader_state=state)) as person:
    getattr(person, str(until))("yi")
    print("there", flush=True)
    person.until(lambda: False, 60)
"""


def words_of(visit: Visit) -> list[str]:
    card = visit.card
    assert card is not None
    return [card.name, card.number, card.address, TYPED["phone"], TYPED["text"]]


def until_clean(house: House, words: list[str], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while found := traces(house, words):
        assert time.monotonic() < deadline, found
        time.sleep(0.1)


def until_taken_back(seconds: float = 10.0) -> None:
    for thread in threading.enumerate():
        if isinstance(thread, TakingBack):
            thread.join(seconds)
            assert not thread.is_alive()


def walks(house: House, until: str) -> subprocess.Popen[str]:
    argv = [sys.executable, "-c", WALKS_AND_STAYS, str(house.reader_state), until, *map(str, house.settings_files)]
    walker = subprocess.Popen(argv, cwd=CONFIG.parent, stdout=subprocess.PIPE, text=True)
    assert walker.stdout is not None
    assert walker.stdout.readline() == "there\n"
    return walker


def killed(walker: subprocess.Popen[str]) -> None:
    walker.kill()
    walker.communicate()


def yi() -> list[str]:
    card = people()["yi"]
    return [card.name, card.number, card.address, TYPED["phone"], TYPED["text"]]


def test_a_whole_visit_leaves_nothing(house: House, person: Person) -> None:
    person.submits("jia")
    person.reaches(Step.TAKE)
    words = words_of(person.session.visit)
    person.does(PaperTaken())
    person.reaches(Step.RATE)
    person.does(Rated(1), Confirmed())
    person.until(lambda: person.step in (Step.RATE, Step.GOODBYE))
    person.does(HomePressed())
    reader.lift(house.reader_state)
    person.until(lambda: not person.runner.workers())
    until_clean(house, words)


def test_a_visit_killed_before_submit_leaves_nothing(house: House) -> None:
    killed(walks(house, "to_review"))
    reader.lift(house.reader_state)
    until_clean(house, yi())


def test_a_terminal_killed_with_a_receipt_in_the_spooler_leaves_nothing_to_the_next_person(house: House) -> None:
    change_control(house.receipts, fault=Fault.JAM)
    walker = walks(house, "submits")
    deadline = time.monotonic() + 20
    while not list((spool(house) / "spool").glob("d*")):
        assert time.monotonic() < deadline, "no receipt came into the spooler"
        time.sleep(0.02)
    killed(walker)
    reader.lift(house.reader_state)
    before = len(list((house.receipts / "sheets").glob("*.pdf")))
    with Person(house):
        until_clean(house, yi())
        until_taken_back()
        change_control(house.receipts, fault=Fault.NONE)
    assert len(list((house.receipts / "sheets").glob("*.pdf"))) == before
    with Person(house) as again:
        again.to_form("yi")
        again.reaches(Step.TAKE)


def in_the_press(house: House) -> list[str]:
    """Orders whose page the printer has in hand, by ``printd``'s own word; their numbers from its journal."""
    client = PrintdClient(house.settings.terminal.socket)
    with closing(sqlite3.connect(f"file:{house.folder}/terminal/printd.db?mode=ro", uri=True)) as journal:
        orders = [str(row[0]) for row in journal.execute("SELECT order_no FROM attempts WHERE job_id IS NOT NULL")]
    return [order for order in orders if client.watch(order).stage is Stage.PRINTING]


def test_a_terminal_killed_with_the_page_in_the_press_changes_no_outcome(house: House) -> None:
    before = len(house.sheets())
    change_control(house.certificates, fault=Fault.HANG)
    walker = walks(house, "submits")
    until(lambda: bool(in_the_press(house)))
    (order,) = in_the_press(house)
    killed(walker)
    change_control(house.certificates, fault=Fault.NONE)
    client = PrintdClient(house.settings.terminal.socket)
    until(lambda: client.watch(order).outcome is not None)
    assert client.watch(order).outcome is Outcome.PRINTED
    assert len(house.sheets()) == before + 1
    reader.lift(house.reader_state)
    with Person(house):  # takes back what the killed one had in the spooler
        until_clean(house, yi())


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "gb18030"])
def test_the_search_would_find_somebody(house: House, code: str) -> None:
    word = "测试甲甲"
    data = word.encode(code)
    hiding = [data, data.hex().encode(), *(base64.b64encode(b"x" * n + data + b"yz") for n in range(3))]
    hiding += [json.dumps(word).encode(), b"%PDF-1.7"]
    for each in hiding:
        path = house.folder / "terminal" / "hidden"
        path.write_bytes(b"before " + each if not each.startswith(b"%PDF") else each)
        assert traces(house, [word]) == [f"file {path}"], each
        path.unlink()
    named = Path(house.folder / "terminal" / word)
    named.touch()
    assert traces(house, [word]) == [f"file name {named}"]
    named.unlink()
    assert len(forms("3")) > 3
