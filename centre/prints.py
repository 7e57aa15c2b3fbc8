"""Print orders as the doors need them: for whom they are, their sheet, and the case that follows them."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from centre.asked import Asked
from centre.cases import Moved, move
from centre.change import Change
from centre.stores.orders import SqlOrders
from centre.tables.prints import orders
from centre.wiring import Centre
from centre.work.seal import face_of
from core.failures import CaseFailure
from core.papers import Document
from core.wire import CaseState, Outcome
from printing.render import render_sheet
from printing.seal_art import seal_svg
from printing.verify_code import make_code

AFTER = {Outcome.PRINTED: CaseState.PRINTED, Outcome.UNKNOWN: CaseState.PRINT_UNKNOWN}
_MAY_FOLLOW = (CaseState.SEALED, CaseState.PRINT_UNKNOWN)


@dataclass(frozen=True, slots=True)
class OrderFor:
    """An order that this terminal was told to print."""

    order_no: str
    case_id: str
    certificate_id: str
    sheet_file: str | None
    sheet_digest: str | None


def order_for(asked: Asked, connection: sa.Connection, order_no: str) -> OrderFor:
    """Raises ``CaseFailure`` for an unknown order and, in the same words, for one of another terminal."""
    told = orders.c
    row = connection.execute(
        sa.select(orders).where(
            told.region_id == asked.centre.region, told.order_no == order_no, told.target == asked.caller.id
        )
    ).one_or_none()
    if row is None:
        raise CaseFailure("no such print order")
    return OrderFor(row.order_no, row.case_id, row.certificate_id, row.sheet_file, row.sheet_digest)


def store_for(asked: Asked, change: Change) -> SqlOrders:
    return SqlOrders(change, asked.centre.region, asked.caller.region, asked.caller.actor)


def sheet_of(centre: Centre, connection: sa.Connection, order: OrderFor) -> Document:
    """The print rendition of the order's certificate. The terminal sets right what its own tray misplaces."""
    face = face_of(centre, connection, centre.region, order.certificate_id)
    code = make_code(face, centre.signers.code_pem, centre.settings.public_host)
    return render_sheet(face, code, seal_svg(face.issuer))


def follow(asked: Asked, change: Change, order: OrderFor, outcome: Outcome) -> None:
    """The case takes the order's outcome. Only what is printed or unknown shows; anything else can be offered again."""
    to = AFTER.get(outcome)
    if to is not None:
        moved = Moved(f"print_{outcome.value}", asked.caller.actor)
        move(change, asked.centre.region, order.case_id, _MAY_FOLLOW, to, moved)
