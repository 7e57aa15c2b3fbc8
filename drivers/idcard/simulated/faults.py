"""What each fault makes of a reply: pieces of bytes and pauses in seconds, to be played on the line in order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from drivers.idcard.simulated.sam import bad_length, status
from drivers.idcard.simulated.state import Fault, Misbehaviour
from drivers.idcard.status import Sw3

Piece = bytes | float
CUT = -1.0
"""A pause that is the end of the line: the cable is pulled."""


def junk(length: int, seed: bytes) -> bytes:
    """Bytes like any, the same for the same seed."""
    return hashlib.shake_128(seed).digest(length)


_PLAYS: dict[Fault, Callable[[bytes, Misbehaviour], list[Piece]]] = {
    Fault.SILENCE: lambda reply, fault: [],
    Fault.LATE: lambda reply, fault: [fault.ms / 1000, reply],
    Fault.NOISE: lambda reply, fault: [junk(40, reply), reply],
    Fault.GARBAGE: lambda reply, fault: [junk(max(40, len(reply)), reply)],
    Fault.HALF: lambda reply, fault: [reply[: len(reply) // 2]],
    Fault.BAD_XOR: lambda reply, fault: [reply[:-1] + bytes([reply[-1] ^ 1])],
    Fault.EXTRA_AA: lambda reply, fault: [b"\xaa" + reply],
    Fault.GLUED: lambda reply, fault: [reply + status(Sw3.NO_CARD)],
    Fault.STALE: lambda reply, fault: [status(Sw3.SUCCESS, bytes(12)) + reply],
    Fault.LENGTH: lambda reply, fault: [bad_length()],
    Fault.STATUS: lambda reply, fault: [status(fault.sw3)],
    Fault.PULLED: lambda reply, fault: [reply],
    Fault.UNPLUG: lambda reply, fault: [reply[: len(reply) // 2], CUT],
}


def play(fault: Misbehaviour | None, reply: bytes) -> list[Piece]:
    """The pieces to send for ``reply`` under ``fault``."""
    return [reply] if fault is None else _PLAYS[fault.kind](reply, fault)
