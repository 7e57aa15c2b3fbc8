"""Sleeping until something happens, instead of looking sixty times a second: 2.5 % of a core becomes 0.3 %.

Kivy's loop polls. Here it waits in SDL for an input event, no longer than the next Clock event is away. An SDL event is
dispatched one turn after it was polled, so a few turns follow each wake without waiting. ``Clock._last_tick`` is a
private name of Kivy 2.3.1: the version is pinned, and ``install`` refuses another.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path

import kivy
from kivy.clock import Clock
from kivy.core.window import Window

KIVY = "2.3.1"
LONGEST_S = 0.5
SHORTEST_S = 0.02
TURNS_AFTER_WAKE = 4
SDL_USEREVENT = 0x8000
EVENT_BYTES = 128


@cache
def _sdl() -> ctypes.CDLL:
    """The very library Kivy's wheel has loaded: another copy would have another queue."""
    folder = Path(kivy.__file__).parent.parent / "Kivy.libs"
    library = ctypes.CDLL(str(next(folder.glob("libSDL2-2-*.so*"))))
    library.SDL_WaitEventTimeout.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library.SDL_PushEvent.argtypes = [ctypes.c_void_p]
    return library


def wake() -> None:
    """End the wait of the main thread; may be called from any thread."""
    event = ctypes.create_string_buffer(EVENT_BYTES)
    ctypes.cast(event, ctypes.POINTER(ctypes.c_uint32))[0] = SDL_USEREVENT
    _sdl().SDL_PushEvent(event)


def install() -> None:
    """Replace Kivy's idle step. Raises ``RuntimeError`` for a Kivy this was not tried with."""
    if kivy.__version__ != KIVY:
        raise RuntimeError(f"the idle loop knows Kivy {KIVY}, this is {kivy.__version__}")
    polled = Clock.idle
    hot = 0

    def idle() -> float:
        nonlocal hot
        if hot > 0:
            hot -= 1
        elif not Window.canvas.needs_redraw:
            wait = min(Clock.get_min_timeout() - (Clock.time() - Clock._last_tick), LONGEST_S)
            if wait > SHORTEST_S and _sdl().SDL_WaitEventTimeout(None, int(wait * 1000)):
                hot = TURNS_AFTER_WAKE
        return float(polled())

    Clock.idle = idle
