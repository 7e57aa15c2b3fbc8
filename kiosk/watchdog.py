"""Tells systemd that the main loop turns (sd_notify(3)); a frozen screen is restarted. Without systemd it says nothing."""

from __future__ import annotations

import os
import socket


class Watchdog:
    def __init__(self) -> None:
        told = os.environ.get("NOTIFY_SOCKET", "")
        self._address = "\0" + told[1:] if told.startswith("@") else told

    def ready(self) -> None:
        self._say(b"READY=1")

    def alive(self) -> None:
        self._say(b"WATCHDOG=1")

    def _say(self, what: bytes) -> None:
        if self._address:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.sendto(what, self._address)
