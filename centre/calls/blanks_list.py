"""``blanks.list``: the numbers still in this terminal's tray, as the centre has them."""

from __future__ import annotations

from centre.asked import Asked, Said, said
from centre.stores.blanks import available
from core.wire import BlanksAsk, BlanksTold


def answer(asked: Asked, ask: BlanksAsk) -> Said:
    caller = asked.caller
    numbers = asked.centre.ledger.read(lambda connection: available(connection, caller.region, caller.id, ask.stock))
    return said(BlanksTold(stock=ask.stock, available=numbers))
