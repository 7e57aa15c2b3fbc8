"""What a robot citizen can do on a screen, as values: a plan is a list of scenes, a scene a list of moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.wire import Stroke


@dataclass(frozen=True, slots=True)
class Tap:
    """Press the target ``id``; scroll to it first when it is out of sight."""

    id: str


@dataclass(frozen=True, slots=True)
class TapEach:
    """Press every enabled target whose id begins so, each once, in order. ``least`` of them must be there."""

    prefix: str
    least: int = 0
    most: int = 99


@dataclass(frozen=True, slots=True)
class Keys:
    """Press the keys of the open keyboard, one a character."""

    text: str


@dataclass(frozen=True, slots=True)
class Fill:
    """Open ``field``, do ``moves`` in its editor, and end it with ``done`` unless a choice ended it. Skipped when it cannot be edited."""

    field: str
    moves: tuple[Move, ...]
    done: bool = True


@dataclass(frozen=True, slots=True)
class Draw:
    """Draw ``strokes`` (thousandths of the box) in the target ``id``."""

    id: str
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """Something outside the screen: lay the card, take it away."""

    what: Callable[[], object]


Move = Tap | TapEach | Keys | Fill | Draw | Call


@dataclass(frozen=True, slots=True)
class Scene:
    """Wait for ``screen``, keep a picture, do ``moves``. ``optional``: it may be over before it is seen.

    ``target``: the id of something that must be there as well, for what lies over a screen. ``picture``: its name, if not
    the screen's.
    """

    screen: str
    moves: tuple[Move, ...] = ()
    optional: bool = False
    patience_s: float = 30.0
    target: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class StepTiming:
    """``ms``: from the last press before the scene to its first finished frame. ``picture``: file name in the folder."""

    number: int
    screen: str
    ms: float
    picture: str
