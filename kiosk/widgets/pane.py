"""The glass: one widget that shows a face and hears fingers. Everything else on it is drawn, not built of widgets."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from kivy.graphics import InstructionGroup
from kivy.uix.widget import Widget

from core.words import Language
from flows.events import Event
from kiosk import screens, theme
from kiosk.faces import Face, FormBody
from kiosk.keyboard import draft as drafts
from kiosk.keyboard.draft import Draft, Offers
from kiosk.keyboard.keys import Key
from kiosk.widgets import ruler
from kiosk.widgets.layer import Layer
from kiosk.widgets.layout import Layout, Placed, Rect, every
from kiosk.widgets.nodes import Action, Area, Node, Scroll
from kiosk.widgets.touches import Target, Touches

TIGHTNESS = (1.3, 1.15, 1.0, 0.86, 0.72)
"""Distances are generous where there is room, and shrink so far before a screen scrolls."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is on the glass now, for tests and the robot. ``count`` rises with every face."""

    screen: str
    count: int
    ready: bool
    targets: tuple[Target, ...]


class Pane(Widget):
    """``send`` gets every event; ``offers`` are the words for typed letters; ``now`` is a monotonic clock in seconds."""

    def __init__(
        self, send: Callable[[Event], None], offers: Offers, diagonal: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._send = send
        self._offers = offers
        self._diagonal = diagonal
        self._face: Face | None = None
        self._draft: Draft | None = None
        self._count = 0
        self._aim = ""
        self._ends: dict[str, tuple[bool, bool]] = {}
        group = InstructionGroup()
        self.canvas.add(group)
        self._layer = Layer(group)
        self._touches = Touches(self, now, lambda: self.theme.unit)
        self.placed: Placed | None = None
        self.theme = theme.Theme()

    # --- showing ----------------------------------------------------------------------------

    def show(self, face: Face) -> None:
        """Draw ``face``: what is the same as before stays as it is."""
        self._count += 1
        self._face = face
        self._draft = self._draft_for(face)
        self.refresh()

    def _draft_for(self, face: Face) -> Draft | None:
        editor = face.body.editor if isinstance(face.body, FormBody) else None
        if editor is None:
            return None
        if self._draft is not None and self._draft.field == editor.field:
            return self._draft
        return drafts.opened(editor, face.chrome.language is Language.EN)

    def refresh(self) -> None:
        if self._face is None:
            return
        width, height = self.size
        base = theme.theme_for(int(width), int(height), self._diagonal, self._face.chrome.elder)
        for tight in TIGHTNESS:
            self.theme = base.tighter(tight)
            self.placed = self._laid(screens.view(self._face, self.theme, self._draft, self._ends))
            if not _scrolls(self.placed):
                break
        self._layer.show(self.placed, self.theme.unit)
        self._aim_at()
        self._look_at_ends()

    def _laid(self, node: Node) -> Placed:
        return Layout(ruler).place(node, Rect(0, 0, *self.size))

    def _aim_at(self) -> None:
        """Bring the field being edited into sight, once."""
        assert self.placed is not None
        for area in (one for one in every(self.placed) if isinstance(one.node, Area)):
            aim = area.node.aim if isinstance(area.node, Area) else ""
            if aim != self._aim and aim:
                row = next((one for one in every(area.children[0]) if one.node.key == aim), None)
                path = next((path for path in self._layer.areas() if path.endswith(area.node.key)), None)
                if row and path:
                    self._layer.reveal(path, row.rect)
            self._aim = aim

    def _look_at_ends(self) -> None:
        """Arrows fade where there is no further; they are drawn anew when that changes."""
        ends = self._layer.ends()
        if ends != self._ends:
            self._ends = ends
            self.refresh()

    def forget(self) -> None:
        """Leave nothing of what a person typed or signed in this widget."""
        self._draft = None
        self._touches.forget()
        ruler.forget()

    def seen(self) -> Seen:
        screen = screens.name(self._face) if self._face else ""
        return Seen(screen, self._count, self._touches.ready, self._layer.targets())

    def texts(self) -> tuple[str, ...]:
        """Every text on the glass, as it was set."""
        return tuple("".join(one.lines.lines) for one in every(self.placed) if one.lines) if self.placed else ()

    # --- touches (window pixels, y down) ----------------------------------------------------

    def on_touch_down(self, touch: object) -> bool:
        self._touches.down(touch.uid, touch.x, self.height - touch.y)
        return True

    def on_touch_move(self, touch: object) -> bool:
        self._touches.move(touch.uid, touch.x, self.height - touch.y)
        return True

    def on_touch_up(self, touch: object) -> bool:
        self._touches.up(touch.uid, touch.x, self.height - touch.y)
        return True

    def target_at(self, x: float, y: float) -> Target | None:
        return self._layer.target_at(x, y)

    def area_at(self, x: float, y: float) -> str:
        return self._layer.area_at(x, y)

    def pressed(self, path: str, down: bool) -> None:
        painter = self._layer.painter(path)
        if painter is not None:
            painter.press(down)

    def scrolled(self, area: str, by: float) -> None:
        self._layer.scroll(area, by)
        self._look_at_ends()

    def drawing(self, path: str, points: list[tuple[float, float]]) -> None:
        self._layer.drawing(path, points)

    def act(self, action: Action) -> None:
        """Scroll and keys stay here; everything else is an event."""
        if isinstance(action, Scroll):
            for area in (path for path in self._layer.areas() if path.endswith(action.area)):
                self.scrolled(area, action.pages * self._layer.window(area).h)
        elif isinstance(action, Key):
            self._type(action)
        else:
            self._send(action)

    def _type(self, key: Key) -> None:
        if self._draft is None:
            return
        self._draft, event = drafts.pressed(self._draft, key, self._offers)
        if event is not None:
            self._send(event)
        else:
            self.refresh()


def _scrolls(placed: Placed) -> bool:
    return any(isinstance(one.node, Area) and len(one.children) > 1 for one in every(placed))


