"""A reader that outlives its line: opened when first needed, and again after it was unplugged or fell silent.

A short loss while waiting for a card does not end the visit: it is gone after three misses. After a reconnect nothing
is remembered; the reader is asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from core.devices import Condition, DeviceHealth, IdCardReader
from core.failures import DeviceFailure, DeviceGone
from core.people import IdCard
from core.waiting import Patience

MISSES = 3
PAUSE = 0.5
"""Seconds between two tries to open."""
T = TypeVar("T")


class ReopeningReader:
    """Keeps ``core.devices.IdCardReader``; ``open_reader`` is a driver's opener with its address filled in.

    Calls may come from several threads. ``close`` is for good.
    """

    def __init__(self, open_reader: Callable[[Patience], IdCardReader]) -> None:
        self._open = open_reader
        self._reader: IdCardReader | None = None
        self._closed = False
        self._lock = threading.Lock()

    def read(self, patience: Patience) -> IdCard:
        return self._persist(lambda reader: reader.read(patience), patience)

    def wait_removed(self, patience: Patience) -> None:
        self._persist(lambda reader: reader.wait_removed(patience), patience)

    def health(self, patience: Patience) -> DeviceHealth:
        try:
            reader = self._opened(patience)
        except DeviceGone as error:
            return DeviceHealth("idcard", Condition.GONE, error.code)
        except DeviceFailure as error:
            return DeviceHealth("idcard", Condition.FAULTY, error.code)
        health = reader.health(patience)
        if health.condition is Condition.GONE:
            self._drop(reader)
        return health

    def close(self) -> None:
        self._closed = True
        with self._lock:  # whoever is opening a line right now has it closed, too
            reader = self._reader
        if reader is not None:
            self._drop(reader)

    def _persist(self, act: Callable[[IdCardReader], T], patience: Patience) -> T:
        for _ in range(MISSES - 1):
            try:
                return self._try(act, patience)
            except DeviceGone:
                patience.sleep(PAUSE)
        return self._try(act, patience)

    def _try(self, act: Callable[[IdCardReader], T], patience: Patience) -> T:
        reader = self._opened(patience)
        try:
            return act(reader)
        except DeviceFailure:
            self._drop(reader)
            raise

    def _opened(self, patience: Patience) -> IdCardReader:
        while not self._lock.acquire(timeout=0.05):
            patience.check()
        try:
            if self._reader is None and not self._closed:
                self._reader = self._open(patience)
            if self._reader is None or self._closed:
                raise DeviceGone("the reader was closed")
            return self._reader
        finally:
            self._lock.release()

    def _drop(self, reader: IdCardReader) -> None:
        """Close a reader that failed; another thread may have opened a new one meanwhile."""
        reader.close()
        with self._lock:
            if self._reader is reader:
                self._reader = None
