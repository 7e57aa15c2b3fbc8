"""The promise of the print protocol, kept by the real code whatever happens between any two of its steps."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from printing.blanks import BlankRange, account
from printing.stores import BlankState, OrderState
from tests.kiosk.printd.world import STOCK, World
from tests.printing.protocol.invariants import check

TERMINALS, ORDERS = ("A", "B"), ("O-1", "O-2")
USUAL = 14
"""Of so many points, all but one or so go as they should: else nothing would ever be printed."""


@settings(max_examples=300)
@given(st.data())
def test_never_two_sheets_and_in_the_end_one(data: st.DataObject) -> None:
    def choose(what: tuple[str, ...]) -> str:
        drawn = data.draw(st.integers(0, USUAL + len(what) - 2))
        return what[0] if drawn < USUAL else what[drawn - USUAL + 1]

    world = World(choose, TERMINALS, ORDERS)
    for name in data.draw(st.lists(st.sampled_from(TERMINALS), min_size=1, max_size=6)):
        world.terminals[name].print_one()
        holds(world)
    world.calm = True
    bring_to_an_end(world)
    holds(world)
    everything_is_accounted_for(world)


def holds(world: World) -> None:
    logs = {name: terminal.log for name, terminal in world.terminals.items()}
    check(world.store, logs, [name for name, terminal in world.terminals.items() if terminal.up], world.sheets)
    for terminal in world.terminals.values():
        assert len(terminal.printer.created) == len(set(terminal.printer.created)), "Create-Job twice for one attempt"


def bring_to_an_end(world: World) -> None:
    """No more mischief: terminals start, tell, people look, and what is still sealed is printed."""
    for _ in range(2):
        for terminal in world.terminals.values():
            terminal.live()
            terminal.deliver()
        world.late_ones_come()
        world.people()
        for order_no, found in list(world.store.orders.items()):
            if found.state in (OrderState.SEALED, OrderState.OFFERED):
                world.terminals[found.terminal or "A"].live(order_no)


def everything_is_accounted_for(world: World) -> None:
    for terminal in world.terminals.values():
        terminal.deliver()
        assert terminal.log.open() == terminal.log.unsettled() == ()
        loaded = BlankRange(STOCK, f"{terminal.name}01", f"{terminal.name}30")
        assert account(loaded, world.store.blanks.values()).closed
    assert {found.state for found in world.store.orders.values()} == {OrderState.PRINTED}
    assert sorted(sheet.order_no for sheet in world.sheets if sheet.good) == sorted(world.store.orders)
    marked = {sheet.blank: sheet.good for sheet in world.sheets}
    for number, good in marked.items():
        assert world.store.blanks[number].state is (BlankState.USED if good else BlankState.SPOILED)
