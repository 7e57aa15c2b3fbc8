"""Two people end a print in doubt: they looked in slot, bin and tray, and say what they found.

The second person gives a password on the spot. Nothing else frees an order that was authorised.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from centre.cases import Moved, move
from centre.change import Change
from centre.desk.login import checked, officer
from centre.desk.pages import page
from centre.limits import RateLimit
from centre.officers import Session, password_is_right
from centre.stores.orders import SqlOrders
from centre.tables.cases import cases
from centre.tables.places import terminals
from centre.tables.prints import orders
from centre.wiring import Centre
from core.failures import CaseFailure, HouseFailure
from core.wire import CaseState
from printing.order import Finding, settle
from printing.stores import OrderState

TRIES, WITHIN = 8, timedelta(minutes=5)
_AFTER = {
    Finding.PRINTED: CaseState.PRINTED,
    Finding.SPOILED: CaseState.SEALED,
    Finding.UNTOUCHED: CaseState.SEALED,
}

router = APIRouter()


@router.post("/desk/cases/{case_no}/settle")
def end_doubt(
    request: Request,
    session: Annotated[Session, Depends(officer)],
    case_no: str,
    token: Annotated[str, Form(max_length=100)],
    finding: Annotated[Finding, Form()],
    fence: Annotated[int, Form(ge=0, le=2**31 - 1)],
    login: Annotated[str, Form(max_length=40)],
    password: Annotated[str, Form(max_length=200)],
) -> Response:
    checked(session, token)
    centre: Centre = request.app.state.centre
    limit: RateLimit = request.app.state.login_limit
    second = None
    if limit.allows(f"second {session.officer}"):
        second = centre.ledger.read(lambda connection: password_is_right(connection, login, password))
    if second is None or second[1] == session.officer:
        return _refused(request, session, "第二名核对人的用户名或密码不对，或与您是同一人。")
    people = (session.officer, second[1])
    try:
        centre.ledger.change(lambda change: _settle(centre, change, session, case_no, fence, finding, people))
    except (CaseFailure, HouseFailure):
        return _refused(request, session, "这张打印单的状态已经改变，请返回刷新。")
    return RedirectResponse(f"/desk/cases/{case_no}", 303)


def _settle(
    centre: Centre,
    change: Change,
    session: Session,
    case_no: str,
    fence: int,
    finding: Finding,
    people: tuple[str, str],
) -> None:
    row = change.execute(_in_doubt(session.region, case_no)).one_or_none()
    if row is None:
        raise CaseFailure("nothing is in doubt here")
    store = SqlOrders(change, session.region, row.blank_region, session.actor)
    settle(store, row.order_no, fence, finding, people, change.at)
    moved = Moved(f"settled_{finding.value}", session.actor)
    if not move(change, session.region, row.case_id, [CaseState.PRINT_UNKNOWN], _AFTER[finding], moved):
        raise HouseFailure("the case does not follow its order")


def _in_doubt(region: int, case_no: str) -> sa.Select[tuple[str, str, int]]:
    """Order number, case id, and the region of the terminal whose blank it is."""
    return (
        sa.select(orders.c.order_no, orders.c.case_id, terminals.c.region_id.label("blank_region"))
        .join(cases, sa.and_(cases.c.region_id == orders.c.region_id, cases.c.id == orders.c.case_id))
        .join(terminals, terminals.c.id == orders.c.terminal)
        .where(orders.c.region_id == region, cases.c.case_no == case_no, orders.c.state == OrderState.UNKNOWN.value)
    )


def _refused(request: Request, session: Session, why: str) -> Response:
    return page(request, "refused.html", {"session": session, "why": why}, 409)
