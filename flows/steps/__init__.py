"""One file a step: ``enter`` says what it asks for, ``accept`` what it takes and leaves behind, or ``None`` for nonsense."""

from __future__ import annotations

from typing import Protocol

from flows.events import Event
from flows.moves import Move
from flows.visit import Visit


class StepRules(Protocol):
    def enter(self, visit: Visit) -> Move: ...

    def accept(self, visit: Visit, event: Event) -> Move | None: ...
