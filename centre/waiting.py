"""A certificate that was granted and never came out: its holder laid the card down again, after a power cut or a closed hall.

It may be another terminal than the first time. If nothing was begun there, the sheet is then made here.
"""

from __future__ import annotations

import sqlalchemy as sa

from centre.caller import Caller
from centre.change import Change
from centre.tables.cases import cases
from centre.tables.prints import orders
from core.wire import CaseState, ConsentAsk
from printing.stores import OrderState

STILL_TO_COME = (CaseState.ACCEPTED, CaseState.DECIDED, CaseState.SEALED)


def waiting_case(change: Change, region: int, caller: Caller, holder: str, ask: ConsentAsk) -> str | None:
    """Number of the newest such case of this person for this item and situation that can end here, or ``None``.

    ``region``: the issuer's. ``holder``: the fingerprint of the number on the card that lies on the reader now.
    """
    row = change.execute(
        sa.select(cases.c.id, cases.c.case_no, cases.c.device)
        .where(
            cases.c.region_id == region,
            cases.c.holder_index == holder,
            cases.c.item == ask.item,
            cases.c.situation == ask.situation,
            cases.c.state.in_([state.value for state in STILL_TO_COME]),
        )
        .order_by(cases.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None or not (
        _is_here(change, region, caller, row.id, row.device) or _comes(change, region, caller, row.id)
    ):
        return None
    return str(row.case_no)


def _is_here(change: Change, region: int, caller: Caller, case_id: str, device: str) -> bool:
    """Whether this terminal is the one to print it: by its order, or, before there is one, because it took the case in."""
    target = change.execute(
        sa.select(orders.c.target)
        .where(orders.c.region_id == region, orders.c.case_id == case_id)
        .order_by(orders.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return (target or device) == caller.id


def _comes(change: Change, region: int, caller: Caller, case_id: str) -> bool:
    """Move an order that nobody has begun to the terminal its holder stands at, if that has the right paper."""
    untouched = orders.update().where(
        orders.c.region_id == region,
        orders.c.case_id == case_id,
        orders.c.state == OrderState.SEALED.value,
        orders.c.stock == caller.stock,
    )
    if not change.moves(untouched.values(target=caller.id, changed_at=change.at)):
        return False
    change.audit(region, caller.actor, "print.moved", case_id, to=caller.id)
    return True
