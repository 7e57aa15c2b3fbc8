"""The simulated reader: the other end of a pseudo-terminal, speaking SDT at the pace of the line.

It does what a module does, as fast as 8N1 at its speed allows, and misbehaves as told by its state file
(``simulated.state``), also in the middle of a command. A host at the wrong speed is not understood.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

from drivers.idcard.commands import BAUDS
from drivers.idcard.frame import FrameParser
from drivers.idcard.simulated.faults import CUT, play
from drivers.idcard.simulated.sam import SimulatedSam, status
from drivers.idcard.simulated.state import Fault, Misbehaviour, ReaderState, change, lift, parse_state, unplug
from drivers.idcard.status import Sw3
from drivers.pty_line import PtyLine

CHUNK = 16
"""Bytes that a UART hands over at once."""
TICK = 0.005
"""Seconds after which a change of the state file is noticed."""


class SimulatedReader:
    """``link`` becomes a symbolic link to the line while it is plugged in; ``state`` is the state file.

    The line and the module belong to the thread between ``start`` and ``stop``.
    """

    def __init__(self, link: Path, state: Path) -> None:
        self._link = link
        self._path = state
        self._seen = b""
        self._state = ReaderState()
        self._line = PtyLine(link)
        self._sam = SimulatedSam()
        self._parser = FrameParser(shortest=3)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="simulated-idcard")

    def start(self) -> None:
        """Returns when the link can be opened (or, if the state says unplugged, at once)."""
        self._link.parent.mkdir(parents=True, exist_ok=True)
        change(self._path, lambda state: state)
        self._follow()
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def __enter__(self) -> SimulatedReader:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                if self._line.plugged:
                    self._listen()
                else:
                    self._stop.wait(TICK)
                    self._follow()
        finally:
            self._line.cut()

    def _follow(self) -> None:
        """Take up what another process wrote into the state file, the plug included."""
        found = self._path.read_bytes()
        if found != self._seen:
            self._state, self._seen = parse_state(found), found
        if self._state.plugged and not self._line.plugged:
            self._sam, self._parser = SimulatedSam(), FrameParser(shortest=3)
            self._line.plug()
        if not self._state.plugged:
            self._line.cut()

    def _listen(self) -> None:
        data = self._line.hear(TICK)
        self._follow()
        if not data or not self._line.plugged or self._line.baud != self._state.baud:
            return
        broken = self._parser.broken
        for body in self._parser.feed(data):
            self._serve(body)
        if self._parser.broken > broken:
            self._send(status(Sw3.CHECKSUM_ERROR))

    def _serve(self, body: bytes) -> None:
        fault = self._fault_for(body[:2].hex().upper())
        self._work(self._milliseconds(body), pulled=fault is not None and fault.kind is Fault.PULLED)
        reply = self._sam.answer(body, self._state)
        for piece in play(fault, reply):
            if piece == CUT:
                unplug(self._path)
                self._follow()
            elif isinstance(piece, float):
                self._work(1000 * piece)
            else:
                self._send(piece)
        if body[:1] == b"\x60" and reply == status(Sw3.SUCCESS):
            change(self._path, lambda state: replace(state, baud=BAUDS[body[1]]))

    def _milliseconds(self, body: bytes) -> float:
        if body in (b"\x30\x01", b"\x30\x10"):
            return self._state.sam_ms
        return self._state.sam_ms / 8 if body in (b"\x20\x01", b"\x20\x02") else 0.0

    def _work(self, milliseconds: float, *, pulled: bool = False) -> None:
        """Let time pass with open eyes; half-way through the card is pulled if so told."""
        start = time.monotonic()
        end = start + milliseconds / 1000
        while pulled or time.monotonic() < end:
            if pulled and time.monotonic() >= (start + end) / 2:
                lift(self._path)
                pulled = False
            if self._stop.wait(max(0.0, min(TICK, end - time.monotonic()))):
                return
            self._follow()
        self._follow()

    def _send(self, data: bytes) -> None:
        """Chunk by chunk, each when its last bit would have arrived."""
        start = time.monotonic()
        size, byte = (CHUNK, 10 / self._state.baud) if self._state.paced else (len(data) or 1, 0.0)
        for at in range(0, len(data), size):
            chunk = data[at : at + size]
            time.sleep(max(0.0, start + (at + len(chunk)) * byte - time.monotonic()))
            self._follow()
            if not self._line.plugged or self._stop.is_set():
                return
            self._line.say(chunk)

    def _fault_for(self, command: str) -> Misbehaviour | None:
        """The first fault set for ``command``, used up by one."""
        found = next((fault for fault in self._state.faults if fault.on in ("", command)), None)
        if found is not None and found.times:
            change(self._path, lambda state: replace(state, faults=_used(state.faults, found)))
            self._follow()
        return found


def _used(faults: tuple[Misbehaviour, ...], used: Misbehaviour) -> tuple[Misbehaviour, ...]:
    """``faults`` with one use of ``used`` taken away; another process may have taken it back meanwhile."""
    if used not in faults:
        return faults
    at = faults.index(used)
    rest = (replace(used, times=used.times - 1),) if used.times > 1 else ()
    return (*faults[:at], *rest, *faults[at + 1 :])
