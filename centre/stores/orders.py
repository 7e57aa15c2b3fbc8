"""``printing.stores.OrderStore`` on the centre's tables: a transition becomes one ``UPDATE … WHERE`` with a row count.

Nothing is read first and written later. An order lies in its issuer's region, a blank in its terminal's; the audit row of
a move goes into the issuer's chain, in the same transaction.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from centre.change import Change
from centre.stores.blanks import available
from centre.tables.prints import blanks, orders
from printing.stores import Column, Move, Order, OrderState


class SqlOrders:
    """The store within one ``Change``. ``actor``: who moves, for the audit chain."""

    def __init__(self, change: Change, order_region: int, blank_region: int, actor: str) -> None:
        self._change = change
        self._order_region = order_region
        self._blank_region = blank_region
        self._actor = actor

    def order(self, order_no: str) -> Order | None:
        row = self._change.execute(sa.select(orders).where(*self._ours(order_no))).one_or_none()
        if row is None:
            return None
        return Order(
            order_no=row.order_no,
            stock=row.stock,
            state=OrderState(row.state),
            fence=row.fence,
            terminal=row.terminal,
            blank=row.blank,
            lease_until=row.lease_until,
        )

    def move_order(self, move: Move) -> bool:
        does = move.transition
        where: list[sa.ColumnElement[bool]] = [orders.c.state.in_([state.value for state in does.start])]
        where += [orders.c[column.value] == getattr(move, column.value) for column in does.guards]
        if does.lease_over:
            where.append(orders.c.lease_until <= move.at)
        return self._change.moves(orders.update().where(*self._ours(move.order_no), *where).values(self._written(move)))

    def _written(self, move: Move) -> dict[str, Any]:
        does = move.transition
        values: dict[str, Any] = {column.value: getattr(move, column.value) for column in does.writes}
        values |= {column.value: None for column in does.clears}
        if does.raises_fence:
            values[Column.FENCE.value] = orders.c.fence + 1
        return values | {"state": does.to.value, "changed_at": move.at}

    def move_blank(self, move: Move) -> bool:
        does = move.transition.blank
        if does is None:
            return True
        where = [
            blanks.c.region_id == self._blank_region,
            blanks.c.number == move.blank,
            blanks.c.state == does.start.value,
        ]
        values: dict[str, Any] = {"state": does.to.value, "changed_at": move.at}
        if does.claims:
            where += [blanks.c.terminal == move.terminal, blanks.c.stock == move.stock]
            values |= {"order_no": move.order_no, "fence": move.fence}
        else:
            where += [blanks.c.order_no == move.order_no, blanks.c.fence == move.fence]
        if does.frees:
            values |= {"order_no": None, "fence": None}
        return self._change.moves(blanks.update().where(*where).values(values))

    def note(self, move: Move) -> None:
        detail = {"fence": move.fence, "terminal": move.terminal, "blank": move.blank, "by": list(move.by)}
        told = {name: value for name, value in detail.items() if value}
        self._change.audit(self._order_region, self._actor, move.transition.name, move.order_no, **told)

    def available(self, terminal: str, stock: str) -> tuple[str, ...]:
        return available(self._change.connection, self._blank_region, terminal, stock)

    def _ours(self, order_no: str) -> tuple[sa.ColumnElement[bool], ...]:
        return orders.c.region_id == self._order_region, orders.c.order_no == order_no
