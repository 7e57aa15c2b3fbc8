"""SDT frames (GA 467): preamble, length, body, XOR. Pure: bytes in, frames out.

::

    request   AA AA AA 96 69 | LEN (2, big-endian) | CMD PARA DATA… | CHK
    reply     AA AA AA 96 69 | LEN (2, big-endian) | SW1 SW2 SW3 DATA… | CHK

``LEN`` counts what follows it, ``CHK`` included; ``CHK`` is the XOR of everything between preamble and itself, so the
XOR over all bytes after the preamble is zero. Odd: some readers put one AA too many in front, so the search for the
preamble must slide byte by byte and not start over after a mismatch.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AAAAAA9669")
HEADER = len(PREAMBLE) + 2
LONGEST = 4096
"""Longest whole frame believed, in bytes. The longest documented one has 2321."""


def checksum(data: bytes | bytearray) -> int:
    """XOR of all bytes."""
    return reduce(xor, data, 0)


def pack(body: bytes) -> bytes:
    """The frame around ``body`` (CMD PARA DATA of a request, SW1 SW2 SW3 DATA of a reply)."""
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + counted + bytes([checksum(counted)])


@dataclass(frozen=True, slots=True)
class Reply:
    """``sw1 sw2`` come from the card, ``sw3`` from the reader (``drivers.idcard.status``)."""

    sw1: int
    sw2: int
    sw3: int
    data: bytes = b""

    def pack(self) -> bytes:
        return pack(bytes([self.sw1, self.sw2, self.sw3]) + self.data)


def parse_reply(body: bytes) -> Reply:
    """The reply in a frame's body of three bytes or more."""
    return Reply(body[0], body[1], body[2], body[3:])


class FrameParser:
    """Takes bytes in pieces of any size and gives back the bodies of whole frames; loses nothing to junk in between.

    ``shortest`` is the smallest lawful ``LEN``: 4 for replies (SW1 SW2 SW3 CHK), 3 for requests. Memory is bounded by
    ``LONGEST`` plus the piece just fed.
    """

    def __init__(self, shortest: int = 4) -> None:
        self._buffer = bytearray()
        self._shortest = shortest
        self.broken = 0
        """How many frames had a length or checksum that cannot be."""
        self.junk = 0
        """How many bytes belonged to no frame."""

    @property
    def within_frame(self) -> bool:
        """Whether a frame has begun and its end is awaited."""
        return len(self._buffer) >= HEADER

    def feed(self, data: bytes) -> list[bytes]:
        """Bodies of the frames that ``data`` completes, in order."""
        self._buffer += data
        found: list[bytes] = []
        while self._at_preamble() and self._step(found):
            pass
        return found

    def _at_preamble(self) -> bool:
        """Drop bytes until the buffer begins with a preamble; keep a tail that may become one."""
        start = self._buffer.find(PREAMBLE)
        if start < 0:
            self._drop(len(self._buffer) - self._beginning())
            return False
        self._drop(start)
        return len(self._buffer) >= HEADER

    def _beginning(self) -> int:
        """Length of the longest tail of the buffer that is the beginning of a preamble."""
        return next((n for n in range(len(PREAMBLE) - 1, 0, -1) if self._buffer.endswith(PREAMBLE[:n])), 0)

    def _step(self, found: list[bytes]) -> bool:
        """Take one frame or refuse one preamble; ``False`` when more bytes are needed."""
        length = int.from_bytes(self._buffer[len(PREAMBLE) : HEADER], "big")
        if not self._shortest <= length <= LONGEST - HEADER:
            return self._refuse()
        end = HEADER + length
        if len(self._buffer) < end:
            return False
        if checksum(self._buffer[len(PREAMBLE) : end]):
            return self._refuse()
        found.append(bytes(self._buffer[HEADER : end - 1]))
        del self._buffer[:end]
        return True

    def _refuse(self) -> bool:
        """Slide past one byte only: a true frame may lie inside what this one claimed to be."""
        self.broken += 1
        self._drop(1)
        return True

    def _drop(self, count: int) -> None:
        self.junk += count
        del self._buffer[:count]
