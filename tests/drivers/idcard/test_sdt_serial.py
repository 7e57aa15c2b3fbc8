"""Opening a line: at whatever speed the module was left at, and when nothing sensible answers."""

from __future__ import annotations

import pytest

from core.failures import Cancelled, DeviceSilent
from core.waiting import Patience
from drivers.idcard import commands
from drivers.idcard.frame import pack
from drivers.idcard.sdt_serial import open_reader
from drivers.idcard.simulated import Fault, people, read_state
from drivers.ports.serial_port import SerialPort
from tests.drivers.idcard.conftest import BRISK, Table


@pytest.mark.parametrize("baud", [57600, 9600])
def test_at_any_legal_speed(table: Table, baud: int) -> None:
    table.change(baud=baud)
    table.lay("jia")
    reader = open_reader(str(table.link), Patience(10), BRISK)
    assert reader.health(Patience(2)).facts["baud"] == str(baud)
    assert reader.read(Patience(10)) == people()["jia"]
    reader.close()


def test_the_module_keeps_the_speed_it_is_told(table: Table) -> None:
    port = SerialPort(str(table.link), 115200)
    port.write(pack(commands.set_baud(57600).body), Patience(1))
    assert port.read(11, Patience(1))
    port.close()
    reader = open_reader(str(table.link), Patience(10), BRISK)
    assert reader.health(Patience(2)).facts["baud"] == "57600"
    reader.close()
    assert read_state(table.state).baud == 57600


def test_nothing_answers_at_any_speed(table: Table) -> None:
    table.misbehave(Fault.SILENCE, times=0)
    with pytest.raises(DeviceSilent, match="any speed") as caught:
        open_reader(str(table.link), Patience(10), BRISK)
    assert caught.tb  # keeps the frames: only a port that was closed can be opened again
    SerialPort(str(table.link), 115200).close()


def test_stopped_while_opening(table: Table) -> None:
    table.misbehave(Fault.SILENCE, times=0)
    patience = Patience(10)
    patience.stop()
    with pytest.raises(Cancelled):
        open_reader(str(table.link), patience, BRISK)


def test_a_plain_reader_that_answers_only_what_is_needed(table: Table) -> None:
    """No status, no reset, no number, no newest address: a card is read all the same, a little later."""
    for command in ("11FF", "10FF", "12FF", "3003"):
        table.misbehave(Fault.SILENCE, command, times=0)
    table.lay("jia")
    reader = open_reader(str(table.link), Patience(15), BRISK)
    assert reader.read(Patience(15)) == people()["jia"]
    reader.close()


def test_the_card_of_the_program_before_can_be_read_again(table: Table) -> None:
    table.lay("jia")
    for _ in range(2):
        reader = open_reader(str(table.link), Patience(5), BRISK)
        assert reader.read(Patience(5)) == people()["jia"]
        reader.close()
