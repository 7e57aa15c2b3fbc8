"""What Kivy must be told before it is imported, and where this machine keeps what can be made again.

Kivy reads the command line, the environment and a file in the home folder while it is imported. A terminal obeys none
of them: everything is said here. ``multisamples`` is Kivy's costliest default (a third of the frames in software GL),
and its default input list reports every touch of a panel twice.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from core.settings import Screen

ENVIRONMENT = {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_ENV_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_METRICS_DENSITY": "1",
    "KIVY_METRICS_FONTSCALE": "1",
    "KIVY_DPI": "96",
    "SDL_VIDEO_MINIMIZE_ON_FOCUS_LOSS": "0",
    "SDL_MOUSE_FOCUS_CLICKTHROUGH": "1",
}


def cache_folder() -> Path:
    """A folder for fonts and word tables made from packages: systemd's, else XDG's. It may be deleted at any time."""
    systemd = os.environ.get("CACHE_DIRECTORY")
    if systemd:
        return Path(systemd.split(":")[0])
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tongban"


def prepare(screen: Screen) -> None:
    """Set the environment and Kivy's configuration. Raises ``RuntimeError`` if Kivy was imported before."""
    if "kivy" in sys.modules and os.environ.get("KIVY_NO_CONFIG") != "1":
        raise RuntimeError("kivy was imported before kiosk.environment.prepare")
    os.environ |= ENVIRONMENT
    os.environ.setdefault("KIVY_HOME", str(cache_folder() / "kivy"))
    Path(os.environ["KIVY_HOME"]).mkdir(parents=True, exist_ok=True)
    logging.getLogger("kivy").setLevel(logging.WARNING)
    _configure(screen)


def _configure(screen: Screen) -> None:
    from kivy.config import Config

    graphics = {
        "width": screen.width,
        "height": screen.height,
        "fullscreen": int(screen.fullscreen),
        "borderless": 1,
        "resizable": 0,
        "position": "custom",
        "left": 0,
        "top": 0,
        "multisamples": 0,
        "maxfps": 60,
        "show_cursor": int(screen.dock),
        "allow_screensaver": 0,
        "window_state": "visible",
    }
    for name, value in graphics.items():
        Config.set("graphics", name, str(value))
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("kivy", "log_level", "warning")
    Config.remove_section("input")
    Config.add_section("input")
    Config.set("input", "mouse", "mouse,disable_multitouch")
