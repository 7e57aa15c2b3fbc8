"""Start of the terminal's screen process. Kivy is imported only after it has been told everything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.settings import Settings
from kiosk import environment


@dataclass(frozen=True, slots=True)
class Play:
    """What only a development terminal has. ``where``: socket for the robot. Folders and files of simulated devices for the dock."""

    where: Path | None = None
    reader_state: Path | None = None
    certificates: Path | None = None


def run(settings: Settings, play: Play) -> int:
    """Until the window is closed or SIGTERM comes; 0. Raises ``HouseFailure`` when it cannot start."""
    environment.prepare(settings.screen)
    from kiosk.live import live  # Kivy reads its settings at import

    return live(settings, play)
