"""At the start: receipts that a killed process left in the spooler are taken back as soon as the spooler answers."""

from __future__ import annotations

import threading
from contextlib import ExitStack, suppress
from typing import Protocol

from core.failures import Failure
from core.waiting import Patience

TRY_S = 10.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 60.0


class Receipts(Protocol):
    def take_back_all(self, patience: Patience) -> int: ...


class TakingBack(threading.Thread):
    """Tries until it is done or ``stack`` closes."""

    def __init__(self, receipts: Receipts) -> None:
        super().__init__(name="taking-back")
        self._receipts, self._over = receipts, threading.Event()

    def begin(self, stack: ExitStack) -> None:
        self.start()
        stack.callback(self.join)
        stack.callback(self._over.set)

    def run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._over.is_set():
            # The spooler is away or hangs: whoever prints a receipt is told so; here it is waited for.
            with suppress(Failure):
                self._receipts.take_back_all(Patience(TRY_S, self._over))
                return
            self._over.wait(pause)
            pause = min(LONGEST_PAUSE_S, 2 * pause)
