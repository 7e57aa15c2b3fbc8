"""What a screen hands over: what scrolls, what stays in sight under it, and how tall its header is."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.widgets.nodes import Node


@dataclass(frozen=True, slots=True)
class Page:
    """``id`` tells two screens of one kind apart (a new question starts at its top). ``aim``: the key that must be in sight."""

    id: str
    content: Node
    footer: Node | None = None
    panel: Node | None = None
    """A keyboard, or what must stay in sight: at the foot of a high glass, in the right half of a wide one."""
    hero: bool = False
    aim: str = ""
    middle: bool = False
    """Content that does not fill the room stands in the middle of it."""
