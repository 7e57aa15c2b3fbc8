"""Message ``print.outcome``: what became of a sheet. Accepted only for the current attempt; anything else is logged."""

from __future__ import annotations

from centre.asked import Asked
from centre.change import Change
from centre.prints import follow, order_for, store_for
from centre.tables.prints import orders
from core.failures import CaseFailure
from core.wire import OutcomeTold
from printing.order import outcome


def take(asked: Asked, change: Change, told: OutcomeTold) -> None:
    """Raises ``CaseFailure`` when (order, fence, blank) is not the current attempt: it is stored, and changes nothing."""
    order = order_for(asked, change.connection, told.order_no)
    store = store_for(asked, change)
    if not outcome(store, told.order_no, told.fence, asked.caller.id, told.blank, told.outcome, change.at):
        raise CaseFailure("not the current attempt")
    change.execute(
        orders.update()
        .where(orders.c.region_id == asked.centre.region, orders.c.order_no == told.order_no)
        .values(outcome=told.outcome.value, evidence=told.evidence.model_dump(mode="json"))
    )
    follow(asked, change, order, told.outcome)
