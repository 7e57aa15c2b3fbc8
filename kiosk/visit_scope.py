"""What one visit holds outside itself: its waiting, its temporary folder, the caches that saw it. Closing forgets it all."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from core.waiting import Patience


class VisitScope:
    """``base``: where the visit's folder goes, best on a tmpfs. ``forget``: called once on closing, on the closing thread.

    Once stopped it stays stopped: a patience asked for afterwards is stopped from the start.
    """

    def __init__(self, number: int, base: Path, forget: Callable[[], None] = lambda: None) -> None:
        self.number = number
        self._base, self._forget = base, forget
        self._lock = threading.Lock()
        self._waiting: set[threading.Event] = set()
        self._folder: Path | None = None
        self._stopped = False
        self._closed = False

    @property
    def stopped(self) -> bool:
        return self._stopped

    def patience(self, seconds: float | None = None) -> Patience:
        """A patience of its own that ends with the visit at the latest."""
        stop = threading.Event()
        with self._lock:
            self._waiting.add(stop)
            if self._stopped:
                stop.set()
        return Patience(seconds, stop)

    def folder(self) -> Path:
        """The visit's own folder, for its user only; made at the first call. Its name tells nothing."""
        with self._lock:
            if self._folder is None:
                self._base.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._folder = Path(tempfile.mkdtemp(prefix="visit-", dir=self._base))
            return self._folder

    def stop(self) -> None:
        """End all waiting, now. Files stay until ``close``: workers may still hold them."""
        with self._lock:
            self._stopped = True
            for stop in self._waiting:
                stop.set()

    def close(self) -> None:
        """Stop, delete the folder, forget. A second time it only deletes what has been written since."""
        self.stop()
        with self._lock:
            folder, first = self._folder, not self._closed
            self._closed = True
        if folder is not None and folder.exists():
            shutil.rmtree(folder)
        if first:
            self._forget()


def wipe_leftovers(base: Path) -> int:
    """Delete the folders of visits that a power cut left behind; their number."""
    folders = list(base.glob("visit-*")) if base.exists() else []
    for folder in folders:
        shutil.rmtree(folder)
    return len(folders)
