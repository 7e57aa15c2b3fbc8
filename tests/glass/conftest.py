"""Real widgets and real touches without a screen or a GPU: SDL draws offscreen, OpenGL is Kivy's mock.

Kivy reads the environment when it is imported and opens its window with that import: both happen here, and then the
environment is as it was, so that programs other tests start get a real window.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from core.settings import Screen
from kiosk import environment

OFFSCREEN = {"SDL_VIDEODRIVER": "offscreen", "KIVY_GL_BACKEND": "mock"}

os.environ |= OFFSCREEN
environment.prepare(Screen(width=1080, height=1920, fullscreen=False))

from kivy.base import EventLoop, runTouchApp, stopTouchApp  # noqa: E402
from kivy.core.window import Window  # noqa: E402

for name in OFFSCREEN:
    del os.environ[name]


@pytest.fixture(scope="session")
def window() -> Iterator[object]:
    """The one window of this process, with our faces, running."""
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
