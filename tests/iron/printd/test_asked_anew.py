"""A person asks once more for an order that has ended: what came of it before is never painted over."""

from __future__ import annotations

from core.waiting import Patience
from core.wire import Outcome
from drivers.printer.sim_control import Fault
from kiosk.printd.words import Progress
from printing.order import Finding, settle
from printing.stores import OrderState
from tests.iron.printd.ipp_proxy import CREATE_JOB, SEND_DOCUMENT
from tests.iron.printd.rig import ORDER, Rig


def asked_anew(rig: Rig) -> Progress:
    return list(rig.client.follow(ORDER, Patience(40), again=True))[-1]


def cut_once(rig: Rig, operation: int) -> None:
    """The next such request does not reach the printer, and later ones do."""
    rig.proxy.hold(operation, "before", drop=True).released.set()
    rig.printed()
    rig.until_told()
    rig.proxy.let_go()


def test_what_was_not_printed_is_printed_for_whoever_comes_back(rig: Rig) -> None:
    rig.start()
    cut_once(rig, CREATE_JOB)
    assert rig.printed().outcome is Outcome.NOT_PRINTED

    assert asked_anew(rig).outcome is Outcome.PRINTED
    rig.until_told(2)
    assert rig.centre.outcomes == ["not_printed", "printed"]
    rig.check(sheets=1)


def test_what_was_printed_stays_printed(rig: Rig) -> None:
    rig.start()
    assert asked_anew(rig).outcome is Outcome.PRINTED
    assert asked_anew(rig).outcome is Outcome.PRINTED
    rig.client.print_order(ORDER, again=True)
    assert rig.ended().outcome is Outcome.PRINTED
    rig.until_told()
    assert rig.sent() == 1
    rig.check(sheets=1)


def test_what_is_unknown_stays_so_until_people_have_looked(rig: Rig) -> None:
    rig.start(watch_s=0.5)
    rig.printer.set_fault(Fault.HANG)
    assert rig.printed().outcome is Outcome.UNKNOWN
    rig.until_told()
    rig.printer.set_fault(Fault.NONE)
    assert asked_anew(rig).outcome is Outcome.UNKNOWN
    assert rig.sent() == 1

    store, order = rig.centre.store, rig.centre.store.orders[ORDER]
    with store.transaction():
        settle(store, ORDER, order.fence, Finding.UNTOUCHED, ("甲", "乙"), rig.centre.clock.now())
    assert asked_anew(rig).outcome is Outcome.PRINTED
    rig.until_told(2)
    assert rig.centre.store.orders[ORDER].state is OrderState.PRINTED
    assert rig.proxy.counted[SEND_DOCUMENT] == 2
