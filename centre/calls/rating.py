"""Message ``rating``: how it was, once a case; a bad word needs a reason (好差评)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from centre.asked import Asked
from centre.cases import shown_at
from centre.change import Change
from centre.tables.cases import cases, ratings
from core.failures import CaseFailure, FormIncomplete
from core.wire import RatingTold

_BAD = 2
_MOST_REASONS = 20


def take(asked: Asked, change: Change, told: RatingTold) -> None:
    if told.level <= _BAD and not told.reasons:
        raise FormIncomplete("a bad rating needs a reason")
    case_id = change.execute(
        sa.select(cases.c.id).where(
            cases.c.region_id == asked.centre.region, cases.c.case_no == told.case_no, shown_at(asked.caller.id)
        )
    ).scalar_one_or_none()
    if case_id is None:
        raise CaseFailure("no such case")
    reasons = [reason[:80] for reason in told.reasons[:_MOST_REASONS]]
    try:
        with change.connection.begin_nested():
            change.execute(
                ratings.insert().values(
                    region_id=asked.centre.region,
                    case_id=case_id,
                    level=told.level,
                    reasons=reasons,
                    device=asked.caller.id,
                    at=told.at,
                )
            )
    except IntegrityError as error:
        raise CaseFailure("this case was rated before") from error
    change.audit(asked.centre.region, asked.caller.actor, "case.rated", told.case_no, level=told.level)
