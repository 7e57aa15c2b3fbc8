"""The one way from a worker thread to the screen: anything posted runs on the main thread, in order.

Kivy's canvas may not be touched from elsewhere, and a label changed from a thread breaks without a word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock

from kiosk import idle_loop


def post(do: Callable[[], Any]) -> None:
    """Run ``do`` on the main thread as soon as it can. The lambda keeps it alive: Kivy holds methods only weakly."""
    Clock.schedule_once(lambda _: do(), 0)
    idle_loop.wake()
