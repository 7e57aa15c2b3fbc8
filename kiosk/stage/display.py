"""A screen: the one that is there, else a virtual one (Xvfb) of the terminal's own size."""

from __future__ import annotations

import os
import shutil
import subprocess

from core.failures import HouseFailure


class VirtualDisplay:
    """Xvfb chooses its own number (``-displayfd``), so two of them never quarrel."""

    def __init__(self, width: int, height: int) -> None:
        xvfb = shutil.which("Xvfb")
        if xvfb is None:
            raise HouseFailure("no screen and no Xvfb: install the Debian package xvfb")
        reader, writer = os.pipe()
        self._child = subprocess.Popen(
            [xvfb, "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=(writer,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        if not number:
            self._child.wait()
            raise HouseFailure("Xvfb did not start")
        self.name = f":{number}"

    def close(self) -> None:
        self._child.terminate()
        self._child.wait()


def present_display() -> str | None:
    """The display of this session, or ``None`` where there is no screen."""
    return os.environ.get("DISPLAY") or None
