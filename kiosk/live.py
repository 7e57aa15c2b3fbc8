"""Screen, session and runner joined, and kept alive: the only place where Kivy's clock drives a visit."""

from __future__ import annotations

import signal
from contextlib import ExitStack
from functools import partial
from types import FrameType

from kivy.clock import Clock as KivyClock

from core.failures import HouseFailure
from core.journal import Disposition, Entry
from core.settings import Settings
from flows.events import Event
from kiosk import bridge
from kiosk.app import TerminalApp
from kiosk.dock.drawer import Dock
from kiosk.faces import Face
from kiosk.main import Play
from kiosk.robot.where import WhereService
from kiosk.session import Session
from kiosk.watchdog import Watchdog
from kiosk.wiring import wire

TICK_S = 0.5


def live(settings: Settings, play: Play) -> int:
    with ExitStack() as stack:
        _Live(settings, play, stack).app.run()
    return 0


class _Live:
    """Events of workers come over the bridge; touches come straight, they are on the main thread already."""

    def __init__(self, settings: Settings, play: Play, stack: ExitStack) -> None:
        if settings.profile == "production" and play != Play():
            raise HouseFailure("a robot's socket and simulated devices are for development")
        dock = _dock(play) if settings.screen.dock else None
        self.app = TerminalApp(settings.screen, self.happened, self.sorry, self.started, dock)
        self.terminal = wire(settings, self.post, lambda: bridge.post(self.app.forget), stack)
        self.session = Session(
            self.terminal.lobby, self.terminal.texts, self.terminal.runner, self.show, self.terminal.clock
        )
        self.watchdog = Watchdog()
        self._where, self._stack = play.where, stack

    def happened(self, event: Event) -> None:
        self.session.happened(event)

    def post(self, event: Event) -> None:
        bridge.post(partial(self.session.happened, event))

    def show(self, face: Face) -> None:
        self.app.face = face

    def started(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_end)
        if self._where is not None:
            self._stack.callback(WhereService(self._where, self.app.looks).close)
        self._note("kiosk.started", Disposition.SUCCESS)
        self.session.tick()
        self.session.draw()
        KivyClock.schedule_interval(self._tick, TICK_S)
        self.watchdog.ready()

    def sorry(self, error: str) -> None:
        """A fault of the screen itself: the person starts anew, nothing that was handed in is lost."""
        self._note("screen.failed", Disposition.FAILURE)
        self.session.start_over()

    def _tick(self, _: float) -> None:
        self.watchdog.alive()
        self.session.tick()
        if self.app.drawer is not None:
            self.app.drawer.refresh()

    def _asked_to_end(self, number: int, frame: FrameType | None) -> None:
        bridge.post(self.app.stop)

    def _note(self, code: str, disposition: Disposition) -> None:
        self.terminal.journal.write(Entry(self.terminal.clock.now(), code, disposition))


def _dock(play: Play) -> Dock | None:
    """A terminal without a dock never loads a simulator."""
    from kiosk.dock.devices import dock_of

    return dock_of(play)
