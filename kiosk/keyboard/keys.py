"""What a key of the on-screen keyboard does. Keys change the draft of a field; only the finished value becomes an event."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """``kind``: char, letter, pick, erase, space, mode, shift, more, option, done, close. ``value``: what it carries."""

    kind: str
    value: str = ""
