"""Message ``print.taken``: the person says they hold the sheet."""

from __future__ import annotations

from centre.asked import Asked
from centre.change import Change
from centre.prints import order_for
from centre.tables.prints import orders
from core.wire import TakenTold


def take(asked: Asked, change: Change, told: TakenTold) -> None:
    """The first word counts; the order's state is not touched by it."""
    order_for(asked, change.connection, told.order_no)
    ours = (orders.c.region_id == asked.centre.region, orders.c.order_no == told.order_no)
    if change.moves(orders.update().where(*ours, orders.c.taken_at.is_(None)).values(taken_at=told.at)):
        change.audit(asked.centre.region, asked.caller.actor, "print.taken", told.order_no)
