"""The simulated SDT reader as a ``Rehearsal``, its module ten times as quick as a real one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from core.people import IdCard
from drivers.idcard.simulated import state as table
from drivers.idcard.simulated.cards import card_of
from drivers.idcard.simulated.reader import SimulatedReader
from drivers.idcard.simulated.state import Fault


class SdtRehearsal:
    def __init__(self, folder: Path) -> None:
        self.link = folder / "idcard"
        self.state = folder / "idcard.json"
        self._reader = SimulatedReader(self.link, self.state)

    @property
    def address(self) -> str:
        return str(self.link)

    def start(self) -> None:
        table.change(self.state, lambda state: replace(state, sam_ms=40))
        self._reader.start()

    def stop(self) -> None:
        self._reader.stop()

    def lay(self, card: IdCard) -> None:
        table.lay(self.state, card_of(card))

    def lift(self) -> None:
        table.lift(self.state)

    def fall_silent(self) -> None:
        table.misbehave(self.state, Fault.SILENCE, times=0)

    def speak_again(self) -> None:
        table.behave(self.state)

    def unplug(self) -> None:
        table.unplug(self.state)
        _until(lambda: not self.link.is_symlink())

    def plug(self) -> None:
        table.plug(self.state)
        _until(self.link.exists)


def _until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("the simulated reader did not follow its state")
        time.sleep(0.002)
