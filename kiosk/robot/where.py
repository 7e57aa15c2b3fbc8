"""Tells a robot where things are: the screen's name and its targets in pixels. Reads only; development profile only.

One line of JSON for every line asked, over a Unix socket. No text of the screen is told: it may be a person's.
"""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk.widgets.touches import Seen

Looks = Callable[[], tuple[Seen, tuple[int, int]]]
"""What is on the glass, and the window's place on the X screen."""


def as_told(seen: Seen, corner: tuple[int, int]) -> dict[str, Any]:
    """``Seen`` as JSON: rectangles are x, y, width, height on the X screen."""
    return {
        "screen": seen.screen,
        "count": seen.count,
        "drawn": seen.drawn,
        "ready": seen.ready,
        "targets": [
            {
                "id": target.press.id,
                "rect": [
                    round(target.rect.x) + corner[0],
                    round(target.rect.y) + corner[1],
                    round(target.rect.w),
                    round(target.rect.h),
                ],
                "enabled": target.press.enabled,
                "seen": target.seen,
                "area": target.area.rsplit("/", 1)[-1],
            }
            for target in seen.targets
        ],
    }


class WhereService:
    """Serves one robot at a time from a thread of its own. ``close`` ends it."""

    def __init__(self, path: Path, looks: Looks) -> None:
        self._looks = looks
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._path = path
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            self._server.bind(str(path))
        finally:
            os.umask(before)
        self._server.listen(4)
        self._guest: socket.socket | None = None
        self._thread = threading.Thread(target=self._serve, name="where")
        self._thread.start()

    def close(self) -> None:
        self._path.unlink(missing_ok=True)
        for one in (self._guest, self._server):
            if one is not None:
                with suppress(OSError):  # the other side may have gone first
                    one.shutdown(socket.SHUT_RDWR)
                one.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                self._guest, _ = self._server.accept()
            except OSError:  # closed: the service ends
                return
            with suppress(OSError):  # the robot left
                self._answer(self._guest)

    def _answer(self, guest: socket.socket) -> None:
        with guest, guest.makefile("rw", encoding="utf-8") as lines:
            for _ in lines:
                lines.write(json.dumps(as_told(*self._looks())) + "\n")
                lines.flush()


class Where:
    """The robot's side: ``look`` asks once."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.connect(str(path))
        self._lines = self._socket.makefile("rw", encoding="utf-8")

    def look(self) -> Mapping[str, Any]:
        """Raises ``ConnectionError`` when the terminal is gone."""
        self._lines.write("\n")
        self._lines.flush()
        answer = self._lines.readline()
        if not answer:
            raise ConnectionError("the terminal is gone")
        told: Mapping[str, Any] = json.loads(answer)
        return told

    def close(self) -> None:
        with self._socket, suppress(OSError):  # what was not yet sent to a terminal that is gone is lost
            self._lines.close()
