"""The simulated reader itself: the order of commands, the pace of the line, and a state that any process may change."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.failures import TookTooLong
from core.waiting import Patience
from drivers.idcard import simulated
from drivers.idcard.commands import set_baud, set_rf_bytes
from drivers.idcard.frame import FrameParser, Reply, pack, parse_reply
from drivers.idcard.simulated import Fault, SimulatedReader, cards, people, read_state
from drivers.idcard.simulated.state import Misbehaviour
from drivers.ports.serial_port import SerialPort
from tests.drivers.idcard.conftest import Table, until
from tests.drivers.idcard.scripted import CARD, vector

ROOT = Path(__file__).parents[3]


class Host:
    """Sends requests and takes whole replies, as bytes."""

    def __init__(self, port: SerialPort) -> None:
        self.port = port

    def ask(self, body: bytes, seconds: float = 2) -> bytes:
        self.port.write(pack(body), Patience(seconds))
        return self.hear(seconds)

    def hear(self, seconds: float = 2) -> bytes:
        parser, patience = FrameParser(), Patience(seconds)
        while not (found := parser.feed(self.port.read(4096, patience))):
            pass
        return pack(found[0])

    def sw3(self, hexes: str) -> str:
        return f"{parse_reply(self.ask(bytes.fromhex(hexes))[7:-1]).sw3:02X}"


@pytest.fixture
def host(table: Table) -> Iterator[Host]:
    port = SerialPort(str(table.link), 115200)
    yield Host(port)
    port.close()


def test_a_read_byte_for_byte(table: Table, host: Host) -> None:
    table.lay("jia")
    assert host.ask(b"\x20\x01") == vector("replies", "find_ok")
    assert host.ask(b"\x20\x02") == vector("replies", "select_ok")
    photo_and_text = slice(5 + 2 + 3 + 6, 5 + 2 + 3 + 6 + 1280)
    assert host.ask(b"\x30\x10")[photo_and_text] == CARD[photo_and_text]
    assert host.ask(b"\x12\xff") == vector("replies", "samid")


@pytest.mark.parametrize("key", ["jia", "yi", "bing", "ding"])
def test_plain_reads_of_all_kinds_are_the_published_frames(table: Table, host: Host, key: str) -> None:
    table.lay(key)
    kind = {"jia": "resident", "yi": "J", "bing": "I", "ding": "Y"}[key]
    assert [host.sw3("2001"), host.sw3("2002")] == ["9F", "90"]
    assert host.ask(b"\x30\x01") == vector("full_frames", kind, "base_30_01")


@pytest.mark.parametrize(
    "conversation",
    [
        "2001 80 2002 21 3001 21 3003 21 3005 41",
        "lay 2002 21 3001 21 2001 9F 3001 21 2002 90 3005 90 3001 90 3003 91 3001 21",
        "lay 2001 9F 2002 90 3010 90 2001 80 3003 91 lift 3003 41 2001 80 lay 2001 9F",
        "lay 2001 9F 2002 90 3010 90 10FF 90 2001 9F",
        "lay 2001 9F lift 2002 81",
        "lay 2001 9F 2002 90 lift 3001 41",
        "lay 2001 9F 2002 90 lift lay 3001 41 2001 9F",
        "10FF 90 11FF 90 12FF 90 61FF18 90 61FFFF 90 61FF17 21 61FF 21 6005 21 60FF 21 1234 21 2001FF 21",
    ],
)
def test_the_order_of_commands(table: Table, host: Host, conversation: str) -> None:
    words = iter(conversation.split())
    for word in words:
        if word == "lay":
            table.lay("jia")
        elif word == "lift":
            table.lift()
        else:
            assert (word, host.sw3(word)) == (word, next(words))


def test_a_request_with_a_bad_checksum(host: Host) -> None:
    host.port.write(pack(b"\x20\x01")[:-1] + b"\0", Patience(1))
    assert host.hear() == vector("replies", "sw3_10")


def test_a_new_speed_is_answered_at_the_old_one(table: Table, host: Host) -> None:
    assert host.ask(set_baud(9600).body) == vector("replies", "sw3_90")
    until(lambda: read_state(table.state).baud == 9600)
    with pytest.raises(TookTooLong):
        host.ask(b"\x11\xff", 0.1)
    host.port.set_baud(9600)
    assert host.ask(set_rf_bytes(0x58).body) == vector("replies", "sw3_90")


@pytest.mark.parametrize(("baud", "seconds"), [(115200, 0.2015), (57600, 0.4029)])
def test_it_is_no_faster_than_the_line(table: Table, host: Host, baud: int, seconds: float) -> None:
    table.change(paced=True, baud=baud, sam_ms=0)
    host.port.set_baud(baud)
    table.lay("jia")
    assert [host.sw3("2001"), host.sw3("2002")] == ["9F", "90"]
    start = time.monotonic()
    assert len(host.ask(b"\x30\x10")) == 2321
    assert time.monotonic() - start >= seconds - 0.001


def test_the_module_takes_its_time(table: Table, host: Host) -> None:
    table.change(sam_ms=240)
    table.lay("jia")
    start = time.monotonic()
    for command in ("2001", "2002", "3001"):
        host.sw3(command)
    assert time.monotonic() - start >= 0.3


def test_another_process_lays_a_card_and_sets_a_fault(table: Table, host: Host) -> None:
    assert host.sw3("2001") == "80"
    code = (
        "import sys; from pathlib import Path; from drivers.idcard import simulated as s; p = Path(sys.argv[1]);"
        "s.lay(p, s.cards()['yi']); s.misbehave(p, s.Fault.STATUS, '2002', sw3=0x31)"
    )
    subprocess.run([sys.executable, "-c", code, str(table.state)], cwd=ROOT, check=True)
    assert [host.sw3("2001"), host.sw3("2002"), host.sw3("2002")] == ["9F", "31", "90"]


def test_writers_take_turns(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    threads = [threading.Thread(target=lambda: [simulated.lift(state) for _ in range(25)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_state(state).laid == 100


def test_faults_are_used_up_in_order_or_stay(table: Table, host: Host) -> None:
    table.misbehave(Fault.STATUS, "11FF", times=2, sw3=0x60)
    table.misbehave(Fault.STATUS, "11FF", times=0, sw3=0x66)
    assert [host.sw3("11FF") for _ in range(4)] == ["60", "60", "66", "66"]
    assert read_state(table.state).faults == (Misbehaviour(Fault.STATUS, "11FF", 0, 0x66),)
    simulated.behave(table.state)
    assert host.sw3("11FF") == "90"


def test_the_link_comes_and_goes_with_the_plug(table: Table) -> None:
    simulated.unplug(table.state)
    until(lambda: not table.link.is_symlink())
    simulated.plug(table.state)
    until(table.link.exists)


def test_a_link_left_by_a_killed_simulator_is_replaced(tmp_path: Path) -> None:
    link = tmp_path / "idcard"
    link.symlink_to("/dev/pts/no-such")
    with SimulatedReader(link, tmp_path / "state.json"):
        assert link.exists()
    assert not link.is_symlink()


def test_every_invented_person_is_invented() -> None:
    for key, person in people().items():
        assert person.name.startswith(("测试", "測試")), key
        assert person.birth is not None
        assert person.birth.year == 1900
    assert len({person.number for person in people().values()}) == len(people()) == 10


def test_people_from_another_table() -> None:
    text = (ROOT / "config/people.yaml").read_text("utf-8").replace("key: jia", "key: someone")
    assert "someone" in cards(text)
    assert "jia" not in cards(text)


def test_a_field_too_long_for_the_card() -> None:
    text = (ROOT / "config/people.yaml").read_text("utf-8").replace("name: 测试甲", f"name: {'测' * 16}")
    with pytest.raises(ValueError, match="too many"):
        cards(text)


def test_frames_of_the_cards_fit_their_own_lengths() -> None:
    for card in cards().values():
        (body,) = FrameParser().feed(card.content(with_fingerprints=True))
        assert len(parse_reply(body).data) == 6 + 256 + 1024 + len(card.fingerprints)
        assert isinstance(parse_reply(body), Reply)
