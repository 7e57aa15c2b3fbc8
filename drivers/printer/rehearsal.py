"""What the contract suite needs at the other end of a certificate printer's line."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Rehearsal(Protocol):
    """A simulated printer on a stage. Made as ``Class(folder)``, with a folder of its own that exists."""

    def __init__(self, folder: Path) -> None: ...

    @property
    def address(self) -> str:
        """What ``Driver.open`` takes."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def load(self, sheets: int) -> None:
        """So many sheets are in the tray; 0 is an empty one."""

    def jam(self) -> None:
        """The next page, or the one in hand, gets stuck."""

    def clear(self) -> None:
        """The jam is removed, and the page goes on."""

    def fall_silent(self) -> None:
        """Take connections and answer nothing, print nothing."""

    def speak_again(self) -> None: ...

    def unplug(self) -> None:
        """Returns when the printer is off."""

    def plug(self) -> None:
        """Returns when the printer answers again; it need not remember any job."""

    def sheets(self) -> int:
        """How many have come out."""
