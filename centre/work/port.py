"""The port of durable work: enqueue, handler, run, and what a start and an end need, so that the engine can be changed.

Work is done at least once: a handler must leave things alone that are already done. ``key`` is a business key; the same
kind and key is one piece of work for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import sqlalchemy as sa

Payload = Mapping[str, str | int]
Handler = Callable[[Payload], None]


class Work(Protocol):
    def handler(self, kind: str, does: Handler) -> None:
        """Who does work of this kind. All handlers are named before ``run``."""

    def enqueue(self, connection: sa.Connection, kind: str, key: str, payload: Payload) -> None:
        """Ask for work; it exists if, and only if, the caller's transaction commits."""

    def run(self) -> None:
        """Start: what an earlier run of this executor left half-done is taken up first."""

    def take_over(self, executor: str) -> int:
        """Take up what another executor left half-done when it died; how many pieces."""

    def stop(self) -> None:
        """Begin nothing more; what is under way and does not end in time is taken up at the next start."""
