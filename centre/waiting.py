"""A certificate that was granted and never came out: its holder laid the card down again, after a power cut or a closed hall."""

from __future__ import annotations

import sqlalchemy as sa

from centre.change import Change
from centre.tables.cases import cases
from core.wire import CaseState, ConsentAsk

STILL_TO_COME = (CaseState.ACCEPTED, CaseState.DECIDED, CaseState.SEALED)


def waiting_case(change: Change, region: int, holder: str, ask: ConsentAsk) -> str | None:
    """Number of the newest such case of this person for this item and situation, or ``None``."""
    found = change.execute(
        sa.select(cases.c.case_no)
        .where(
            cases.c.region_id == region,
            cases.c.holder_index == holder,
            cases.c.item == ask.item,
            cases.c.situation == ask.situation,
            cases.c.state.in_([state.value for state in STILL_TO_COME]),
        )
        .order_by(cases.c.id.desc())
        .limit(1)
    )
    return found.scalar_one_or_none()
