"""One message on the socket: four bytes of length, most significant first, then JSON; at most 64 KiB."""

from __future__ import annotations

import socket
import struct
import time

MOST_BYTES = 64 * 1024
_LENGTH = struct.Struct(">I")


class FrameBroken(OSError):
    """The other side vanished, dawdled, or sent no frame."""


def send_frame(line: socket.socket, data: bytes, seconds: float) -> None:
    if len(data) > MOST_BYTES:
        raise FrameBroken("frame too large")
    line.settimeout(seconds)
    line.sendall(_LENGTH.pack(len(data)) + data)


def read_frame(line: socket.socket, seconds: float) -> bytes:
    """A whole frame within ``seconds``, however slowly its bytes drip. Raises ``FrameBroken`` or ``OSError``."""
    deadline = time.monotonic() + seconds
    (size,) = _LENGTH.unpack(_exactly(line, _LENGTH.size, deadline))
    if size > MOST_BYTES:
        raise FrameBroken("frame too large")
    return _exactly(line, size, deadline)


def _exactly(line: socket.socket, size: int, deadline: float) -> bytes:
    data = bytearray()
    while len(data) < size:
        left = deadline - time.monotonic()
        if left <= 0:
            raise FrameBroken("frame took too long")
        line.settimeout(left)
        piece = line.recv(size - len(data))
        if not piece:
            raise FrameBroken("the other side vanished")
        data += piece
    return bytes(data)
