"""What the contract suite needs at the other end of a reader's line."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from core.people import IdCard


class Rehearsal(Protocol):
    """A simulated reader on a stage. Made as ``Class(folder)``, with a folder of its own that exists."""

    def __init__(self, folder: Path) -> None: ...

    @property
    def address(self) -> str:
        """What ``Driver.open`` takes."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def lay(self, card: IdCard) -> None: ...

    def lift(self) -> None: ...

    def fall_silent(self) -> None:
        """Answer nothing from now on."""

    def speak_again(self) -> None: ...

    def unplug(self) -> None:
        """Returns when the line is gone."""

    def plug(self) -> None:
        """Returns when the line is there again."""
