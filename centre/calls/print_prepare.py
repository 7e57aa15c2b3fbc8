"""``print.prepare``: the terminal has its blank ready and asks for GO. The same question again gets the same GO.

The sheet is drawn and stored before the order moves, so that nothing can fail after GO.
"""

from __future__ import annotations

import base64

from centre.asked import Asked, Said
from centre.change import Change
from centre.prints import OrderFor, order_for, sheet_of, store_for
from centre.tables.prints import orders
from core.wire import PrepareAsk, PrepareTold
from printing.order import authorize


def answer(asked: Asked, ask: PrepareAsk) -> Said:
    ledger = asked.centre.ledger
    order = ledger.read(lambda connection: order_for(asked, connection, ask.order_no))
    name, digest = _sheet(asked, order)

    def go(change: Change) -> PrepareTold:
        store = store_for(asked, change)
        authorize(store, ask.order_no, ask.fence, asked.caller.id, ask.blank, change.at)
        return PrepareTold(
            order_no=ask.order_no,
            fence=ask.fence,
            blank=ask.blank,
            sheet=base64.b64encode(asked.centre.files.get(name, digest)),
            digest=digest,
        )

    return asked.change(go)


def _sheet(asked: Asked, order: OrderFor) -> tuple[str, str]:
    """Name and digest of the order's sheet: drawn once, the same bytes ever after."""
    if order.sheet_file and order.sheet_digest:
        return order.sheet_file, order.sheet_digest
    centre = asked.centre
    document = centre.ledger.read(lambda connection: sheet_of(centre, connection, order))
    name = centre.files.put(document.data)
    ours = (orders.c.region_id == centre.region, orders.c.order_no == order.order_no)

    def keep(change: Change) -> OrderFor:
        change.execute(
            orders.update()
            .where(*ours, orders.c.sheet_file.is_(None))
            .values(sheet_file=name, sheet_digest=document.digest)
        )
        return order_for(asked, change.connection, order.order_no)

    kept = centre.ledger.change(keep)
    return kept.sheet_file or name, kept.sheet_digest or document.digest
