"""``make run``: a house, a screen, and somebody in front of it: a robot citizen, or a person's own fingers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.failures import HouseFailure
from core.settings import Screen
from drivers.idcard import simulated as reader
from drivers.printer.sim_control import change_control
from drivers.printer.sim_process import Service
from kiosk.robot.citizen import RobotStuckError, walk
from kiosk.robot.moves import StepTiming
from kiosk.robot.plans import first_visit
from kiosk.robot.pointer import Pointer
from kiosk.stage.display import VirtualDisplay, present_display
from kiosk.stage.harvest import Harvest, gather
from kiosk.stage.house import House
from kiosk.stage.processes import READY_S

PERSON = "jia"
LOOK_S = 0.3
PAGE_S = 2.5
"""A laser printer's first page takes its time, and people see what they are told meanwhile."""


@dataclass(frozen=True, slots=True)
class Played:
    """What a run leaves: where, how long each step took (nothing without a robot), and what came out."""

    folder: Path
    started_s: float
    steps: tuple[StepTiming, ...]
    harvest: Harvest


def play(folder: Path, robot: bool, screen: Screen) -> Played:
    """Start everything; with a robot walk one visit and end, without one stay until the window is closed.

    Without a screen there is a virtual one, and always a robot. Raises ``HouseFailure`` saying what did not work.
    """
    begun = time.monotonic()
    with ExitStack() as stack:
        display = present_display() or stack.enter_context(_virtual(screen))
        virtual = display != present_display()
        house = stack.enter_context(House(folder / "house", _overlay(screen, virtual)))
        change_control(house.certificates, seconds_per_page=PAGE_S)
        kiosk = _open_kiosk(house, display, folder)
        started = time.monotonic() - begun
        steps: tuple[StepTiming, ...] = ()
        if robot or virtual:
            steps = _walked(house, display, folder)
        else:
            _stay(kiosk)
        kiosk.end()
        return Played(folder, started, steps, gather(house, folder))


@contextmanager
def _virtual(screen: Screen) -> Iterator[str]:
    display = VirtualDisplay(screen.width, screen.height)
    try:
        yield display.name
    finally:
        display.close()


def _overlay(screen: Screen, virtual: bool) -> str:
    return f"[screen]\nwidth = {screen.width}\nheight = {screen.height}\nfullscreen = false\ndock = true\n"


def _open_kiosk(house: House, display: str, folder: Path) -> Service:
    where = _where(house)
    options = ("--where", where, "--reader-state", house.reader_state, "--certificates", house.certificates)
    arguments = ("--settings", *house.settings_files, *options)
    more = {"DISPLAY": display, "SDL_VIDEODRIVER": "x11"}
    kiosk = house.start("kiosk", "kiosk", *map(str, arguments), more=more)
    kiosk.wait_until(where.exists, READY_S)
    return kiosk


def _where(house: House) -> Path:
    return house.settings.terminal.socket.with_name("where.sock")


def _walked(house: House, display: str, folder: Path) -> tuple[StepTiming, ...]:
    card = reader.cards()[PERSON]
    plan = first_visit(partial(reader.lay, house.reader_state, card), partial(reader.lift, house.reader_state))
    try:
        return tuple(walk(display, _where(house), folder / "screens", plan))
    except (RobotStuckError, OSError) as error:
        _photograph(display, folder / "stuck.png")
        raise HouseFailure(f"the robot citizen did not get through: {error}") from error


def _photograph(display: str, path: Path) -> None:
    pointer = Pointer(display)
    pointer.picture(path)
    pointer.close()


def _stay(kiosk: Service) -> None:
    while kiosk.running:
        time.sleep(LOOK_S)
    if kiosk.status:
        raise HouseFailure(f"the screen ended with {kiosk.status}: {kiosk.last_words()}")
