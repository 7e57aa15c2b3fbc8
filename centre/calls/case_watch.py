"""``case.watch``: the case as soon as it has changed, or as it stands when the patience is over.

The door waits without a thread: it asks ``version_of`` now and then, and ``told`` once.
"""

from __future__ import annotations

import base64

import sqlalchemy as sa

from centre.asked import Asked
from centre.cases import shown_at
from centre.tables.cases import cases, pledges, receipts
from centre.tables.prints import certificates, orders
from core.failures import CaseFailure
from core.wire import CaseState, CertificateTold, ReceiptTold, WatchAsk, WatchTold

Row = sa.Row[tuple[object, ...]]


def version_of(asked: Asked, ask: WatchAsk) -> int:
    """Raises ``CaseFailure`` for an unknown case and, in the same words, for one that this terminal neither took in nor prints."""
    return asked.centre.ledger.read(lambda connection: int(_case(asked, connection, ask.case_no).version))


def told(asked: Asked, ask: WatchAsk) -> WatchTold:
    def look(connection: sa.Connection) -> tuple[Row, Row | None, str | None, object, list[Row]]:
        case = _case(asked, connection, ask.case_no)
        return (
            case,
            connection.execute(_of(certificates, case).where(certificates.c.file.is_not(None))).one_or_none(),
            connection.execute(_newest_order(case)).scalar_one_or_none(),
            connection.execute(_deadline(case)).scalar_one_or_none(),
            list(
                connection.execute(_of(receipts, case).where(receipts.c.file.is_not(None)).order_by(receipts.c.number))
            ),
        )

    case, certificate, order_no, make_good_by, papers = asked.centre.ledger.read(look)
    return WatchTold.model_validate(
        {
            "case_no": case.case_no,
            "state": CaseState(case.state),
            "version": case.version,
            "reason": case.reason,
            "order_no": order_no,
            "certificate": None if certificate is None else _certificate(certificate),
            "receipts": tuple(_receipt(asked, paper) for paper in papers),
            "make_good_by": make_good_by,
        }
    )


def _case(asked: Asked, connection: sa.Connection, case_no: str) -> Row:
    row = connection.execute(
        sa.select(cases).where(
            cases.c.region_id == asked.centre.region,
            cases.c.case_no == case_no,
            shown_at(asked.caller.id),
        )
    ).one_or_none()
    if row is None:
        raise CaseFailure("no such case")
    return row


def _of(table: sa.Table, case: Row) -> sa.Select[tuple[object, ...]]:
    return sa.select(table).where(table.c.region_id == case.region_id, table.c.case_id == case.id)


def _newest_order(case: Row) -> sa.Select[tuple[str]]:
    ours = (orders.c.region_id == case.region_id, orders.c.case_id == case.id)
    return sa.select(orders.c.order_no).where(*ours).order_by(orders.c.id.desc()).limit(1)


def _deadline(case: Row) -> sa.Select[tuple[object]]:
    return sa.select(pledges.c.make_good_by).where(pledges.c.region_id == case.region_id, pledges.c.case_id == case.id)


def _certificate(row: Row) -> CertificateTold:
    return CertificateTold(
        number=row.number,
        identifier=row.identifier,
        verify_code=row.verify_code,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _receipt(asked: Asked, row: Row) -> ReceiptTold:
    pdf = base64.b64encode(asked.centre.files.get(row.file, row.digest))
    return ReceiptTold(kind=row.kind, number=row.number, title=row.title, pdf=pdf)
