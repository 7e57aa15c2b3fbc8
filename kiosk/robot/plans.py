"""The visits a robot citizen knows: how to answer, fill in and sign on every screen of the first item."""

from __future__ import annotations

import math
from collections.abc import Callable

from core.wire import Stroke
from kiosk.robot.moves import Call, Draw, Fill, Keys, Scene, Tap, TapEach

ITEM = "public_place_health_licence"


def signature() -> tuple[Stroke, ...]:
    """A few bold strokes across the box."""
    return (
        _bow((180, 300), (420, 260), 20),
        _bow((300, 180), (230, 720), -60),
        _bow((310, 430), (430, 690), 50),
        _bow((560, 240), (820, 230), 16),
        _bow((690, 170), (640, 740), -40),
        _bow((560, 520), (830, 490), -20),
    )


def _bow(start: tuple[float, float], end: tuple[float, float], bend: float) -> Stroke:
    points = []
    for step in range(13):
        t = step / 12
        swing = math.sin(t * math.pi) * bend
        points.append((round(start[0] + (end[0] - start[0]) * t + swing), round(start[1] + (end[1] - start[1]) * t)))
    return Stroke(points=tuple(points))


def first_visit(lay_card: Callable[[], object], lift_card: Callable[[], object]) -> tuple[Scene, ...]:
    """A new health licence for a small barber shop, by pledge, from the first screen back to it."""
    return (*to_review(lay_card), *submitted(), *taken(lift_card))


def to_card() -> tuple[Scene, ...]:
    """From the first screen to the one that waits for the card."""
    return (
        Scene("home", (Tap(f"item.{ITEM}"),), patience_s=60),
        Scene("question", (Tap("answer.hair"),)),
        Scene("question", (Tap("answer.none"),)),
        *agreed(),
    )


def agreed() -> tuple[Scene, ...]:
    return (Scene("notice", (TapEach("tick.", least=1), Tap("go"))),)


def to_form(lay_card: Callable[[], object]) -> tuple[Scene, ...]:
    return (*to_card(), Scene("card", (Call(lay_card),)), Scene("busy", optional=True, patience_s=60))


def to_pledge(lay_card: Callable[[], object]) -> tuple[Scene, ...]:
    return (*to_form(lay_card), *filled())


def filled() -> tuple[Scene, ...]:
    """Form and materials, and the check after them."""
    return (
        Scene("form", form(), patience_s=60),
        Scene("materials", (Tap("go"),)),
        Scene("busy", optional=True, patience_s=60),
    )


def to_review(lay_card: Callable[[], object], way: str = "pledge") -> tuple[Scene, ...]:
    """``way``: ``pledge`` or ``normal``."""
    return (*to_pledge(lay_card), *chosen(way))


def chosen(way: str) -> tuple[Scene, ...]:
    return (Scene("pledge", (Tap(way),), patience_s=60), Scene("sign", (Draw("sign.box", signature()), Tap("go"))))


def submitted() -> tuple[Scene, ...]:
    """The last press before it cannot be undone, and the waiting after it."""
    return (
        Scene("review", (Tap("go"),)),
        Scene("busy", optional=True, patience_s=60),
        Scene("printing", optional=True, patience_s=120),
    )


def taken(lift_card: Callable[[], object]) -> tuple[Scene, ...]:
    """The sheet is out, or where to fetch it is told; then to the first screen."""
    return (
        Scene("take", (Call(lift_card), Tap("taken")), patience_s=120),
        Scene("rate", (Tap("level.5"), Tap("go"))),
        Scene("goodbye", (Tap("leave"),)),
        Scene("home", patience_s=60),
    )


def form() -> tuple[TapEach | Fill | Tap, ...]:
    return (
        TapEach("conflict.", most=1),
        Fill("phone", (Keys("13000000000"),)),
        Fill("floor_area", (Keys("68"),)),
        Fill("employees", (Keys("3"),)),
        Fill("health_checked", (Keys("3"),)),
        Fill("hygiene_rules", (TapEach("option.", least=1, most=2),)),
        Fill("facilities", (TapEach("option.", least=1, most=2),)),
        Tap("go"),
    )
