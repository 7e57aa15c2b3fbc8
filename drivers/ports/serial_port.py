"""A serial line as a ``BytePort``, by pyserial.

Odd: an unplugged line shows itself as ``SerialException`` from ``read``, as bare ``OSError`` from ``in_waiting`` and as
``termios.error`` (which is no ``OSError``) from a flush; a pseudo-terminal has no modem lines.
"""

from __future__ import annotations

import os
import select
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import serial

from core.failures import DeviceGone
from core.waiting import Patience

SLICE = 0.05
"""Seconds a read blocks before it looks whether it was told to stop. Bytes that come in wake it at once."""


class SerialPort:
    """8N1 without flow control, exclusive to this process. Raises ``DeviceGone`` if it cannot be opened or is cut."""

    def __init__(self, path: str, baud: int) -> None:
        self._lock = threading.Lock()
        with _gone_if_cut("cannot be opened"):
            self._serial = serial.Serial(
                path, baudrate=baud, timeout=SLICE, write_timeout=SLICE, exclusive=True, xonxoff=False, rtscts=False
            )

    def write(self, data: bytes, patience: Patience) -> None:
        rest = memoryview(data)
        while rest:
            with self._lock, _gone_if_cut("cut while writing"):
                rest = rest[self._write_some(rest) :]
            patience.check()

    def _write_some(self, data: memoryview) -> int:
        # Not pyserial's write: its time-out does not tell how much went out before it.
        self._check_open()
        _, ready, _ = select.select([], [self._serial.fileno()], [], SLICE)
        return os.write(self._serial.fileno(), data) if ready else 0

    def read(self, most: int, patience: Patience) -> bytes:
        while True:
            with self._lock, _gone_if_cut("cut while reading"):
                self._check_open()
                self._serial.timeout = patience.slice(SLICE)
                first = self._serial.read(1)
                if first:
                    return bytes(first + self._serial.read(min(most - 1, self._serial.in_waiting)))
            patience.check()

    def discard_input(self) -> None:
        with self._lock, _gone_if_cut("cut"):
            self._check_open()
            self._serial.reset_input_buffer()

    def set_baud(self, baud: int) -> None:
        with self._lock, _gone_if_cut("cut"):
            self._check_open()
            self._serial.baudrate = baud

    def close(self) -> None:
        with self._lock:
            self._serial.close()

    def _check_open(self) -> None:
        if not self._serial.is_open:
            raise DeviceGone("port was closed")


@contextmanager
def _gone_if_cut(what: str) -> Iterator[None]:
    try:
        yield
    except (OSError, termios.error) as error:
        reason = os.strerror(number) if isinstance(number := error.args[0], int) else "lost"
        raise DeviceGone(f"serial line {what}: {reason}") from error
