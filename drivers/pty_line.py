"""The device's end of a serial line, on a pseudo-terminal: what simulators of serial devices talk through.

Odd: a thread that blocks in ``os.read`` on the master keeps the pty alive after ``close``, and the host would see no
unplugging. So ``hear`` selects, and the thread that hears is also the one that cuts. The slave is kept open here, too:
without it, reading the master fails whenever no host has the line open.
"""

from __future__ import annotations

import os
import select
import termios
import tty
from contextlib import suppress
from pathlib import Path

_SPEEDS = {getattr(termios, f"B{baud}"): baud for baud in (115200, 57600, 38400, 19200, 9600)}


class PtyLine:
    """``link`` is a symbolic link to the host's end while the line is plugged in. For one thread."""

    def __init__(self, link: Path) -> None:
        self._link = link
        self._ends: tuple[int, int] | None = None

    @property
    def plugged(self) -> bool:
        return self._ends is not None

    @property
    def baud(self) -> int:
        """The speed at which the host has opened its end, 0 if it is none of the usual ones."""
        return _SPEEDS.get(termios.tcgetattr(self._master)[5], 0)

    @property
    def _master(self) -> int:
        if self._ends is None:
            raise RuntimeError("the line is not plugged in")
        return self._ends[0]

    def plug(self) -> None:
        self._ends = os.openpty()
        for end in self._ends:
            tty.setraw(end)
        os.set_blocking(self._master, False)
        fresh = self._link.with_name(f"{self._link.name}.new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(self._ends[1]))
        fresh.replace(self._link)

    def cut(self) -> None:
        """The host sees an unplugged line, and the link is gone."""
        if self._ends is not None:
            self._link.unlink(missing_ok=True)
            for end in self._ends:
                os.close(end)
            self._ends = None

    def hear(self, seconds: float) -> bytes:
        """What the host has sent, empty if nothing came within ``seconds``."""
        return os.read(self._master, 4096) if select.select([self._master], [], [], seconds)[0] else b""

    def say(self, data: bytes) -> None:
        """At once; what the host does not read in time is lost, as on a UART."""
        with suppress(BlockingIOError):
            os.write(self._master, data)
