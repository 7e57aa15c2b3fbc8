"""How long a blocking call may take, and how it is told to stop.

A ``Patience`` is handed down every blocking call. Once stopped it stays stopped: a late answer of a device
must never be taken for the answer to the next question.
"""

from __future__ import annotations

import threading
import time

from core.failures import Cancelled, TookTooLong


class Patience:
    """A deadline on the monotonic clock and a way to stop waiting.

    ``seconds`` is the time allowed; ``None`` waits for ever (until stopped).
    """

    def __init__(self, seconds: float | None = None, stop: threading.Event | None = None) -> None:
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._stop = stop if stop is not None else threading.Event()

    def remaining(self) -> float | None:
        """Seconds left (never negative), or ``None`` when there is no deadline."""
        return None if self._deadline is None else max(0.0, self._deadline - time.monotonic())

    def slice(self, seconds: float) -> float:
        """The shorter of ``seconds`` and what is left: the time-out for one port call."""
        left = self.remaining()
        return seconds if left is None else min(seconds, left)

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    @property
    def over(self) -> bool:
        return self.remaining() == 0.0

    def check(self) -> None:
        """Raise ``Cancelled`` if stopped, ``TookTooLong`` if the time is over."""
        if self.stopped:
            raise Cancelled
        if self.over:
            raise TookTooLong

    def sleep(self, seconds: float) -> None:
        """Wait, but wake at once when stopped; raises like ``check``."""
        self._stop.wait(self.slice(seconds))
        self.check()

    def within(self, seconds: float) -> Patience:
        """A shorter patience that stops together with this one."""
        return Patience(self.slice(seconds), self._stop)

    def stop(self) -> None:
        self._stop.set()
