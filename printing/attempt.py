"""The terminal's journal of one attempt: what must be on disk before the next thing may happen.

::

    PREP ──start──► START ──► PRINTED | SPOILED | NOT_PRINTED | UNKNOWN
      └──► DEAD       └ job known: the device's handle, before any data can move

PREP is durable before the centre is asked for GO, START before the printer hears of the order, the job's id before
the document is sent. An attempt ends once; what ended it is told to the centre until it is acknowledged.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.failures import HouseFailure
from core.wire import Outcome
from printing.stores import Attempt, Phase


@dataclass(frozen=True, slots=True)
class Step:
    """``UPDATE attempts SET phase=to … WHERE order_no=… AND fence=… AND phase IN (start)``, row count 1.

    ``job_unknown``: also ``AND job_id IS NULL``, so that a handle is written once.
    """

    start: frozenset[Phase]
    to: Phase
    job_unknown: bool = False


START = Step(frozenset({Phase.PREP}), Phase.START)
JOB_KNOWN = Step(frozenset({Phase.START}), Phase.START, job_unknown=True)
ENDS: dict[Phase, Step] = {
    Phase.DEAD: Step(frozenset({Phase.PREP}), Phase.DEAD),
    **{
        phase: Step(frozenset({Phase.START}), phase)
        for phase in (Phase.PRINTED, Phase.SPOILED, Phase.NOT_PRINTED, Phase.UNKNOWN)
    },
}
OPEN = frozenset({Phase.PREP, Phase.START})

# DEAD and NOT_PRINTED leave the sheet clean in the tray; every other phase may have marked it.
HOLDS_BLANK = OPEN | {Phase.PRINTED, Phase.SPOILED, Phase.UNKNOWN}


def ending(phase: Phase) -> Step:
    """The step that ends an attempt so. Raises ``HouseFailure`` for a phase that is no end."""
    if phase not in ENDS:
        raise HouseFailure(f"{phase} ends no attempt")
    return ENDS[phase]


def told(phase: Phase) -> Outcome:
    """The word for the centre. ``ValueError`` while the attempt is open."""
    return Outcome(phase.value)


def may_try(latest: Attempt | None, again: bool) -> bool:
    """Whether a request to print may begin a new attempt at this terminal; the centre must still offer a higher fence.

    The same request repeated begins nothing, except after DEAD, which is a promise that nothing was begun. ``again``
    is a person's decision after an attempt that ended.
    """
    if latest is None or latest.phase is Phase.DEAD:
        return True
    return again and latest.phase.ended
