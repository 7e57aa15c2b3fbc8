"""A person asks once more for an order that has ended: what came of it before is never painted over."""

from __future__ import annotations

from core.waiting import Patience
from core.wire import Outcome
from drivers.printer.sim_control import Fault
from kiosk.printd.words import Progress
from printing.order import Finding, settle
from printing.stores import OrderState
from tests.iron.printd.ipp_proxy import CREATE_JOB, SEND_DOCUMENT
from tests.iron.printd.rig import ORDER, Rig, until
from tests.printing.protocol.fake_centre import STOCK

OTHER = "O-2"


def asked_anew(rig: Rig) -> Progress:
    return list(rig.client.follow(ORDER, Patience(40), again=True))[-1]


def cut_once(rig: Rig, operation: int) -> None:
    """The next such request does not reach the printer, and later ones do."""
    rig.proxy.hold(operation, "before", drop=True).released.set()
    rig.printed()
    rig.until_told()
    rig.proxy.let_go()


def found_untouched(rig: Rig) -> None:
    """Two people look in the tray, take the sheet out, and write it off."""
    store, order = rig.centre.store, rig.centre.store.orders[ORDER]
    with store.transaction():
        settle(store, ORDER, order.fence, Finding.UNTOUCHED, ("甲", "乙"), rig.centre.clock.now())


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

    found_untouched(rig)
    assert asked_anew(rig).outcome is Outcome.PRINTED
    rig.until_told(2)
    assert rig.centre.store.orders[ORDER].state is OrderState.PRINTED
    assert rig.proxy.counted[SEND_DOCUMENT] == 2


def test_while_a_blank_is_in_doubt_no_other_is_printed(rig: Rig) -> None:
    """Nobody can tell which number lies on top of the tray: the next certificate would be booked on the wrong one."""
    rig.start(watch_s=0.5)
    rig.printer.set_fault(Fault.HANG)
    assert rig.printed().outcome is Outcome.UNKNOWN
    rig.until_told()
    rig.printer.set_fault(Fault.NONE)
    rig.centre.store.add_order(OTHER, STOCK)
    other = list(rig.client.follow(OTHER, Patience(40)))[-1]
    assert (other.outcome, other.failure) == (Outcome.NOT_PRINTED, "BLANKS_OUT")
    until(lambda: rig.client.status().failure == "BLANKS_OUT")

    found_untouched(rig)
    assert list(rig.client.follow(OTHER, Patience(40), again=True))[-1].outcome is Outcome.PRINTED
    assert rig.client.watch(OTHER).blank == "WJ000002"
    assert rig.sent() == 2
