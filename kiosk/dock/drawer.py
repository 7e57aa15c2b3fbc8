"""The development dock: a small handle at the left edge, and behind it what a technician's hands would do.

It draws what it is given and calls back; wiring says what there is. Production has none: settings refuse it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from kivy.input import MotionEvent

from kiosk import theme as colours
from kiosk import theme as themes
from kiosk.screens.kit import Kit
from kiosk.widgets.glass import Glass
from kiosk.widgets.nodes import Action, Box, Command, Node, Press, Scroll, Surface
from kiosk.widgets.touches import Seen

HANDLE = "dock.handle"


@dataclass(frozen=True, slots=True)
class DockButton:
    """``on``: the fault it makes is there now. Buttons of one ``group`` stand under its name."""

    id: str
    label: str
    icon: str
    group: str
    on: bool = False


class Dock(Protocol):
    """What wiring offers. Both are called on the main thread and must return at once."""

    def buttons(self) -> tuple[DockButton, ...]: ...

    def press(self, id: str) -> None: ...


class Drawer(Glass):
    """Shut it is a handle in the margin, where no content is; open it lies over the screen."""

    def __init__(self, dock: Dock, diagonal: float, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(now)
        self._dock = dock
        self._diagonal = diagonal
        self._open = False
        self.bind(size=lambda *_: self.refresh())

    def refresh(self) -> None:
        """Draw again; wiring calls it when the state of a device has changed."""
        width, height = self.size
        kit = Kit(themes.theme_for(int(width), int(height), self._diagonal, False))
        self.unit = kit.theme.unit
        shown = _drawer(kit, self._dock.buttons()) if self._open else _handle(kit)
        self.lay(self.laid(shown))

    def act(self, action: Action) -> None:
        if isinstance(action, Scroll):
            self.scroll_pages(action)
        elif isinstance(action, Command):
            if action.id == HANDLE:
                self._open = not self._open
            else:
                self._dock.press(action.id)
            self.refresh()

    def seen_now(self) -> Seen:
        return self.seen("dock" if self._open else "")

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """What is not for the dock goes on to the screen under it."""
        mine = (self._open and touch.x < self._edge()) or self.target_at(touch.x, self.height - touch.y) is not None
        return super().on_touch_down(touch) if mine else False

    def on_touch_up(self, touch: MotionEvent) -> bool:
        super().on_touch_up(touch)
        return False

    def on_touch_move(self, touch: MotionEvent) -> bool:
        super().on_touch_move(touch)
        return False

    def _edge(self) -> float:
        return 560 * self.unit


def _handle(kit: Kit) -> Box:
    return Box(children=(_grip(kit, "right"), Box(grow=1)), axis="x", cross="center", key="shut")


def _grip(kit: Kit, icon: str) -> Box:
    surface = Surface(fill="#33415C", radius=kit.px(8))
    sign = kit.icon(icon, 24, colours.WHITE)
    press = Press(HANDLE, Command(HANDLE))
    return Box(
        children=(sign,),
        axis="y",
        main="center",
        cross="center",
        width=kit.px(26),
        height=kit.px(130),
        surface=surface,
        press=press,
        key=HANDLE,
    )


def _drawer(kit: Kit, buttons: tuple[DockButton, ...]) -> Box:
    parts: list[Node] = []
    for group, members in groupby(buttons, key=lambda button: button.group):
        parts.append(kit.text("label", group, "#B9C6DD"))
        parts += _pairs(kit, list(members))
    content = kit.column(*parts, gap=12, pad=kit.pad(22, 24))
    board = Box(children=(kit.scroll(content, "dock"),), axis="y", width=kit.px(530), surface=Surface(fill="#1D2A44F2"))
    return Box(
        children=(board, Box(children=(_grip(kit, "left"),), axis="y", main="center"), Box(grow=1)),
        axis="x",
        cross="stretch",
        key="open",
    )


def _pairs(kit: Kit, buttons: list[DockButton]) -> list[Node]:
    rows: list[Node] = []
    for start in range(0, len(buttons), 2):
        cells: list[Node] = [_button(kit, button) for button in buttons[start : start + 2]]
        cells += [Box(grow=1)] * (2 - len(cells))
        rows.append(kit.row(*cells, gap=12, cross="stretch"))
    return rows


def _button(kit: Kit, button: DockButton) -> Box:
    surface = Surface(fill=colours.RED if button.on else "#2F4064", radius=kit.px(16))
    words = kit.text("caption", button.label, colours.WHITE, shrink=0.7, lines=2, grow=1)
    return Box(
        children=(kit.icon(button.icon, 40, colours.WHITE), words),
        axis="x",
        gap=kit.px(12),
        pad=kit.pad(16, 10),
        cross="center",
        surface=surface,
        press=Press(f"dock.{button.id}", Command(button.id)),
        grow=1,
        least=kit.px(84),
        key=button.id,
    )
