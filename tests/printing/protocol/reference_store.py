"""An order store in memory that takes the transitions as data, word for word, and rolls back like a database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from printing.blanks import BlankRange
from printing.stores import Blank, BlankState, Column, Move, Order, OrderState


class ReferenceStore:
    def __init__(self) -> None:
        self.orders: dict[str, Order] = {}
        self.blanks: dict[str, Blank] = {}
        self.audit: list[Move] = []
        self._turn = threading.RLock()

    def add_order(self, order_no: str, stock: str) -> None:
        self.orders[order_no] = Order(order_no, stock, OrderState.SEALED)

    def load(self, loaded: BlankRange, terminal: str) -> None:
        for number in loaded.numbers():
            self.blanks[number] = Blank(number, loaded.stock, terminal, BlankState.AVAILABLE)

    @contextmanager
    def transaction(self) -> Iterator[ReferenceStore]:
        with self._turn:
            before = dict(self.orders), dict(self.blanks), list(self.audit)
            try:
                yield self
            except BaseException:
                self.orders, self.blanks, self.audit = before
                raise

    def order(self, order_no: str) -> Order | None:
        return self.orders.get(order_no)

    def move_order(self, move: Move) -> bool:
        found, step = self.orders.get(move.order_no), move.transition
        if found is None or found.state not in step.start:
            return False
        if any(getattr(found, column) != getattr(move, column) for column in step.guards):
            return False
        if step.lease_over and (found.lease_until is None or found.lease_until > move.at):
            return False
        changes: dict[str, Any] = {str(column): getattr(move, column) for column in step.writes}
        changes |= {str(column): None for column in step.clears}
        if step.raises_fence:
            changes[str(Column.FENCE)] = found.fence + 1
        self.orders[move.order_no] = replace(found, state=step.to, **changes)
        return True

    def move_blank(self, move: Move) -> bool:
        change = move.transition.blank
        assert change is not None
        found = self.blanks.get(move.blank or "")
        if found is None or found.state is not change.start:
            return False
        if change.claims:
            if (found.terminal, found.stock) != (move.terminal, move.stock):
                return False
            found = replace(found, order_no=move.order_no, fence=move.fence)
        elif (found.order_no, found.fence) != (move.order_no, move.fence):
            return False
        if change.frees:
            found = replace(found, order_no=None, fence=None)
        self.blanks[found.number] = replace(found, state=change.to)
        return True

    def note(self, move: Move) -> None:
        self.audit.append(move)

    def available(self, terminal: str, stock: str) -> tuple[str, ...]:
        mine = (blank for blank in self.blanks.values() if (blank.terminal, blank.stock) == (terminal, stock))
        return tuple(sorted(blank.number for blank in mine if blank.state is BlankState.AVAILABLE))
