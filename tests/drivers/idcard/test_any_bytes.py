"""Whatever a line says, whenever and in whatever pieces: the driver ends with a card or with a failure of ours."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.failures import CardFailure, DeviceFailure, DeviceGone, DeviceNoise, HouseFailure, TookTooLong
from core.people import IdCard
from core.waiting import Patience
from drivers.idcard.frame import PREAMBLE, Reply
from drivers.idcard.line import Timing
from drivers.idcard.sdt import SdtReader
from drivers.idcard.sdt_serial import open_reader
from drivers.ports.serial_port import SerialPort
from drivers.pty_line import PtyLine
from tests.drivers.idcard.scripted import AT_ONCE, CARD, FOUND, NONE_STORED, NUMBER, OK, PLAIN_CARD, SELECTED

HASTY = Timing(answer=0.02, read=0.02, gap=0.01, settle=0.01, poll=0.0, held_poll=0.0, late=0.02)
LAWFUL = (CardFailure, DeviceFailure, HouseFailure, TookTooLong)
whole = st.sampled_from([FOUND, SELECTED, CARD, PLAIN_CARD, NONE_STORED, NUMBER, OK])
reply = st.builds(lambda sw3, data: Reply(0, 0, sw3, data).pack(), st.integers(0, 255), st.binary(max_size=300))
half = st.builds(lambda frame, at: frame[: at % len(frame)], whole, st.integers(0, 5000))
flipped = st.builds(
    lambda frame, at, bit: bytes(b ^ (bit if n == at % len(frame) else 0) for n, b in enumerate(frame)),
    whole,
    st.integers(0, 5000),
    st.integers(1, 255),
)
junk = st.one_of(st.binary(max_size=100), st.just(PREAMBLE), st.just(b"\xaa" * 50))
piece = st.one_of(whole, whole, reply, half, flipped, junk, st.just(b""))


class AnyPort:
    """Says these pieces, empty ones being time-outs, and is unplugged after them."""

    def __init__(self, pieces: list[bytes], size: int) -> None:
        self._pieces = deque(part[at : at + size] for part in pieces for at in range(0, max(1, len(part)), size))

    def write(self, data: bytes, patience: Patience) -> None:
        patience.check()

    def read(self, most: int, patience: Patience) -> bytes:
        patience.check()
        if not self._pieces:
            raise DeviceGone
        said = self._pieces.popleft()
        if not said:
            raise TookTooLong
        return said

    def discard_input(self) -> None: ...

    def close(self) -> None: ...


@given(st.lists(piece, max_size=30), st.sampled_from([1, 16, 512]))
def test_over_a_port(pieces: list[bytes], size: int) -> None:
    reader = SdtReader(AnyPort(pieces, size), timing=AT_ONCE)
    with suppress(*LAWFUL):
        assert isinstance(reader.read(Patience(20)), IdCard)
    with suppress(*LAWFUL):
        reader.wait_removed(Patience(20))
    assert reader.health(Patience(20)).device == "idcard"


@given(st.lists(piece, max_size=8))
def test_a_conversation_of_whole_frames_in_any_order(pieces: list[bytes]) -> None:
    reader = SdtReader(AnyPort([FOUND, SELECTED, *pieces, CARD, NONE_STORED], 512), timing=AT_ONCE)
    with suppress(*LAWFUL):
        assert reader.read(Patience(20)).kind == "resident"


class FloodPort(AnyPort):
    """Says the same for ever, without a pause."""

    def __init__(self, said: bytes) -> None:
        super().__init__([], 1)
        self._said = said

    def read(self, most: int, patience: Patience) -> bytes:
        patience.check()
        return (self._said * most)[:most]


@pytest.mark.parametrize("said", [b"\x00", b"\xaa", PREAMBLE + b"\x0f\xf9", Reply(0, 0, 0x90, bytes(77)).pack()])
@pytest.mark.parametrize("knows_number", [True, False])
def test_a_flood_ends(said: bytes, knows_number: bool) -> None:
    reader = SdtReader(FloodPort(said), timing=HASTY, knows_number=knows_number)
    with pytest.raises(DeviceNoise):
        reader.read(Patience(30))


class Peer:
    """The other end of a pty: answers each request with the next piece, and pulls the cable after the last."""

    def __init__(self, link: Path, pieces: list[bytes]) -> None:
        self._line = PtyLine(link)
        self._pieces = deque(pieces)
        self._stop = threading.Event()
        self._line.plug()
        self._thread = threading.Thread(target=self._run, name="peer")

    def _run(self) -> None:
        while not self._stop.is_set():
            if self._line.hear(0.01):
                if not self._pieces:
                    break
                self._line.say(self._pieces.popleft())
        self._line.cut()

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


@pytest.fixture
def link(tmp_path: Path) -> Path:
    return tmp_path / "line"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(piece, max_size=12))
def test_over_a_pty(link: Path, pieces: list[bytes]) -> None:
    with Peer(link, pieces):
        reader = SdtReader(SerialPort(str(link), 115200), timing=HASTY)
        with suppress(*LAWFUL):
            reader.read(Patience(2))
        with suppress(*LAWFUL):
            reader.wait_removed(Patience(0.2))
        reader.close()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(piece.filter(bool), max_size=8))
def test_opening_over_a_pty(link: Path, pieces: list[bytes]) -> None:
    with Peer(link, pieces), suppress(*LAWFUL):
        open_reader(str(link), Patience(0.3)).close()
