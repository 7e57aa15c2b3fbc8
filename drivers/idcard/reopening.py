"""A reader that outlives its line: opened when first needed, and again after it was unplugged or fell silent.

A short loss while waiting for a card does not end the visit: it is gone after three misses. After a reconnect nothing
is remembered; the reader is asked.
"""

from __future__ import annotations

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
    """Keeps ``core.devices.IdCardReader``; ``open`` is a driver's opener with its address filled in."""

    def __init__(self, open_reader: Callable[[Patience], IdCardReader]) -> None:
        self._open = open_reader
        self._reader: IdCardReader | None = None

    def read(self, patience: Patience) -> IdCard:
        return self._persist(lambda reader: reader.read(patience), patience)

    def wait_removed(self, patience: Patience) -> None:
        self._persist(lambda reader: reader.wait_removed(patience), patience)

    def health(self, patience: Patience) -> DeviceHealth:
        try:
            health = self._opened(patience).health(patience)
        except DeviceGone as error:
            return DeviceHealth("idcard", Condition.GONE, error.code)
        except DeviceFailure as error:
            return DeviceHealth("idcard", Condition.FAULTY, error.code)
        if health.condition is Condition.GONE:
            self.close()
        return health

    def close(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def _persist(self, act: Callable[[IdCardReader], T], patience: Patience) -> T:
        for _ in range(MISSES - 1):
            try:
                return self._try(act, patience)
            except DeviceGone:
                patience.sleep(PAUSE)
        return self._try(act, patience)

    def _try(self, act: Callable[[IdCardReader], T], patience: Patience) -> T:
        try:
            return act(self._opened(patience))
        except DeviceFailure:
            self.close()
            raise

    def _opened(self, patience: Patience) -> IdCardReader:
        if self._reader is None:
            self._reader = self._open(patience)
        return self._reader
