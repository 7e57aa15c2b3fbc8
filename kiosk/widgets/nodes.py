"""What a screen is made of: a tree of frozen values, laid out by ``layout`` and drawn by ``pane``.

A screen is a function from its body to such a tree. Equal trees draw nothing again, which is what keeps a screen still
while the clock runs. All lengths are pixels; y runs down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flows.events import Event
from kiosk.keyboard.keys import Key
from kiosk.theme import INK, Type

Side = Literal["start", "center", "end", "stretch"]
Pads = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Scroll:
    """Move the scroll area ``area`` by ``pages`` of its height."""

    area: str
    pages: float


@dataclass(frozen=True, slots=True)
class Command:
    """A press of the development dock."""

    id: str


Action = Event | Key | Scroll | Command


@dataclass(frozen=True, slots=True)
class Press:
    """Makes a box a target. ``id`` is how tests and the robot call it. ``action`` is sent when a touch begins and ends in it."""

    id: str
    action: Action
    enabled: bool = True
    quick: bool = False
    """Keys of a keyboard may follow each other without a pause."""


@dataclass(frozen=True, slots=True)
class Surface:
    """A rounded rectangle. ``fill2`` makes a gradient, top left to bottom right. ``shadow``: card, key, up or empty."""

    fill: str = ""
    fill2: str = ""
    radius: int = 0
    edge: str = ""
    edge_width: int = 0
    shadow: str = ""
    art: str = ""
    """A pattern of ``kiosk.art.patterns`` laid into the fill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """``grow``: share of the room left over along its parent. ``least``/``least_width``: never smaller than that."""

    key: str = ""
    grow: float = 0.0
    width: float | None = None
    height: float | None = None
    least: float = 0.0
    least_width: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Node):
    """``shrink``: the least factor of its size before it wraps. ``lines``: how many lines are wanted before shrinking stops."""

    text: str
    type: Type
    colour: str = INK
    align: Literal["left", "center", "right"] = "left"
    shrink: float = 1.0
    lines: int = 0
    spread: float = 0.0
    """Extra room between characters, in parts of the size; for titles of certificates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon(Node):
    """A drawing of ``kiosk.art.icons``; ``duo`` is its second tone."""

    name: str
    size: int
    colour: str = INK
    duo: float = 0.22


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Node):
    """A larger drawing of ``kiosk.art.pictures`` that fills its rectangle."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Live(Node):
    """A widget with a life of its own: ring, spinner, signature, caret. ``facts`` are what it shows."""

    kind: str
    facts: object = None
    press: Press | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Node):
    """Children in a column (``axis`` y), a row (x) or on top of each other (z)."""

    children: tuple[Node, ...] = ()
    axis: Literal["x", "y", "z"] = "y"
    gap: float = 0.0
    pad: Pads = (0.0, 0.0, 0.0, 0.0)
    cross: Side = "stretch"
    main: Side = "start"
    surface: Surface | None = None
    press: Press | None = None
    modal: bool = False
    """Swallows every touch that none of its targets wants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Node):
    """Scrolls ``child`` when it is higher than the area, and then shows ``strip`` (its arrows) under it.

    ``aim`` is the key of a child that must be in sight.
    """

    child: Node
    strip: Node
    aim: str = ""
