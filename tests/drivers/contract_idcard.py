"""What every ID-card reader promises. Runs on each ``DRIVER`` below ``drivers/idcard/``, with its own simulator.

Imported by ``tests/drivers/idcard/test_contract.py``; a new driver file needs no edit here or there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.devices import Condition, IdCardReader
from core.failures import Cancelled, DeviceFailure, DeviceGone, Failure, NoCard, TookTooLong
from core.people import CardKind, IdCard, Sex
from core.waiting import Patience
from drivers.driver import Driver, rehearsal_of
from drivers.idcard.rehearsal import Rehearsal
from drivers.registry import drivers_of

JIA = IdCard(
    kind=CardKind.RESIDENT,
    name="测试甲",
    number="110101190001010014",
    sex=Sex.MALE,
    birth=date(1900, 1, 1),
    valid_from=date(2020, 1, 1),
    valid_to=None,
    nation="汉",
    address="北京市东城区测试路1号",
    issuer="测试公安局东城分局",
)


@pytest.fixture(params=drivers_of("idcard").values(), ids=lambda driver: driver.name)
def driver(request: pytest.FixtureRequest) -> Driver[IdCardReader]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def stage(driver: Driver[IdCardReader], tmp_path: Path) -> Iterator[Rehearsal]:
    stage: Rehearsal = rehearsal_of(driver)(tmp_path)
    stage.start()
    yield stage
    stage.stop()


@pytest.fixture
def reader(driver: Driver[IdCardReader], stage: Rehearsal) -> Iterator[IdCardReader]:
    reader = driver.open(stage.address, Patience(5))
    yield reader
    reader.close()


class Call:
    """A blocking call on a thread of its own, and how it ended."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self._act = act
        self.ended: Any = None
        self._thread = threading.Thread(target=self._run, name="call")
        self._thread.start()

    def _run(self) -> None:
        try:
            self.ended = self._act()
        except Failure as failure:
            self.ended = failure

    def end(self, seconds: float = 5.0) -> Any:
        self._thread.join(seconds)
        assert not self._thread.is_alive(), "the call did not end"
        return self.ended

    @property
    def running(self) -> bool:
        return self._thread.is_alive()


def without_extras(card: IdCard) -> IdCard:
    return replace(card, photo=b"", fingerprints=b"")


def test_reads_a_card_that_lies_there(reader: IdCardReader, stage: Rehearsal) -> None:
    stage.lay(JIA)
    assert without_extras(reader.read(Patience(5))) == JIA


def test_waits_for_a_card(reader: IdCardReader, stage: Rehearsal) -> None:
    call = Call(lambda: reader.read(Patience(5)))
    stage.lay(JIA)
    assert without_extras(call.end()) == JIA


def test_no_card_in_time(reader: IdCardReader) -> None:
    start = time.monotonic()
    with pytest.raises(NoCard):
        reader.read(Patience(0.4))
    assert time.monotonic() - start >= 0.3


def test_stops_when_told(reader: IdCardReader) -> None:
    patience = Patience()
    call = Call(lambda: reader.read(patience))
    patience.stop()
    assert isinstance(call.end(2), Cancelled)


def test_sees_that_the_card_is_taken_away(reader: IdCardReader, stage: Rehearsal) -> None:
    stage.lay(JIA)
    reader.read(Patience(5))
    with pytest.raises(TookTooLong):
        reader.wait_removed(Patience(0.8))
    call = Call(lambda: reader.wait_removed(Patience(5)))
    stage.lift()
    assert call.end() is None


def test_reads_one_card_after_the_other(reader: IdCardReader, stage: Rehearsal) -> None:
    for name in ("测试甲", "测试戊"):
        stage.lay(replace(JIA, name=name))
        assert reader.read(Patience(5)).name == name
        stage.lift()
        reader.wait_removed(Patience(5))


def test_unplugged_while_waiting_and_opened_again(
    driver: Driver[IdCardReader], reader: IdCardReader, stage: Rehearsal
) -> None:
    call = Call(lambda: reader.read(Patience(10)))
    stage.unplug()
    assert isinstance(call.end(), DeviceGone)
    with pytest.raises(DeviceGone):
        driver.open(stage.address, Patience(2))
    stage.plug()
    stage.lay(JIA)
    again = driver.open(stage.address, Patience(5))
    assert again.read(Patience(5)).number == JIA.number
    again.close()


def test_a_silent_device_ends_the_call(reader: IdCardReader, stage: Rehearsal) -> None:
    stage.fall_silent()
    with pytest.raises((DeviceFailure, TookTooLong)):
        reader.read(Patience(1.5))
    stage.speak_again()
    stage.lay(JIA)
    assert reader.read(Patience(5)).number == JIA.number


def test_tells_its_health(reader: IdCardReader, stage: Rehearsal) -> None:
    health = reader.health(Patience(3))
    assert (health.device, health.condition, health.failure) == ("idcard", Condition.READY, None)
    stage.unplug()
    health = reader.health(Patience(3))
    assert (health.condition, health.failure) == (Condition.GONE, "DEVICE_GONE")


def test_closes_twice_and_for_good(reader: IdCardReader) -> None:
    reader.close()
    reader.close()
    with pytest.raises(DeviceGone):
        reader.read(Patience(1))


def test_closing_ends_a_call_of_another_thread(reader: IdCardReader) -> None:
    call = Call(lambda: reader.read(Patience(10)))
    reader.close()
    assert isinstance(call.end(), DeviceGone)


def test_an_address_that_is_not_there(driver: Driver[IdCardReader], tmp_path: Path) -> None:
    with pytest.raises(DeviceGone):
        driver.open(str(tmp_path / "nothing"), Patience(1))


def test_leaves_no_thread(driver: Driver[IdCardReader], stage: Rehearsal) -> None:
    before = set(threading.enumerate())
    reader = driver.open(stage.address, Patience(5))
    stage.lay(JIA)
    reader.read(Patience(5))
    reader.close()
    assert set(threading.enumerate()) == before
