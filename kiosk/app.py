"""The Kivy application: one property, ``face``; whoever sets it sees it drawn. It knows no visit and no device.

``send`` gets every touch as an event. What goes wrong inside Kivy's loop ends as ``sorry`` and a journal code, not as
a dead screen: the loop goes on.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kivy.app import App
from kivy.base import ExceptionHandler, ExceptionManager
from kivy.cache import Cache
from kivy.core.window import Window
from kivy.properties import ObjectProperty
from kivy.uix.floatlayout import FloatLayout

from core.settings import Screen
from flows.events import Event
from kiosk import fonts, idle_loop
from kiosk.dock.drawer import Dock, Drawer
from kiosk.faces import Face
from kiosk.keyboard.pinyin import Pinyin
from kiosk.widgets.pane import Pane
from kiosk.widgets.touches import Seen

log = logging.getLogger("tongban.kiosk")
TEXT_CACHES = ("textinput.label", "textinput.width")
"""Kivy keeps typed text in these for a minute after its field is gone."""


class Sorry(ExceptionHandler):
    """The last net: name the error's class (never its text, which may hold a name) and show the sorry face."""

    def __init__(self, sorry: Callable[[str], None]) -> None:
        self._sorry = sorry

    def handle_exception(self, inst: BaseException) -> int:
        if not isinstance(inst, Exception):
            return int(ExceptionManager.RAISE)
        log.error("screen failed: %s\n%s", type(inst).__name__, "".join(traceback.format_tb(inst.__traceback__)))
        self._sorry(type(inst).__name__)
        return int(ExceptionManager.PASS)


class TerminalApp(App):
    """``send``: gets events. ``sorry``: called with the class of an error nobody caught. ``started``: once the loop runs."""

    face = ObjectProperty(None, allownone=True)

    def __init__(
        self,
        screen: Screen,
        send: Callable[[Event], None],
        sorry: Callable[[str], None],
        started: Callable[[], None] | None = None,
        dock: Dock | None = None,
    ) -> None:
        super().__init__()
        self.screen = screen
        self._send = send
        self._sorry = Sorry(sorry)
        self._started = started
        self._words = Pinyin()
        self._dock = dock
        self.pane: Pane | None = None
        self.drawer: Drawer | None = None

    def build(self) -> FloatLayout:
        fonts.register()
        idle_loop.install()
        ExceptionManager.add_handler(self._sorry)
        self.pane = Pane(self._send, self._words.candidates, self.screen.diagonal_inches)
        root = FloatLayout()
        root.add_widget(self.pane)
        self.pane.bind(size=lambda pane, _: pane.resize())
        if self._dock is not None and self.screen.dock:
            self.drawer = Drawer(self._dock, self.screen.diagonal_inches)
            root.add_widget(self.drawer)
        return root

    def on_start(self) -> None:
        Window.bind(on_request_close=lambda *_: False)
        self.on_face(self, self.face)
        if self._started is not None:
            self._started()

    def on_face(self, _: object, face: Face | None) -> None:
        if self.pane is not None and face is not None:
            self.pane.show(face)

    def on_stop(self) -> None:
        ExceptionManager.remove_handler(self._sorry)
        for glass in (self.pane, self.drawer):
            if glass is not None:
                glass.close()
        self._words.close()

    def open_settings(self, *_: Any) -> bool:
        """F1 opens Kivy's own settings otherwise."""
        return False

    def looks(self) -> tuple[Seen, tuple[int, int]]:
        """For the where service, from its thread: the open dock, else the screen; and the window's corner."""
        if self.pane is None:
            return Seen("", 0, 0, False, ()), (0, 0)
        seen = self.pane.seen_now()
        if self.drawer is not None:
            dock = self.drawer.seen_now()
            seen = replace(
                seen,
                screen=dock.screen or seen.screen,
                count=seen.count + dock.count,
                drawn=seen.drawn + dock.drawn,
                ready=seen.ready and dock.ready,
                targets=(*seen.targets, *dock.targets),
            )
        return seen, (int(Window.left or 0), int(Window.top or 0))

    def forget(self) -> None:
        """Part of the wipe after every visit."""
        if self.pane is not None:
            self.pane.forget()
        forget_caches()


def forget_caches() -> None:
    """Empty every cache of Kivy's that keeps text people typed or read."""
    for name in TEXT_CACHES:
        Cache.remove(name)
