"""A terminal without a flow, in a process of its own: sample faces in order, every press leads to the next.

``python -m tests.glass.demo SOCKET [WIDTHxHEIGHT]`` on a running X display. Prints ``ready`` when the first face is drawn.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.settings import Screen
from core.words import Language
from flows.events import (
    Answered,
    Confirmed,
    ElderSwitched,
    Event,
    FieldClosed,
    FieldOpened,
    FieldTyped,
    HomePressed,
    ItemChosen,
    NoticeTicked,
    PaperTaken,
    Rated,
    RouteChosen,
    StrokeDrawn,
    StrokesCleared,
)
from kiosk import environment
from kiosk.faces import Face, FormBody, NoticeBody, RateBody, SignBody

ORDER = (
    "home",
    "question",
    "notice",
    "card",
    "form",
    "materials",
    "pledge",
    "sign_empty",
    "review",
    "take",
    "rate",
    "goodbye",
)
FORWARD = (ItemChosen, Answered, Confirmed, RouteChosen, PaperTaken)


class Story:
    """Enough of a visit to press through: no rule of the real one."""

    def __init__(self, show: Any) -> None:
        from tests.glass import samples

        self._samples = samples
        self._show = show
        self._at = 0
        self._elder = False
        self.face = self._sample()

    def _sample(self) -> Face:
        return self._samples.faces(Language.ZH, self._elder)[ORDER[self._at]]

    def hear(self, event: Event) -> None:
        if isinstance(event, FORWARD):
            self.forward()
        elif isinstance(event, HomePressed):
            self._go(0)
        elif isinstance(event, ElderSwitched):
            self._elder = event.on
            self._go(self._at)
        else:
            self._set(_changed(self.face, event, self._samples))

    def forward(self) -> None:
        self._go((self._at + 1) % len(ORDER))

    def _go(self, at: int) -> None:
        self._at = at
        self._set(self._sample())

    def _set(self, face: Face) -> None:
        self.face = face
        self._show(face)


def _changed(face: Face, event: Event, samples: Any) -> Face:
    body = face.body
    if isinstance(body, NoticeBody) and isinstance(event, NoticeTicked):
        ticks = tuple(replace(tick, on=event.on) if tick.id == event.tick else tick for tick in body.ticks)
        body = replace(body, ticks=ticks, can_go=all(tick.on for tick in ticks))
    elif isinstance(body, FormBody):
        body = _form(body, event, samples)
    elif isinstance(body, SignBody) and isinstance(event, StrokeDrawn | StrokesCleared):
        strokes = (*body.strokes, event.stroke) if isinstance(event, StrokeDrawn) else ()
        body = replace(body, strokes=strokes, can_go=len(strokes) > 2)
    elif isinstance(body, RateBody) and isinstance(event, Rated):
        body = replace(
            body, can_go=True, levels=tuple(replace(c, chosen=c.id == str(event.level)) for c in body.levels)
        )
    return replace(face, body=body)


def _form(body: FormBody, event: Event, samples: Any) -> FormBody:
    if isinstance(event, FieldOpened):
        say = samples.Speaker(Language.ZH)
        kinds = {"phone": "phone", "business_address": "text", "facilities": "multi", "floor_area": "number"}
        return replace(body, editor=samples.editor(say, kinds.get(event.field, "text")))
    if isinstance(event, FieldTyped):
        rows = tuple(
            replace(row, value=event.value, state="ok") if row.field == event.field else row for row in body.rows
        )
        return replace(body, rows=rows, editor=None, can_go=True)
    return replace(body, editor=None) if isinstance(event, FieldClosed) else body


def main() -> None:
    where, size = Path(sys.argv[1]), (sys.argv[2:] or ["1080x1920"])[0]
    width, height = (int(part) for part in size.split("x"))
    screen = Screen(width=width, height=height, fullscreen=False, dock=True)
    environment.prepare(screen)

    from kiosk.app import TerminalApp
    from kiosk.robot.where import WhereService

    def show(face: Face) -> None:
        app.face = face
        if story.face.body and ORDER[story._at] == "card":
            Clock.schedule_once(lambda _: story.forward(), 0.3)

    def started() -> None:
        services.append(WhereService(where, app.looks))
        sys.stdout.write("ready\n")
        sys.stdout.flush()

    from kivy.clock import Clock

    services: list[WhereService] = []
    story = Story(show)
    app = TerminalApp(screen, story.hear, sys.stderr.write, started, dock=None)
    app.face = story.face
    try:
        app.run()
    finally:
        for service in services:
            service.close()


if __name__ == "__main__":
    main()
