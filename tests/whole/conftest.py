"""One house for all whole visits; each test puts back what it broke."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from drivers.idcard import simulated as reader
from kiosk.printd_client import PrintdClient
from kiosk.stage.house import House
from tests.whole.person import Person

OVERLAY = """
[certificate_printer]
watch_s = 8
"""


@pytest.fixture(scope="session")
def standing_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with House(tmp_path_factory.mktemp("house") / "house", OVERLAY) as house:
        yield house


def until(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def house(standing_house: House) -> Iterator[House]:
    reader.behave(standing_house.reader_state)
    reader.lift(standing_house.reader_state)
    client = PrintdClient(standing_house.settings.terminal.socket)
    until(lambda: client.status().failure is None)
    yield standing_house
    standing_house.mend()


@pytest.fixture
def person(house: House) -> Iterator[Person]:
    with Person(house) as person:
        yield person
