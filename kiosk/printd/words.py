"""What ``printd`` and its clients say to each other: one question and one answer a connection.

Order numbers, blank numbers and codes only; nothing here can hold a person.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from core.wire import Outcome, Strict

LONGEST_WAIT_S = 10.0

OrderNo = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,40}$")]


class Stage(StrEnum):
    """``unasked``: this process knows nothing of the order; ask it to print (again), which prints at most once."""

    UNASKED = "unasked"
    PREPARING = "preparing"
    SENT = "sent"
    PRINTING = "printing"
    ENDED = "ended"


class Progress(Strict):
    """How far an order is. ``outcome`` only when ended. ``failure``: code of what holds it up or why it ended so."""

    order_no: OrderNo
    stage: Stage
    outcome: Outcome | None = None
    blank: str = ""
    failure: str | None = None


class Status(Strict):
    """Can a certificate be printed now? ``failure`` code or ``None``; ``paper`` sheets and ``blanks`` left, -1 unknown."""

    failure: str | None
    paper: int
    blanks: int


class AskStatus(Strict):
    do: Literal["status"] = "status"


class AskPrint(Strict):
    """``again``: a person decided that an order whose attempt has ended is tried once more; the centre must agree."""

    do: Literal["print"] = "print"
    order_no: OrderNo
    again: bool = False


class AskWatch(Strict):
    """Answered as soon as the progress differs from ``seen``, or after ``wait_s`` seconds."""

    do: Literal["watch"] = "watch"
    order_no: OrderNo
    seen: Progress | None = None
    wait_s: float = Field(default=LONGEST_WAIT_S, ge=0, le=LONGEST_WAIT_S)


class Answer(Strict):
    """Exactly one of them; ``failure`` is a code of ``core.failures``."""

    progress: Progress | None = None
    status: Status | None = None
    failure: str | None = None


Ask = AskStatus | AskPrint | AskWatch
ASK: TypeAdapter[Ask] = TypeAdapter(Annotated[Ask, Field(discriminator="do")])
