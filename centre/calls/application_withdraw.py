"""``application.withdraw``: until the decision the person may take the application back."""

from __future__ import annotations

import sqlalchemy as sa

from centre.asked import Asked, Said
from centre.cases import Moved, move
from centre.change import Change
from centre.tables.cases import cases
from core.failures import AlreadyDecided, CaseFailure
from core.wire import CaseState, WithdrawAsk, WithdrawTold

_STILL_OPEN = (CaseState.ACCEPTED, CaseState.NORMAL)


def answer(asked: Asked, ask: WithdrawAsk) -> Said:
    def take_back(change: Change) -> WithdrawTold:
        region = asked.centre.region
        case_id = change.execute(
            sa.select(cases.c.id).where(
                cases.c.region_id == region, cases.c.case_no == ask.case_no, cases.c.device == asked.caller.id
            )
        ).scalar_one_or_none()
        if case_id is None:
            raise CaseFailure("no such case")
        moved = Moved("withdrawn", asked.caller.actor)
        if not move(change, region, case_id, _STILL_OPEN, CaseState.WITHDRAWN, moved):
            raise AlreadyDecided
        return WithdrawTold(state=CaseState.WITHDRAWN)

    return asked.once(take_back)
