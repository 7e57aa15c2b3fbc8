"""What the citizen sees: a face, drawn; and the draft of an open field, which the flow has not seen yet."""

from __future__ import annotations

import time
from collections.abc import Callable

from core.words import Language
from flows.events import Event, FieldOpened, FieldTyped
from kiosk import screens, theme
from kiosk.faces import Face, FormBody
from kiosk.keyboard import draft as drafts
from kiosk.keyboard.draft import Draft, Offers
from kiosk.keyboard.keys import Key
from kiosk.widgets import ruler
from kiosk.widgets.glass import Glass
from kiosk.widgets.layout import Placed, every
from kiosk.widgets.nodes import Action, Area, Command, Scroll
from kiosk.widgets.touches import Seen

NORMAL, WIDER, TIGHTER = 1.0, (1.3, 1.15, 1.0), (0.86, 0.72, 0.6)
"""How distances may grow where there is room, and shrink before a screen scrolls."""
UNSCROLLED = (True, False)
LEAST_SIDE = 200


class Pane(Glass):
    """``send`` gets every event; ``offers`` are the words for typed letters; ``diagonal`` of the glass in inches."""

    def __init__(
        self, send: Callable[[Event], None], offers: Offers, diagonal: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(now)
        self._send = send
        self._offers = offers
        self._diagonal = diagonal
        self._face: Face | None = None
        self._draft: Draft | None = None
        self._aim = ""
        self._name = ""
        self._tight: float | None = None
        self._ends: dict[str, tuple[bool, bool]] = {}
        self.theme = theme.Theme()

    def show(self, face: Face) -> None:
        """Draw ``face``; a draft stays as long as the same field is open."""
        if self._face is None or self._face.body != face.body or self._face.chrome.elder != face.chrome.elder:
            self._tight = None
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

    def resize(self) -> None:
        """The window has another size now."""
        self._tight = None
        self.refresh()

    def refresh(self) -> None:
        if self._face is None or min(self.size) < LEAST_SIDE:
            return  # Kivy gives a widget its place in the window only after it was added
        placed = self._at(self._face, self._tight) if self._tight is not None else self._fitted(self._face)
        self.unit = self.theme.unit
        self.lay(placed)
        self._name = screens.name(
            self._face
        )  # after the count has risen: a robot on its thread must not see it too soon
        self._aim_at(placed)
        self._look_at_ends()

    def _fitted(self, face: Face) -> Placed:
        """As generous as there is room for, as tight as it must be; and if that is not enough, it scrolls."""
        order = TIGHTER if self.scrolls(self._at(face, NORMAL)) else WIDER
        for tight in order:
            placed, self._tight = self._at(face, tight), tight
            if not self.scrolls(placed):
                break
        return placed

    def _at(self, face: Face, tight: float) -> Placed:
        width, height = self.size
        base = theme.theme_for(int(width), int(height), self._diagonal, face.chrome.elder)
        self.theme = base.tighter(tight)
        return self.laid(screens.view(face, self.theme, self._draft, self._ends))

    def _aim_at(self, placed: Placed) -> None:
        """Bring the field being edited into sight, once."""
        for area in (one for one in every(placed) if isinstance(one.node, Area)):
            aim = area.node.aim if isinstance(area.node, Area) else ""
            row = next((one for one in every(area.children[0]) if one.node.key == aim), None)
            if aim and aim != self._aim and row is not None:
                path = next(path for path in self._layer.areas() if path.endswith(area.node.key))
                self._layer.reveal(path, row.rect)
            self._aim = aim

    def _look_at_ends(self) -> None:
        """Arrows fade where there is no further; they are drawn anew when that changes."""
        ends = self._layer.ends()
        before, self._ends = self._ends, ends
        if any(end != before.get(area, UNSCROLLED) for area, end in ends.items()):
            self.refresh()

    def forget(self) -> None:
        """Leave nothing of what a person typed or signed in this widget."""
        self._draft = None
        self._touches.forget()
        ruler.forget()

    def seen_now(self) -> Seen:
        return self.seen(self._name)

    def scrolled(self, area: str, by: float) -> None:
        super().scrolled(area, by)
        self._look_at_ends()

    def act(self, action: Action) -> None:
        """Scroll and keys stay here; everything else is an event."""
        if isinstance(action, Scroll):
            self.scroll_pages(action)
        elif isinstance(action, Key):
            self._type(action)
        elif not isinstance(action, Command):
            self._keep_draft(action)
            self._send(action)

    def _keep_draft(self, action: Event) -> None:
        """Who opens another field has finished the one before."""
        draft = self._draft
        if isinstance(action, FieldOpened) and draft is not None and draft.changed and action.field != draft.field:
            self._send(FieldTyped(draft.field, drafts.finished(draft)))

    def _type(self, key: Key) -> None:
        if self._draft is None:
            return
        self._draft, event = drafts.pressed(self._draft, key, self._offers)
        if event is not None:
            self._send(event)
        else:
            self.refresh()
