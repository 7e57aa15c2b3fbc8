"""A citizen without a screen in front of the real terminal: real link, reader, printd and printers; only the glass is missing."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Self

from core.wire import Stroke
from drivers.idcard import simulated as reader
from flows.events import (
    Answered,
    Confirmed,
    ConflictChosen,
    Event,
    FieldOpened,
    FieldTyped,
    ItemChosen,
    NoticeTicked,
    RouteChosen,
    StrokeDrawn,
)
from flows.visit import Step
from kiosk.faces import Face
from kiosk.session import Session
from kiosk.stage.house import House
from kiosk.wiring import wire

ITEM = "public_place_health_licence"
TYPED = {"phone": "13800000000", "number": "3", "text": "测试内容"}
ENDS = frozenset({Step.TROUBLE, Step.HOME})


class Person:
    """``with Person(house) as person``: a freshly started terminal and somebody in front of it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.faces: list[Face] = []
        self._events: queue.Queue[Event] = queue.Queue()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            terminal = wire(self.house.settings, self._events.put, lambda: None, stack)
            self.runner = terminal.runner
            self.session = Session(terminal.lobby, terminal.texts, terminal.runner, self.faces.append, terminal.clock)
            self._exit = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        reader.lift(self.house.reader_state)
        self._exit.close()

    @property
    def step(self) -> Step:
        return self.session.visit.step

    @property
    def body(self) -> Any:
        return self.faces[-1].body

    def does(self, *events: Event) -> None:
        for event in events:
            self.session.happened(event)

    def until(self, holds: Callable[[], bool], seconds: float = 40.0) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"stuck at {self.step}: {self.session.visit.trouble} {self.body}"
            self.session.tick()
            self._one(0.05)

    def reaches(self, *steps: Step, seconds: float = 40.0) -> Step:
        """Wait for one of these steps, or an ending nobody asked for."""
        self.until(lambda: self.step in steps or (self.step in ENDS and not ENDS & set(steps)), seconds)
        assert self.step in steps, f"{self.step} instead of {steps}: {self.session.visit.trouble}"
        return self.step

    def lays(self, key: str) -> None:
        reader.lay(self.house.reader_state, reader.cards()[key])

    def to_card(self) -> None:
        self.until(lambda: self.session.visit.lobby.told is not None and self.session.visit.lobby.away is None)
        self.does(ItemChosen(ITEM))
        self.reaches(Step.GUIDE)
        self.does(Answered("venue", "hair"), Answered("hair_shop", "none"))
        self.until(lambda: self.step in (Step.NOTICE, Step.NO_PRINT))

    def agrees(self) -> None:
        self.does(*(NoticeTicked(tick.id, True) for tick in self.body.ticks), Confirmed())

    def to_form(self, key: str = "jia") -> Step:
        self.to_card()
        self.agrees()
        self.lays(key)
        return self.reaches(Step.FORM, Step.TROUBLE, Step.DECIDING, Step.PRINTING, Step.TAKE)

    def fills(self) -> None:
        for row in self.body.rows:
            if row.state == "conflict":
                self.does(ConflictChosen(row.field, row.conflict[0].id))
            elif row.state != "ok":
                self.does(FieldOpened(row.field))
                editor = self.body.editor
                chosen = ",".join(choice.id for choice in editor.choices)
                self.does(FieldTyped(row.field, chosen or TYPED[editor.kind]))

    def to_review(self, key: str = "jia", pledge: bool = True) -> None:
        assert self.to_form(key) is Step.FORM, self.session.visit.trouble
        self.fills()
        self.does(Confirmed())
        self.reaches(Step.MATERIALS)
        self.does(Confirmed())
        self.reaches(Step.PLEDGE)
        self.does(RouteChosen(pledge))
        self.reaches(Step.SIGN)
        for x in (100, 400, 700):
            self.does(StrokeDrawn(Stroke(points=((x, 200), (x + 150, 400), (x + 50, 800), (x + 200, 700)))))
        self.does(Confirmed())
        self.reaches(Step.REVIEW)

    def submits(self, key: str = "jia", pledge: bool = True) -> None:
        self.to_review(key, pledge)
        self.does(Confirmed())

    def _one(self, seconds: float) -> None:
        try:
            self.session.happened(self._events.get(timeout=seconds))
        except queue.Empty:
            return
