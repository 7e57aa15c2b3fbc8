"""The real screen of a house on a virtual display, and a robot citizen in front of it: real presses, real pixels."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Self

from drivers.idcard import simulated as reader
from drivers.printer.sim_process import Service
from kiosk.robot.citizen import walk
from kiosk.robot.moves import Scene
from kiosk.stage.display import VirtualDisplay
from kiosk.stage.house import House
from kiosk.stage.processes import READY_S


class Front:
    """``with Front(house, folder) as front``: the kiosk is up and waits for a finger. ``overlay``: more settings, as TOML."""

    def __init__(self, house: House, folder: Path, overlay: str = "", size: tuple[int, int] = (1080, 1920)) -> None:
        self.house = house
        self.folder = folder
        self._overlay = f"[screen]\nwidth = {size[0]}\nheight = {size[1]}\nfullscreen = false\ndock = true\n{overlay}"
        self._size = size

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._display = VirtualDisplay(*self._size)
        try:
            self._kiosk = self._started()
        except BaseException:
            self._display.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        reader.lift(self.house.reader_state)
        self._kiosk.end()
        self._display.close()

    @property
    def where(self) -> Path:
        return self.house.settings.terminal.socket.with_name("where.sock")

    def walks(self, plan: Sequence[Scene]) -> list[str]:
        """The screens that were seen, in order; their pictures lie in ``folder``."""
        steps = walk(self._display.name, self.where, self.folder, plan)
        self.pictures = [self.folder / step.picture for step in steps]
        return [step.screen for step in steps]

    def lays(self, key: str) -> partial[None]:
        """What lays a card of ``config/people.yaml`` down, to be called later."""
        return partial(reader.lay, self.house.reader_state, reader.cards()[key])

    @property
    def lifts(self) -> partial[None]:
        return partial(reader.lift, self.house.reader_state)

    def _started(self) -> Service:
        settings = self.folder / "screen.toml"
        settings.write_text(self._overlay, encoding="utf-8")
        files = (*self.house.settings_files, settings)
        options = ("--where", self.where, "--reader-state", self.house.reader_state)
        arguments = ("--settings", *files, *options, "--certificates", self.house.certificates)
        kiosk = self.house.start(
            "kiosk", "kiosk", *map(str, arguments), more={"DISPLAY": self._display.name, "SDL_VIDEODRIVER": "x11"}
        )
        kiosk.wait_until(self.where.exists, READY_S)
        return kiosk


def noted(house: House, code: str, seconds: float = 40.0) -> Callable[[], None]:
    """Waits until the terminal has noted ``code`` once more than now."""
    journal = house.folder / "terminal"
    before = _times(journal, code)

    def wait() -> None:
        deadline = time.monotonic() + seconds
        while _times(journal, code) <= before:
            assert time.monotonic() < deadline, f"{code} did not happen"
            time.sleep(0.05)

    return wait


def _times(journal: Path, code: str) -> int:
    return sum(path.read_text(encoding="utf-8").count(f'"{code}"') for path in journal.glob("*.journal"))
