"""A simulated reader on a pty, and the driver that has it open."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core.waiting import Patience
from drivers.idcard import simulated
from drivers.idcard.line import Timing
from drivers.idcard.sdt import SdtReader
from drivers.idcard.sdt_serial import open_reader
from drivers.idcard.simulated import Fault, SimulatedReader


@dataclass(frozen=True)
class Table:
    """Where the simulated reader stands: its line and its state file."""

    link: Path
    state: Path

    def lay(self, key: str) -> None:
        simulated.lay(self.state, simulated.cards()[key])

    def lift(self) -> None:
        simulated.lift(self.state)

    def misbehave(self, kind: Fault, on: str = "", times: int = 1, *, sw3: int = 0, ms: int = 0) -> None:
        simulated.misbehave(self.state, kind, on, times, sw3=sw3, ms=ms)

    def change(self, **changes: object) -> None:
        simulated.change(self.state, lambda state: replace(state, **changes))  # type: ignore[arg-type]


BRISK = Timing(answer=0.4, read=0.6, gap=0.2, settle=0.1, poll=0.05, held_poll=0.05, late=0.8, probe=0.2)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    table = Table(tmp_path / "idcard", tmp_path / "idcard.json")
    table.change(sam_ms=8, paced=False)
    with SimulatedReader(table.link, table.state):
        yield table


@pytest.fixture
def reader(table: Table) -> Iterator[SdtReader]:
    reader = open_reader(str(table.link), Patience(5), BRISK)
    yield reader
    reader.close()


def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.002)
