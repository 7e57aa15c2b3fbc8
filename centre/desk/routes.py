"""The pages of the desk. Opening a case, and unmasking it, are rows of the audit chain."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Query, Request, Response

from centre.desk.lists import PAGE, overview
from centre.desk.login import checked, officer
from centre.desk.pages import page
from centre.desk.sheet import case_sheet, find_case
from centre.officers import Session
from centre.tables.cases import receipts
from centre.tables.prints import certificates
from centre.wiring import Centre

router = APIRouter()
Officer = Annotated[Session, Depends(officer)]
MOST_PAGES = 10_000


@router.get("/desk")
def cases(
    request: Request,
    session: Officer,
    state: Annotated[str, Query(max_length=20)] = "",
    number: Annotated[int, Query(alias="page", ge=0, le=MOST_PAGES)] = 0,
) -> Response:
    centre: Centre = request.app.state.centre
    found = centre.ledger.read(lambda connection: overview(centre, connection, session.region, state, number))
    values = {"session": session, "found": found, "state": state, "number": number, "size": PAGE}
    return page(request, "cases.html", values)


@router.get("/desk/cases/{case_no}")
def case(request: Request, session: Officer, case_no: str) -> Response:
    return _case(request, session, case_no, revealed=False)


@router.post("/desk/cases/{case_no}/reveal")
def reveal(request: Request, session: Officer, case_no: str, token: Annotated[str, Form(max_length=100)]) -> Response:
    return _case(request, checked(session, token), case_no, revealed=True)


@router.get("/desk/cases/{case_no}/papers/{kind}.pdf")
def paper(request: Request, session: Officer, case_no: str, kind: str) -> Response:
    """The certificate (``certificate``) or one of the case's receipts."""
    centre: Centre = request.app.state.centre
    case_id = centre.ledger.read(lambda connection: find_case(connection, session.region, case_no))
    file = centre.ledger.read(lambda connection: _file(connection, session.region, case_id, kind)) if case_id else None
    if file is None:
        return page(request, "missing.html", {"session": session}, 404)
    centre.ledger.change(
        lambda change: change.audit(session.region, session.actor, "desk.paper_opened", case_no, kind=kind)
    )
    headers = {"Content-Disposition": f'inline; filename="{kind}.pdf"'}
    return Response(centre.files.get(*file), media_type="application/pdf", headers=headers)


def _case(request: Request, session: Session, case_no: str, *, revealed: bool) -> Response:
    centre: Centre = request.app.state.centre
    case_id = centre.ledger.read(lambda connection: find_case(connection, session.region, case_no))
    if case_id is None:
        return page(request, "missing.html", {"session": session}, 404)
    action = "desk.case_revealed" if revealed else "desk.case_opened"
    centre.ledger.change(lambda change: change.audit(session.region, session.actor, action, case_no))
    sheet = centre.ledger.read(
        lambda connection: case_sheet(centre, connection, session.region, case_id, revealed=revealed)
    )
    return page(request, "case.html", {"session": session, "sheet": sheet})


def _file(connection: sa.Connection, region: int, case_id: str, kind: str) -> tuple[str, str] | None:
    """Name and digest of a finished file of the case."""
    table = certificates if kind == "certificate" else receipts
    where = [table.c.region_id == region, table.c.case_id == case_id, table.c.file.is_not(None)]
    if table is receipts:
        where.append(receipts.c.kind == kind)
    row = connection.execute(sa.select(table.c.file, table.c.digest).where(*where)).one_or_none()
    return (row.file, row.digest) if row else None
