"""Machine work that failed as often as it is tried is asked for again, until it is done or people look.

The engine gives up on a piece of work after some tries; the case it was for still stands where it stood, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from centre.change import Change
from centre.tables.cases import cases, receipts
from centre.tables.prints import certificates
from centre.wiring import Centre
from centre.work import kinds
from centre.work.port import Payload
from core.wire import CaseState

STUCK_AFTER = timedelta(minutes=5)
_KINDS = {
    CaseState.ACCEPTED: kinds.DECIDE,
    CaseState.DECIDED: kinds.SEAL,
    CaseState.NORMAL: kinds.RECEIVE,
}


@dataclass(frozen=True, slots=True)
class Stuck:
    """``asked_at``: when the machine was last asked to move the case on."""

    id: str
    case_no: str
    state: CaseState
    certificate: str
    asked_at: datetime


def ask_again(centre: Centre) -> int:
    """How many cases were stuck."""
    found = centre.ledger.read(lambda connection: _stuck(centre, connection))
    for case in found:
        centre.ledger.change(partial(_ask, centre, case))
    return len(found)


def _stuck(centre: Centre, connection: sa.Connection) -> list[Stuck]:
    told = cases.c
    unfinished = sa.exists().where(
        receipts.c.region_id == told.region_id, receipts.c.case_id == told.id, receipts.c.file.is_(None)
    )
    rows = connection.execute(
        sa.select(told.id, told.case_no, told.state, told.asked_at, certificates.c.id.label("certificate"))
        .outerjoin(certificates, sa.and_(certificates.c.region_id == told.region_id, certificates.c.case_id == told.id))
        .where(
            told.region_id == centre.region,
            told.asked_at <= centre.clock.now() - STUCK_AFTER,
            sa.or_(
                told.state.in_([CaseState.ACCEPTED.value, CaseState.DECIDED.value]),
                sa.and_(told.state == CaseState.NORMAL.value, unfinished),
            ),
        )
    )
    return [Stuck(row.id, row.case_no, CaseState(row.state), row.certificate or "", row.asked_at) for row in rows]


def _ask(centre: Centre, case: Stuck, change: Change) -> None:
    """The same work under a new key. The guard on ``asked_at`` lets one of several executors do it."""
    ours = (cases.c.region_id == centre.region, cases.c.id == case.id, cases.c.asked_at == case.asked_at)
    if not change.moves(cases.update().where(*ours).values(asked_at=change.at)):
        return
    payload: Payload = {"region": centre.region, "case": case.id, "certificate": case.certificate}
    key = f"{case.id}.{int(change.at.timestamp())}"
    centre.work.enqueue(change.connection, _KINDS[case.state], key, payload)
    actor = f"machine:{centre.settings.executor}"
    change.audit(centre.region, actor, "work.asked_again", case.case_no, kind=_KINDS[case.state])
