"""Real widgets and real touches without a screen or a GPU: SDL draws offscreen, OpenGL is Kivy's mock.

Kivy reads the environment when it is imported, and opens its window with the first widget: both happen below this line.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ |= {"SDL_VIDEODRIVER": "offscreen", "KIVY_GL_BACKEND": "mock", "SDL_AUDIODRIVER": "dummy"}

from core.settings import Screen
from kiosk import environment

environment.prepare(Screen(width=1080, height=1920, fullscreen=False))


@pytest.fixture(scope="session")
def window() -> Iterator[object]:
    """The one window of this process, with our faces, running."""
    from kivy.base import EventLoop, runTouchApp, stopTouchApp
    from kivy.core.window import Window

    from kiosk import fonts

    fonts.register()
    runTouchApp(embedded=True)
    yield Window
    if EventLoop.status == "started":
        stopTouchApp()


@pytest.fixture
def glass(window: object) -> Iterator[object]:
    from tests.glass.hand import Glass

    made = Glass(window)
    yield made
    made.close()
