"""A serial line on a real pseudo-terminal: bytes, time, and what an unplugged or foreign line becomes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.failures import Cancelled, DeviceGone, TookTooLong
from core.waiting import Patience
from drivers.ports.serial_port import SerialPort
from drivers.pty_line import PtyLine


@pytest.fixture
def line(tmp_path: Path) -> Iterator[PtyLine]:
    line = PtyLine(tmp_path / "line")
    line.plug()
    yield line
    line.cut()


@pytest.fixture
def port(line: PtyLine, tmp_path: Path) -> Iterator[SerialPort]:
    port = SerialPort(str(tmp_path / "line"), 115200)
    yield port
    port.close()


def test_there_and_back(line: PtyLine, port: SerialPort) -> None:
    port.write(bytes(range(256)), Patience(1))
    assert line.hear(1) == bytes(range(256))
    line.say(bytes(range(256)))
    heard = b""
    while len(heard) < 256:
        heard += port.read(100, Patience(1))
    assert heard == bytes(range(256))


def test_at_most_what_was_asked(line: PtyLine, port: SerialPort) -> None:
    line.say(b"abc")
    assert port.read(1, Patience(1)) == b"a"
    port.discard_input()
    with pytest.raises(TookTooLong):
        port.read(2, Patience(0.02))


def test_the_host_sets_the_speed(line: PtyLine, port: SerialPort) -> None:
    assert line.baud == 115200
    port.set_baud(9600)
    assert line.baud == 9600


def test_stopped_while_reading(port: SerialPort) -> None:
    patience = Patience()
    threading.Timer(0.05, patience.stop).start()
    start = time.monotonic()
    with pytest.raises(Cancelled):
        port.read(1, patience)
    assert time.monotonic() - start < 1


def test_nobody_takes_what_we_write(port: SerialPort) -> None:
    with pytest.raises(TookTooLong):
        port.write(bytes(1_000_000), Patience(0.2))


def test_unplugged(line: PtyLine, port: SerialPort) -> None:
    line.cut()
    for act in (
        lambda: port.read(1, Patience(1)),
        lambda: port.write(b"x", Patience(1)),
        port.discard_input,
        lambda: port.set_baud(9600),
    ):
        with pytest.raises(DeviceGone):
            act()


def test_unplugged_while_reading(line: PtyLine, port: SerialPort) -> None:
    threading.Timer(0.05, line.cut).start()
    with pytest.raises(DeviceGone):
        port.read(1, Patience(5))


def test_closed(port: SerialPort) -> None:
    port.close()
    with pytest.raises(DeviceGone, match="closed"):
        port.read(1, Patience(1))


def test_in_use_by_another_program(port: SerialPort, tmp_path: Path) -> None:
    with pytest.raises(DeviceGone):
        SerialPort(str(tmp_path / "line"), 115200)


@pytest.mark.parametrize("path", ["nothing", "file", "folder"])
def test_what_is_no_line(path: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(DeviceGone) as caught:
        SerialPort(str(tmp_path / path), 115200)
    assert str(tmp_path) not in str(caught.value)
