"""Everything that can go wrong on the way, on a real pseudo-terminal, while the driver runs."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from core.failures import (
    CardFailure,
    CardKindNotServed,
    CardMoved,
    CardNotGenuine,
    CardNotId,
    CardUnreadable,
    DeviceFailure,
    DeviceGone,
    DeviceNoise,
    DeviceSilent,
    Failure,
    HouseFailure,
    NoCard,
)
from core.waiting import Patience
from drivers.idcard.sdt import SdtReader
from drivers.idcard.simulated import Fault, people, read_state
from tests.drivers.contract_idcard import Call
from tests.drivers.idcard.conftest import Table, until
from tests.drivers.idcard.test_status import AT_SELECT

PASSING = [
    Fault.NOISE,
    Fault.GARBAGE,
    Fault.HALF,
    Fault.BAD_XOR,
    Fault.EXTRA_AA,
    Fault.GLUED,
    Fault.STALE,
    Fault.LENGTH,
]


def is_jia(reader: SdtReader, seconds: float = 10) -> bool:
    return reader.read(Patience(seconds)) == people()["jia"]


@pytest.mark.parametrize("key", people())
def test_every_invented_person(table: Table, reader: SdtReader, key: str) -> None:
    table.lay(key)
    assert reader.read(Patience(5)) == people()[key]


@pytest.mark.parametrize(
    ("key", "failure"),
    [
        ("blank", CardUnreadable),
        ("dead", CardUnreadable),
        ("forged", CardNotGenuine),
        ("transit", CardNotId),
        ("letter", CardKindNotServed),
    ],
)
def test_what_is_no_good_card(table: Table, reader: SdtReader, key: str, failure: type[Failure]) -> None:
    table.lay(key)
    with pytest.raises(failure):
        reader.read(Patience(5))


@pytest.mark.parametrize("on", ["2001", "2002", "3010", "3003"])
@pytest.mark.parametrize("kind", PASSING)
def test_it_passes(table: Table, reader: SdtReader, kind: Fault, on: str) -> None:
    table.lay("jia")
    table.misbehave(kind, on)
    assert is_jia(reader)
    assert read_state(table.state).faults == ()


@pytest.mark.parametrize("on", ["2001", "3003"])
def test_silence_in_passing(table: Table, reader: SdtReader, on: str) -> None:
    table.lay("jia")
    table.misbehave(Fault.SILENCE, on)
    assert is_jia(reader)


def test_silence_that_stays(table: Table, reader: SdtReader) -> None:
    table.lay("jia")
    table.misbehave(Fault.SILENCE, times=0)
    start = time.monotonic()
    with pytest.raises(DeviceSilent):
        reader.read(Patience(30))
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("kind", [Fault.GARBAGE, Fault.HALF, Fault.BAD_XOR, Fault.LENGTH])
def test_noise_that_stays(table: Table, reader: SdtReader, kind: Fault) -> None:
    table.lay("jia")
    table.misbehave(kind, times=0)
    with pytest.raises(DeviceNoise):
        reader.read(Patience(30))


@pytest.mark.parametrize("on", ["2002", "3010", "3003"])
def test_a_card_pulled_in_the_middle(table: Table, reader: SdtReader, on: str) -> None:
    table.lay("jia")
    table.misbehave(Fault.PULLED, on)
    with pytest.raises(CardMoved):
        reader.read(Patience(5))
    with pytest.raises(NoCard):
        reader.read(Patience(0.3))
    table.lay("jia")
    assert is_jia(reader)


@pytest.mark.parametrize("on", ["2001", "2002", "3010", "3003"])
def test_the_cable_pulled_in_the_middle_of_a_reply(table: Table, reader: SdtReader, on: str) -> None:
    table.lay("jia")
    table.misbehave(Fault.UNPLUG, on)
    with pytest.raises(DeviceGone):
        reader.read(Patience(5))


def test_a_card_that_comes_too_late(table: Table, reader: SdtReader) -> None:
    """The first person's card is answered after the time-out, when the second person's lies there."""
    table.lay("jia")
    table.misbehave(Fault.LATE, "3010", ms=1000)
    call = Call(lambda: reader.read(Patience(15)))
    until(lambda: read_state(table.state).faults == ())
    table.lay("yi")
    assert call.end(15) == people()["yi"]


@pytest.mark.parametrize(
    ("code", "failure"), [(code, failure) for code, failure in AT_SELECT.items() if code not in (0x80, 0x99)]
)
def test_every_status_that_stays(table: Table, reader: SdtReader, code: int, failure: type[Failure]) -> None:
    table.lay("jia")
    table.misbehave(Fault.STATUS, "2002", times=0, sw3=code)
    with pytest.raises(failure) as caught:
        reader.read(Patience(10))
    assert type(caught.value) is failure


@pytest.mark.parametrize("on", ["2001", "2002", "3010", "3003"])
def test_every_status_once(table: Table, reader: SdtReader, on: str) -> None:
    """One refusal in passing, at any command: a card, or a failure; the next card is read as ever."""
    for code in AT_SELECT:
        table.lay("jia")
        table.misbehave(Fault.STATUS, on, sw3=code)
        with suppress(CardFailure, DeviceFailure, HouseFailure):
            assert is_jia(reader, 3)
        assert read_state(table.state).faults == ()
    table.lay("yi")
    assert reader.read(Patience(5)).name == "測試乙"


def test_a_repeating_reader_reads_again_without_lifting(table: Table, reader: SdtReader) -> None:
    table.change(repeat_read=True)
    table.lay("jia")
    assert is_jia(reader)
    assert is_jia(reader)


def test_a_card_read_once_is_not_read_again_before_it_was_lifted(table: Table, reader: SdtReader) -> None:
    table.lay("jia")
    assert is_jia(reader)
    with pytest.raises(NoCard):
        reader.read(Patience(0.4))
    table.lift()
    reader.wait_removed(Patience(3))
    table.lay("jia")
    assert is_jia(reader)


def test_a_reader_that_does_not_rearm_says_lay_it_down_again(table: Table, reader: SdtReader) -> None:
    table.change(rearms=False)
    table.lay("jia")
    table.misbehave(Fault.BAD_XOR, "3010")
    with pytest.raises(DeviceNoise):
        reader.read(Patience(5))


def test_a_reader_without_fingerprints(table: Table, reader: SdtReader) -> None:
    table.change(fingerprints=False)
    table.lay("jia")
    assert reader.read(Patience(5)).fingerprints == b""
