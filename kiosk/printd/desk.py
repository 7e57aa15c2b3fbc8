"""The centre as the print order sees it: three questions, their answers checked before anything is built on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from core.failures import BlanksOut, CentreConfused
from core.papers import sha256_hex
from core.waiting import Patience
from core.wire import (
    BlanksAsk,
    BlanksTold,
    Body,
    Message,
    OfferAsk,
    OfferTold,
    PrepareAsk,
    PrepareTold,
    SyncTold,
)


class Centre(Protocol):
    """What ``kiosk.link.CentreLink`` offers."""

    def call(self, name: str, body: Body, *, key: str | None = None, patience: Patience) -> Body: ...

    def sync(self, messages: Sequence[Message], health: dict[str, str], patience: Patience) -> SyncTold: ...


class Desk:
    """``stock``: what lies in this printer's tray."""

    def __init__(self, centre: Centre, stock: str) -> None:
        self._centre, self._stock = centre, stock

    def blanks(self, patience: Patience) -> tuple[str, ...]:
        """Raises ``BlanksOut`` while the fate of one is in doubt: the number of the sheet on top is not known then."""
        told = cast(BlanksTold, self._centre.call("blanks.list", BlanksAsk(stock=self._stock), patience=patience))
        if told.doubtful:
            raise BlanksOut(f"blank {told.doubtful[0][:20]} is in doubt: two people must look")
        return told.available

    def offer(self, order_no: str, patience: Patience) -> OfferTold:
        told = cast(OfferTold, self._centre.call("print.offer", OfferAsk(order_no=order_no), patience=patience))
        if (told.order_no, told.stock) != (order_no, self._stock):
            raise CentreConfused("the offer is for another order or stock")
        return told

    def go(self, order_no: str, fence: int, blank: str, patience: Patience) -> PrepareTold:
        """GO with the sheet; a GO for anything else than asked, or a sheet that is not its digest's, is none."""
        ask = PrepareAsk(order_no=order_no, fence=fence, blank=blank)
        told = cast(PrepareTold, self._centre.call("print.prepare", ask, patience=patience))
        if (told.order_no, told.fence, told.blank) != (order_no, fence, blank):
            raise CentreConfused("GO for another attempt")
        if not told.sheet or sha256_hex(told.sheet) != told.digest:
            raise CentreConfused("the sheet is not its digest's")
        return told
