"""A reader that outlives its line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.devices import Condition
from core.failures import Cancelled, DeviceGone, DeviceSilent, NoCard
from core.waiting import Patience
from drivers.idcard import reopening, simulated
from drivers.idcard.reopening import ReopeningReader
from drivers.idcard.sdt_serial import open_reader
from drivers.idcard.simulated import Fault, people
from tests.drivers.contract_idcard import Call
from tests.drivers.idcard.conftest import BRISK, Table, until


@pytest.fixture
def lasting(table: Table, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReopeningReader]:
    monkeypatch.setattr(reopening, "PAUSE", 0.1)
    reader = ReopeningReader(lambda patience: open_reader(str(table.link), patience, BRISK))
    yield reader
    reader.close()


def test_opens_when_first_needed(table: Table, lasting: ReopeningReader) -> None:
    table.lay("jia")
    assert lasting.read(Patience(5)) == people()["jia"]
    assert lasting.health(Patience(5)).condition is Condition.READY


def test_a_blip_does_not_end_the_wait(table: Table, lasting: ReopeningReader) -> None:
    assert lasting.health(Patience(5)).condition is Condition.READY
    call = Call(lambda: lasting.read(Patience(10)))
    simulated.unplug(table.state)
    until(lambda: not table.link.is_symlink())
    simulated.plug(table.state)
    table.lay("jia")
    assert call.end(10) == people()["jia"]


def test_three_misses_are_gone_and_a_new_line_is_taken_up(table: Table, lasting: ReopeningReader) -> None:
    simulated.unplug(table.state)
    until(lambda: not table.link.is_symlink())
    with pytest.raises(DeviceGone):
        lasting.read(Patience(10))
    assert lasting.health(Patience(5)).condition is Condition.GONE
    simulated.plug(table.state)
    until(table.link.exists)
    assert lasting.health(Patience(5)).condition is Condition.READY


def test_health_notices_a_line_lost_meanwhile(table: Table, lasting: ReopeningReader) -> None:
    lasting.health(Patience(5))
    simulated.unplug(table.state)
    until(lambda: not table.link.is_symlink())
    assert lasting.health(Patience(5)).condition is Condition.GONE
    simulated.plug(table.state)
    until(table.link.exists)
    with pytest.raises(NoCard):
        lasting.read(Patience(0.5))


def test_a_silent_reader_is_opened_anew_the_next_time(table: Table, lasting: ReopeningReader) -> None:
    lasting.health(Patience(5))
    table.misbehave(Fault.SILENCE, times=0)
    with pytest.raises(DeviceSilent):
        lasting.read(Patience(10))
    assert lasting.health(Patience(10)).failure == "DEVICE_SILENT"
    simulated.behave(table.state)
    table.change(baud=57600)
    table.lay("yi")
    assert lasting.read(Patience(10)) == people()["yi"]


def test_removal_over_a_blip(table: Table, lasting: ReopeningReader) -> None:
    table.lay("jia")
    lasting.read(Patience(5))
    simulated.unplug(table.state)
    until(lambda: not table.link.is_symlink())
    call = Call(lambda: lasting.wait_removed(Patience(10)))
    simulated.plug(table.state)
    until(lambda: table.link.exists() or not call.running)
    simulated.lift(table.state)
    assert call.end(10) is None


def test_stopped(lasting: ReopeningReader) -> None:
    patience = Patience()
    call = Call(lambda: lasting.read(patience))
    patience.stop()
    assert isinstance(call.end(3), Cancelled)


def test_closed_for_good_while_another_thread_reads(lasting: ReopeningReader) -> None:
    lasting.health(Patience(5))
    call = Call(lambda: lasting.read(Patience(10)))
    lasting.close()
    assert isinstance(call.end(), DeviceGone)


def test_health_and_read_at_once_open_one_line(table: Table, lasting: ReopeningReader) -> None:
    table.lay("jia")
    calls = [Call(lambda: lasting.health(Patience(5))), Call(lambda: lasting.read(Patience(5)))]
    health, card = (call.end() for call in calls)
    assert (health.condition, card) == (Condition.READY, people()["jia"])
