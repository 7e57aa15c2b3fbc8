"""The printer's process pulled at every step: unknown or not printed, never printed, and no second sheet when it is back."""

from __future__ import annotations

import pytest

from core.wire import Outcome
from drivers.printer.sim_control import Fault
from kiosk.printd.words import Stage
from printing.stores import OrderState
from tests.iron.printd.ipp_proxy import CREATE_JOB, SEND_DOCUMENT
from tests.iron.printd.rig import NOTHING_ON_PAPER, ORDER, Rig, until

MOMENTS = [
    (CREATE_JOB, "before"),
    (CREATE_JOB, "after"),
    (SEND_DOCUMENT, "before"),
    (SEND_DOCUMENT, "during"),
    (SEND_DOCUMENT, "after"),
]


@pytest.mark.parametrize(("operation", "moment"), MOMENTS)
@pytest.mark.parametrize("comes_back", [False, True])
def test_lost_in_a_request(rig: Rig, operation: int, moment: str, comes_back: bool) -> None:
    rig.printer.set_fault(Fault.HANG)
    hold = rig.proxy.hold(operation, moment)
    rig.start(watch_s=1)
    rig.client.print_order(ORDER)
    hold.wait_reached()
    rig.printer.kill()
    if comes_back:
        rig.printer.start()
    hold.released.set()
    rig.until_told()

    assert rig.ended().outcome in NOTHING_ON_PAPER
    assert rig.sent() <= 1
    rig.check(sheets=0)


@pytest.mark.parametrize("comes_back", [False, True])
def test_lost_while_printing(rig: Rig, comes_back: bool) -> None:
    """A printer that comes back knows nothing of the job: that proves nothing."""
    rig.printer.set_fault(Fault.HANG)
    rig.start(watch_s=1)
    rig.client.print_order(ORDER)
    until(lambda: rig.client.watch(ORDER).stage is Stage.PRINTING)
    rig.printer.kill()
    if comes_back:
        rig.printer.start()
    rig.until_told()

    assert rig.ended().outcome is Outcome.UNKNOWN
    assert rig.centre.store.orders[ORDER].state is OrderState.UNKNOWN
    assert rig.printed().outcome is Outcome.UNKNOWN
    rig.check(sheets=0)


def test_lost_before_anything_promises_nothing(rig: Rig) -> None:
    rig.printer.kill()
    rig.start()
    assert rig.client.status().failure == "PRINTER_GONE"
    assert rig.printed().failure == "PRINTER_GONE"
    assert "print.offer" not in rig.centre.calls
    rig.printer.start()
    assert rig.printed().outcome is Outcome.PRINTED
    rig.until_told()
    rig.check(sheets=1)


def test_away_for_a_moment_it_is_waited_for(rig: Rig) -> None:
    """The line is cut while the sheet is printing, the printer is not."""
    rig.printer.set_fault(Fault.HANG)
    rig.start()
    rig.client.print_order(ORDER)
    until(lambda: rig.client.watch(ORDER).stage is Stage.PRINTING)
    rig.proxy.cut = True
    until(lambda: rig.client.watch(ORDER).failure == "PRINTER_GONE")
    rig.printer.set_fault(Fault.NONE)
    until(lambda: len(rig.printer.sheets()) == 1)
    assert rig.client.watch(ORDER).outcome is None
    rig.proxy.cut = False

    assert rig.ended().outcome is Outcome.PRINTED
    rig.until_told()
    rig.check(sheets=1)


def test_a_printer_that_stops_for_good_is_given_up_and_cannot_print_later(rig: Rig) -> None:
    rig.printer.set_fault(Fault.JAM)
    rig.start(watch_s=1)
    rig.client.print_order(ORDER)
    until(lambda: rig.client.watch(ORDER).failure == "PAPER_JAM")
    rig.until_told()
    rig.printer.set_fault(Fault.NONE)

    assert rig.ended().outcome is Outcome.UNKNOWN
    assert rig.centre.told[0][2].evidence.note == "given up"
    rig.check(sheets=0)


def test_a_job_the_printer_aborts_is_not_printed(rig: Rig) -> None:
    rig.printer.set_fault(Fault.DIE)
    rig.start()
    ended = rig.printed()
    rig.until_told()
    assert ended.outcome is Outcome.NOT_PRINTED
    assert rig.centre.store.orders[ORDER].state is OrderState.SEALED
    rig.check(sheets=0)

    rig.printer.set_fault(Fault.NONE)
    assert rig.printed().outcome is Outcome.NOT_PRINTED, "the same request again is no new attempt"
    rig.client.print_order(ORDER, again=True)
    until(lambda: rig.client.watch(ORDER).outcome is Outcome.PRINTED)
    rig.until_told(2)
    assert rig.centre.store.orders[ORDER].blank == "WJ000001"
    rig.check(sheets=1)
