"""``tongban idcard read`` at a line with a reader that shares no code with the driver or its simulator.

It knows requests and replies as bytes from public sources, and talks as other firmware was seen to: in USB packets,
byte by byte, with 90 for a found card, deaf to commands it never learnt, saying *no card* once it has been read.
"""

from __future__ import annotations

import json
import os
import select
import threading
import tty
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from core.failures import DeviceSilent, Failure
from core.people import IdCard
from core.waiting import Patience
from tests.drivers.idcard.scripted import VECTORS
from tongban.__main__ import main
from tongban.idcard import read_one

RESET, STATUS, NUMBER, FIND, SELECT, READ, ADDRESS, READ_ALL = [
    "10FF",
    "11FF",
    "12FF",
    "2001",
    "2002",
    "3001",
    "3003",
    "3010",
]
HEAD = bytes.fromhex("AAAAAA9669")
WHOLE = VECTORS["full_frames"]["resident"]["base_fp_30_10_len1024"]
PLAIN = VECTORS["full_frames"]["resident"]["base_30_01"]
SAYS = {
    RESET: "AAAAAA9669000400009094",
    STATUS: "AAAAAA9669000400009094",
    NUMBER: "AAAAAA9669001400009005000200E190320187D61200B1CB74008C",
    FIND: "AAAAAA9669000800009F0000000097",
    SELECT: "AAAAAA9669000C00009000000000000000009C",
    READ: PLAIN,
    READ_ALL: WHOLE,
    ADDRESS: "AAAAAA9669000400009195",
}
NO_CARD, WRONG, UNRECOGNISED = "AAAAAA9669000400008084", "AAAAAA9669000400002125", "AAAAAA9669000400002420"


@dataclass
class Firmware:
    """How this one talks. ``says``: other replies, ``""`` for none. ``piece``: bytes at a time, ``pause`` seconds between."""

    name: str
    says: dict[str, str] = field(default_factory=dict)
    piece: int = 64
    pause: float = 0.0
    thinks: float = 0.0
    greeting: bytes = b""
    reads_once: bool = False

    def reply(self, command: str, before: Sequence[str]) -> bytes:
        if self.reads_once and command == FIND and {READ, READ_ALL} & set(before):
            return bytes.fromhex(NO_CARD)
        return bytes.fromhex((SAYS | self.says).get(command, WRONG))


DEAF = Firmware("deaf to everything", dict.fromkeys(SAYS, ""))
FIRMWARES = [
    Firmware("usb packets with gaps", piece=64, pause=0.004),
    Firmware("one byte at a time", piece=1),
    Firmware("found is 90 and nothing more", {FIND: SAYS[RESET]}),
    Firmware("a module that takes its time", thinks=0.25),
    Firmware("no card once it was read", reads_once=True),
    Firmware("30 10 is a wrong command", {READ_ALL: WRONG}),
    Firmware("30 10 is not recognised", {READ_ALL: UNRECOGNISED}),
    Firmware("30 03 is a wrong command", {ADDRESS: WRONG}),
    Firmware("deaf to 30 03", {ADDRESS: ""}),
    Firmware("deaf to 30 10", {READ_ALL: ""}),
    Firmware("deaf to 10 FF, 11 FF and 12 FF", {RESET: "", STATUS: "", NUMBER: ""}),
    Firmware("only what is needed", {RESET: "", STATUS: "", NUMBER: "", ADDRESS: "", READ_ALL: WRONG}),
    Firmware("a greeting before the first answer", greeting=b"\r\nSAM OK\r\n\xaa\xaa"),
    DEAF,
]


class Stranger(threading.Thread):
    def __init__(self, firmware: Firmware) -> None:
        super().__init__(name="stranger")
        self._firmware, self._over = firmware, threading.Event()
        self.heard: list[str] = []
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.path = os.ttyname(self._theirs)

    def run(self) -> None:
        pending = b""
        self._say(self._firmware.greeting)
        while not self._over.is_set():
            if not select.select([self._ours], [], [], 0.02)[0]:
                continue
            pending += os.read(self._ours, 256)
            while len(pending) >= 7 and len(pending) >= 7 + pending[6]:
                assert pending.startswith(HEAD)
                command, pending = pending[7:9].hex().upper(), pending[7 + pending[6] :]
                self._answer(command)

    def _answer(self, command: str) -> None:
        reply = self._firmware.reply(command, self.heard)
        self.heard.append(command)
        self._over.wait(self._firmware.thinks)
        self._say(reply)

    def _say(self, data: bytes) -> None:
        for at in range(0, len(data), self._firmware.piece):
            os.write(self._ours, data[at : at + self._firmware.piece])
            self._over.wait(self._firmware.pause)

    def end(self) -> None:
        self._over.set()
        self.join()
        os.close(self._ours)
        os.close(self._theirs)


@contextmanager
def at_the_line(firmware: Firmware) -> Iterator[Stranger]:
    stranger = Stranger(firmware)
    stranger.start()
    try:
        yield stranger
    finally:
        stranger.end()


Read = tuple[IdCard | Failure, list[str]]


def read(firmware: Firmware) -> Read:
    """What the command's own way to a card brings, and what the reader was asked."""
    with at_the_line(firmware) as stranger:
        try:
            return read_one("sdt-serial", stranger.path, Patience(25)), stranger.heard
        except Failure as failure:
            return failure, stranger.heard


@pytest.fixture(scope="module")
def all_read() -> Mapping[str, Read]:
    """All at once, because most of the time is waiting for those that are deaf."""
    with ThreadPoolExecutor(len(FIRMWARES)) as people:
        return dict(zip([firmware.name for firmware in FIRMWARES], people.map(read, FIRMWARES), strict=True))


@pytest.mark.parametrize("name", [firmware.name for firmware in FIRMWARES if firmware is not DEAF])
def test_a_card_is_read_from_a_reader_that_nobody_here_wrote(all_read: Mapping[str, Read], name: str) -> None:
    card, heard = all_read[name]
    assert isinstance(card, IdCard), card
    assert (card.name, card.number) == ("测试甲", "110101190001010014")
    assert len(card.photo) == 1024
    assert len(card.fingerprints) == (0 if READ in heard else 1024)


def test_nobody_there_is_said_in_time(all_read: Mapping[str, Read]) -> None:
    assert isinstance(all_read[DEAF.name][0], DeviceSilent)


def command(stranger: Stranger, capsys: pytest.CaptureFixture[str], seconds: str) -> tuple[int, Any]:
    status = main(["idcard", "read", "--port", stranger.path, "--timeout", seconds, "--json", "--full"])
    return status, json.loads(capsys.readouterr().out)


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    with at_the_line(FIRMWARES[0]) as stranger:
        status, said = command(stranger, capsys, "10")
    assert (status, said["ok"], said["card"]["name"]) == (0, True, "测试甲")


def test_no_card_is_said_when_the_time_is_over(capsys: pytest.CaptureFixture[str]) -> None:
    with at_the_line(Firmware("empty", {FIND: NO_CARD})) as stranger:
        status, said = command(stranger, capsys, "0.7")
    assert (status, said["failure"]["code"]) == (1, "NO_CARD")
