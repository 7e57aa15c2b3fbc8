"""``print.offer``: a lease to prepare an order. Its end is the only timer of the protocol."""

from __future__ import annotations

from centre.asked import Asked, Said
from centre.change import Change
from centre.prints import order_for, store_for
from core.failures import HouseFailure
from core.wire import OfferAsk, OfferTold
from printing.order import offer


def answer(asked: Asked, ask: OfferAsk) -> Said:
    def lease(change: Change) -> OfferTold:
        order_for(asked, change.connection, ask.order_no)
        order = offer(store_for(asked, change), ask.order_no, asked.caller.id, change.at)
        if order.lease_until is None:
            raise HouseFailure("an offer without an end")
        return OfferTold(order_no=order.order_no, fence=order.fence, stock=order.stock, lease_until=order.lease_until)

    return asked.once(lease)
