"""The event journal: codes and dispositions. No field of it can hold a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Disposition(StrEnum):
    SUCCESS = "success"
    FAILURE = "failure"
    NOT_APPLICABLE = "na"


@dataclass(frozen=True, slots=True)
class Entry:
    """``code`` is a fixed word (``visit.started``, ``card.read``, a failure code); ``visit`` the running number of the visit."""

    at: datetime
    code: str
    disposition: Disposition = Disposition.NOT_APPLICABLE
    visit: int = 0
    milliseconds: int | None = None
    failure: str | None = None


class Journal(Protocol):
    def write(self, entry: Entry) -> None: ...
