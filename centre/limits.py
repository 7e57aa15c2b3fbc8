"""How often something may be tried from one place, counted in this process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from core.clock import Clock

_MOST_PLACES = 10_000


class RateLimit:
    """At most ``most`` tries in ``within`` from one key. Old keys are forgotten first when there are too many."""

    def __init__(self, clock: Clock, most: int, within: timedelta) -> None:
        self._clock = clock
        self._most = most
        self._within = within
        self._tries: OrderedDict[str, list[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, key: str) -> bool:
        """Count a try; whether it was within the limit."""
        now = self._clock.now()
        with self._lock:
            recent = [at for at in self._tries.pop(key, []) if at > now - self._within]
            allowed = len(recent) < self._most
            if allowed:
                recent.append(now)
            self._tries[key] = recent
            while len(self._tries) > _MOST_PLACES:
                self._tries.popitem(last=False)
        return allowed

    def forget(self, key: str) -> None:
        with self._lock:
            self._tries.pop(key, None)
