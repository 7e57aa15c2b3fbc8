"""What must hold at every moment, whatever was lost, doubled, reordered or crashed. Numbers as in the protocol's model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from printing.stores import BlankState, Move, OrderState, Phase
from tests.printing.protocol.reference_log import ReferenceLog
from tests.printing.protocol.reference_store import ReferenceStore

LIVE = (OrderState.AUTHORIZED, OrderState.UNKNOWN, OrderState.PRINTED)


@dataclass(frozen=True)
class Sheet:
    """Paper that came out of a printer: the truth that no program sees."""

    order_no: str
    fence: int
    blank: str
    good: bool


def check(store: ReferenceStore, logs: Mapping[str, ReferenceLog], up: Iterable[str], sheets: list[Sheet]) -> None:
    good = Counter(sheet.order_no for sheet in sheets if sheet.good)
    assert all(count <= 1 for count in good.values()), "I1: two good sheets of one order"
    for sheet in sheets:
        assert store.blanks[sheet.blank].state is not BlankState.AVAILABLE, "I2: a marked blank is available"
    assert len({sheet.blank for sheet in sheets}) == len(sheets), "I3: a blank carries two prints"
    _printed_is_printed(store, sheets)
    _started_is_authorised(store, logs, up)
    for log in logs.values():
        assert len(log.starts) == len(set(log.starts)), "I7: an attempt was started twice"
        assert all(log.rows[key].phase is not Phase.DEAD for key in log.starts), "I7: a dead attempt was started"
    held = [order.blank for order in store.orders.values() if order.state in LIVE]
    assert len(held) == len(set(held)), "I9: a blank belongs to two orders"
    _audit_tells_it_all(store)


def _printed_is_printed(store: ReferenceStore, sheets: list[Sheet]) -> None:
    for order in store.orders.values():
        if order.state is OrderState.PRINTED:
            mine = [sheet.blank for sheet in sheets if sheet.order_no == order.order_no and sheet.good]
            assert mine == [order.blank], "I5: printed without exactly its sheet"
            assert store.blanks[order.blank or ""].state is BlankState.USED, "I5: its blank is not used"


def _started_is_authorised(store: ReferenceStore, logs: Mapping[str, ReferenceLog], up: Iterable[str]) -> None:
    for terminal in up:
        for row in logs[terminal].open():
            if row.phase is Phase.START:
                order = store.orders[row.order_no]
                found = (order.terminal, order.fence, order.blank)
                assert order.state in (OrderState.AUTHORIZED, OrderState.UNKNOWN), "I6: released under a running print"
                assert found == (terminal, row.fence, row.blank), "I4, I6: started for somebody else"


def _audit_tells_it_all(store: ReferenceStore) -> None:
    """I8: whoever reads only the audit knows the state of every order, and the fence never fell (I4)."""
    last: dict[str, Move] = {}
    for move in store.audit:
        before = last.get(move.order_no)
        assert before is None or before.transition.to in move.transition.start, "I8: a step is missing"
        assert before is None or (before.fence or 0) <= (move.fence or 0), "I4: a fence fell"
        last[move.order_no] = move
    for order in store.orders.values():
        told = last[order.order_no].transition.to if order.order_no in last else OrderState.SEALED
        assert told is order.state, "I8: the audit tells another state"
