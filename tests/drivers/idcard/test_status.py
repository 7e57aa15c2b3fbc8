"""Every state byte, at every command: a sentence for the person, and no loop without end."""

from __future__ import annotations

from contextlib import suppress

import pytest

from core.failures import (
    CardFailure,
    CardMoved,
    CardNotGenuine,
    CardNotId,
    CardUnreadable,
    DeviceBroken,
    DeviceFailure,
    DeviceNoise,
    Failure,
    HouseFailure,
    NoCard,
)
from core.waiting import Patience
from drivers.idcard.status import CARD_SIDE, MEANINGS, Remedy, Sw3, meaning_of
from tests.drivers.idcard.scripted import CARD, FOUND, NO_CARD, NONE_STORED, NUMBER, OK, SELECTED, reader_on, sw

GOOD = {"2001": FOUND, "2002": SELECTED, "3010": CARD, "3001": CARD, "3003": NONE_STORED, "10FF": OK, "11FF": OK}
HEALTHY = GOOD | {"12FF": NUMBER}
AT_SELECT: dict[int, type[Failure]] = {
    0x91: CardUnreadable,
    0x10: DeviceNoise,
    0x11: HouseFailure,
    0x21: DeviceFailure,
    0x23: DeviceBroken,
    0x24: CardFailure,
    0x31: CardNotGenuine,
    0x32: CardNotGenuine,
    0x33: CardNotGenuine,
    0x40: CardNotId,
    0x41: CardUnreadable,
    0x47: CardFailure,
    0x60: DeviceBroken,
    0x66: DeviceBroken,
    0x80: NoCard,
    0x81: CardFailure,
    0x99: CardFailure,
}


def test_every_code_of_the_specification_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Sw3)
    assert set(AT_SELECT) - {0x99} == {code for code in Sw3 if code not in (0x90, 0x9F)}


def test_a_meaning_is_whole() -> None:
    for code in range(256):
        meaning = meaning_of(0, 0, code)
        assert meaning.words
        assert (meaning.failure is None) == (meaning.remedy is Remedy.NONE) == (code in (Sw3.SUCCESS, Sw3.FOUND))


@pytest.mark.parametrize(("sw1", "sw2"), [(0x69, 0x82), (0, 1), (1, 0)])
def test_success_with_a_refusal_of_the_card_is_none(sw1: int, sw2: int) -> None:
    assert meaning_of(sw1, sw2, Sw3.SUCCESS) is CARD_SIDE
    assert meaning_of(sw1, sw2, Sw3.NO_CARD) is MEANINGS[Sw3.NO_CARD]


@pytest.mark.parametrize(("code", "failure"), AT_SELECT.items())
def test_a_code_that_stays(code: int, failure: type[Failure]) -> None:
    reader, port = reader_on(otherwise=HEALTHY | {"2002": sw(code)})
    with pytest.raises(Failure) as caught:
        reader.read(Patience(1))
    assert type(caught.value) is failure
    assert len(port.asked) < 20


@pytest.mark.parametrize("command", ["2001", "2002", "3010", "3003", "10FF", "12FF"])
def test_any_code_at_any_command_ends(command: str) -> None:
    """Answered for ever, with a card or a failure, long before the time is over."""
    for code in set(range(256)) - ({Sw3.NO_CARD} if command == "2001" else set()):
        reader, port = reader_on(otherwise=HEALTHY | {command: sw(code), "3001": sw(code)})
        with suppress(CardFailure, DeviceFailure, HouseFailure):
            reader.read(Patience(5))
        assert len(port.asked) < 40, f"{code:02X}"


@pytest.mark.parametrize(
    ("code", "remedy"), [(code, meaning.remedy) for code, meaning in MEANINGS.items() if meaning.gone]
)
def test_with_the_card_gone_it_was_lifted(code: int, remedy: Remedy) -> None:
    reader, port = reader_on(otherwise=HEALTHY | {"2002": sw(code)})
    find = iter([FOUND, NO_CARD, NO_CARD])
    original = port.write

    def write(data: bytes, patience: Patience) -> None:
        if data[7:9] == b"\x20\x01":
            port.otherwise["2001"] = next(find)
        original(data, patience)

    port.write = write  # type: ignore[method-assign]
    with pytest.raises(CardMoved):
        reader.read(Patience(1))
    assert ("10FF" in port.asked) == (remedy is Remedy.RESET)


@pytest.mark.parametrize(
    ("code", "condition", "failure"),
    [(0x90, "ready", None), (0x60, "faulty", "DEVICE_BROKEN"), (0x66, "faulty", "DEVICE_BROKEN")],
)
def test_health_of_the_module(code: int, condition: str, failure: str | None) -> None:
    reader, _ = reader_on(otherwise=HEALTHY | {"11FF": sw(code)})
    health = reader.health(Patience(1))
    assert (health.condition, health.failure) == (condition, failure)
    assert health.facts["sam"] == "05.02-20091105-0001234567-0007654321"


def test_health_of_a_silent_module() -> None:
    reader, _ = reader_on()
    health = reader.health(Patience(1))
    assert (health.condition, health.failure) == ("faulty", "DEVICE_SILENT")


def test_health_of_a_module_that_keeps_its_number_to_itself() -> None:
    reader, _ = reader_on(otherwise={"11FF": OK, "12FF": sw(0x23)})
    assert reader.health(Patience(1)).facts == {"baud": "115200", "sam": ""}
