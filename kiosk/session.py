"""One visit after another, on the main thread: event in, ``advance``, requests to the runner, a new face to the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from core.clock import Clock
from core.ulid import new_ulid
from flows.advance import advance
from flows.events import Event, Tick
from flows.requests import Request, Wipe
from flows.visit import Lobby, Visit, new_visit
from kiosk.faces import Face
from kiosk.words import Texts, face_of


class Hands(Protocol):
    """What does the requests: the runner."""

    def do(self, visit: int, requests: Iterable[Request]) -> None: ...


class Session:
    """``show`` draws a face; it is called only when something to be seen has changed.

    ``happened`` and ``tick`` run on the main thread alone. After a visit is over the next one starts empty.
    """

    def __init__(self, lobby: Lobby, texts: Texts, hands: Hands, show: Callable[[Face], None], clock: Clock) -> None:
        self._texts, self._hands, self._show, self._clock = texts, hands, show, clock
        self.visit = self._fresh(1, lobby)
        self._face: Face | None = None

    def happened(self, event: Event) -> None:
        before = self.visit
        after, requests = advance(before, event)
        self.visit = self._fresh(before.number + 1, after.lobby) if after.over else after
        self._hands.do(before.number, requests)
        self.draw()

    def tick(self) -> None:
        self.happened(Tick(self._clock.now()))

    def start_over(self) -> None:
        """Wipe this visit, whatever it is doing, and begin the next."""
        before = self.visit
        self.visit = self._fresh(before.number + 1, before.lobby)
        self._hands.do(before.number, (Wipe(),))
        self.draw()

    def draw(self) -> None:
        face = face_of(self.visit, self._clock.now(), self._texts)
        if face != self._face:
            self._face = face
            self._show(face)

    def _fresh(self, number: int, lobby: Lobby) -> Visit:
        now: datetime = self._clock.now()
        return new_visit(number, new_ulid(self._clock), now, lobby)
