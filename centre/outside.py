"""The centre's records without its application: for commands that run before it, or beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from centre import demonstration
from centre.wiring import Centre, open_centre
from core.clock import SystemClock
from core.settings import Settings


@contextmanager
def outside(settings: Settings) -> Iterator[Centre]:
    """An open centre that answers nobody and does no machine work."""
    centre = open_centre(settings, SystemClock())
    try:
        if settings.centre.demonstration:
            demonstration.seed(centre)
        yield centre
    finally:
        centre.ledger.database.close()
