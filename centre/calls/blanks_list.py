"""``blanks.list``: the numbers still in this terminal's tray, as the centre has them."""

from __future__ import annotations

import sqlalchemy as sa

from centre.asked import Asked, Said, said
from centre.stores.blanks import available, doubtful
from core.wire import BlanksAsk, BlanksTold


def answer(asked: Asked, ask: BlanksAsk) -> Said:
    caller = asked.caller

    def read(connection: sa.Connection) -> BlanksTold:
        numbers = available(connection, caller.region, caller.id, ask.stock)
        return BlanksTold(stock=ask.stock, available=numbers, doubtful=doubtful(connection, caller.id, ask.stock))

    return said(asked.centre.ledger.read(read))
