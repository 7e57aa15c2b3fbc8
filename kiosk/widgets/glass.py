"""A widget that shows one placed tree and hears one finger. The pane of the citizen and the dock are made of it."""

from __future__ import annotations

from collections.abc import Callable

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics import InstructionGroup
from kivy.input import MotionEvent
from kivy.uix.widget import Widget

from kiosk.widgets import ruler
from kiosk.widgets.layer import Layer
from kiosk.widgets.layout import Layout, Placed, Rect, every
from kiosk.widgets.nodes import Action, Area, Node, Scroll
from kiosk.widgets.touches import Seen, Target, Touches


class Glass(Widget):
    """``now`` is a monotonic clock in seconds; ``unit`` the pixels of one point."""

    def __init__(self, now: Callable[[], float]) -> None:
        super().__init__()
        group = InstructionGroup()
        self.canvas.add(group)
        self._layer = Layer(group)
        self._touches = Touches(self, now, lambda: self.unit)
        self._count = self._drawn = 0
        self.unit = 1.0
        self.placed: Placed | None = None
        self._flip = Clock.create_trigger(self._shown, 0)
        self._flipping = 0
        Window.bind(on_flip=self._flipped, on_mouse_down=self._began, on_mouse_move=self._moved)

    def laid(self, node: Node) -> Placed:
        return Layout(ruler).place(node, Rect(0, 0, *self.size))

    def lay(self, placed: Placed) -> None:
        """Show ``placed``: what is the same as before stays as it is."""
        if placed == self.placed:
            return
        self._count += 1
        self.placed = placed
        self._layer.show(placed, self.unit)

    def act(self, action: Action) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Stop everything that still moves."""
        Window.unbind(on_flip=self._flipped, on_mouse_down=self._began, on_mouse_move=self._moved)
        self._flip.cancel()
        self._layer.close()

    # --- looking ----------------------------------------------------------------------------

    def _flipped(self, *_: object) -> None:
        """Kivy says so just before it hands the frame over: it counts as shown one turn later."""
        self._flipping = self._count
        self._flip()

    def _shown(self, _: float) -> None:
        self._drawn = self._flipping

    def seen(self, screen: str) -> Seen:
        """May be called from another thread: it only reads values that are replaced whole."""
        return Seen(screen, self._count, self._drawn, self._touches.ready, self._layer.targets())

    def texts(self) -> tuple[str, ...]:
        """Every text on the glass, as it was set."""
        return tuple("".join(one.lines.lines) for one in every(self.placed) if one.lines) if self.placed else ()

    def scrolls(self, placed: Placed) -> bool:
        return any(isinstance(one.node, Area) and len(one.children) > 1 for one in every(placed))

    # --- touches (window pixels, y down) ----------------------------------------------------

    def on_touch_down(self, touch: MotionEvent) -> bool:
        self._touches.down(touch.uid, touch.x, self.height - touch.y)
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        self._touches.move(touch.uid, touch.x, self.height - touch.y)
        return True

    def _began(self, _: object, x: float, y: float, *__: object) -> None:
        """SDL's own events: a touch event gives only the last place of a frame, and ink needs them all."""
        self._touches.felt_down(x, y)

    def _moved(self, _: object, x: float, y: float, *__: object) -> None:
        self._touches.felt_move(x, y)

    def on_touch_up(self, touch: MotionEvent) -> bool:
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
        self._count += 1
        self._layer.scroll(area, by)

    def scroll_pages(self, scroll: Scroll) -> None:
        for area in (path for path in self._layer.areas() if path.endswith(scroll.area)):
            self.scrolled(area, scroll.pages * self._layer.window(area).h)

    def drawing(self, path: str, points: list[tuple[float, float]]) -> None:
        self._layer.drawing(path, points)
