"""A screen: the one that is there, else a virtual one (Xvfb) of the terminal's own size."""

from __future__ import annotations

import os
import re
import shutil
import socket
import tempfile
from pathlib import Path

from core.failures import HouseFailure
from drivers.printer.sim_process import Keeper, Service

READY_S = 20.0
LOCAL = re.compile(r"(?:unix)?:(\d+)(?:\.\d+)?")
SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 - where X servers listen


class VirtualDisplay:
    """Xvfb chooses its own number (``-displayfd``), so two of them never quarrel. It ends with us, however we end."""

    def __init__(self, width: int, height: int) -> None:
        xvfb = shutil.which("Xvfb")
        if xvfb is None:
            raise HouseFailure("no screen and no Xvfb: install the Debian package xvfb")
        folder = Path(tempfile.mkdtemp(prefix="tongban-"))
        told = folder / "number"
        # Xvfb tells its number on a file descriptor; descriptor 3 is a file here.
        argv = ["sh", "-c", f'exec "$@" 3>{told}', "sh", xvfb, "-displayfd", "3", "-screen", "0"]
        options = [f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"]
        self._keeper = Keeper(folder)
        try:
            self._server = Service("Xvfb", [*argv, *options], folder / "log", self._keeper, os.environ)
            self._server.start()
            self._server.wait_until(lambda: told.exists() and told.read_text().endswith("\n"), READY_S)
            self.name = f":{told.read_text().strip()}"
        except BaseException:
            self._keeper.dismiss()
            raise

    def close(self) -> None:
        self._server.end()
        self._keeper.dismiss()


def present_display() -> str | None:
    """The display of this session, or ``None`` where there is no screen. ``HouseFailure`` for one that nobody serves."""
    name = os.environ.get("DISPLAY") or None
    local = LOCAL.fullmatch(name or "")
    if local is not None and not _served(int(local[1])):
        raise HouseFailure(f"nobody answers at DISPLAY={name}: unset DISPLAY, and a virtual screen is opened")
    return name


def _served(number: int) -> bool:
    """Whether an X server listens, at its file or, as some do, only at the abstract name."""
    path = str(SOCKETS / f"X{number}")
    with socket.socket(socket.AF_UNIX) as line, socket.socket(socket.AF_UNIX) as abstract:
        return line.connect_ex(path) == 0 or abstract.connect_ex(f"\0{path}") == 0
