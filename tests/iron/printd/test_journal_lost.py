"""The terminal's own memory is lost, or an older copy of it put back: the centre's word and the printer's count."""

from __future__ import annotations

import shutil

from core.wire import Outcome
from drivers.printer.sim_control import Fault
from kiosk.printd.words import Stage
from printing.stores import OrderState
from tests.iron.printd.ipp_proxy import SEND_DOCUMENT
from tests.iron.printd.rig import ORDER, Rig, until
from tests.printing.protocol.fake_centre import Gate


def lose_store(rig: Rig) -> None:
    shutil.rmtree(rig.folder / "data")


def copied_at_prep(rig: Rig) -> None:
    rig.printer.set_fault(Fault.HANG)
    gate = rig.centre.before["print.prepare"] = Gate()
    rig.start_process()
    rig.client.print_order(ORDER)
    assert gate.reached.wait(20)
    shutil.copytree(rig.folder / "data", rig.folder / "older")
    gate.opened.set()


def put_back(rig: Rig) -> None:
    rig.kill()
    lose_store(rig)
    (rig.folder / "older").rename(rig.folder / "data")


def test_without_its_journal_it_prints_nothing_twice(rig: Rig) -> None:
    rig.start()
    rig.printed()
    rig.until_told()
    rig.stop()
    lose_store(rig)
    rig.start()
    assert rig.printed().outcome is Outcome.UNKNOWN, "only the centre knows that it was printed"
    assert rig.sent() == 1
    rig.check(sheets=1)


def test_an_outcome_is_heard_although_its_number_was_used_before(rig: Rig) -> None:
    rig.centre.numbers |= {1, 2, 3}
    rig.start()
    assert rig.printed().outcome is Outcome.PRINTED
    rig.until_told()
    assert rig.centre.outcomes == ["printed"]
    assert rig.centre.store.orders[ORDER].state is OrderState.PRINTED


def test_a_journal_from_before_the_start_promises_nothing_that_the_printer_denies(rig: Rig) -> None:
    """Put back as it was at PREP, while the sheet it knows nothing of was printed: that attempt is not dead."""
    copied_at_prep(rig)
    until(lambda: rig.client.watch(ORDER).stage is Stage.PRINTING)
    rig.centre.away = True
    rig.printer.set_fault(Fault.NONE)
    assert rig.ended().outcome is Outcome.PRINTED
    put_back(rig)
    rig.centre.away = False
    rig.start()
    rig.until_told()
    assert rig.ended().outcome is Outcome.PRINTED
    assert rig.proxy.counted[SEND_DOCUMENT] == 1
    rig.check(sheets=1)


def test_a_journal_from_before_the_start_while_the_sheet_is_moving(rig: Rig) -> None:
    copied_at_prep(rig)
    until(lambda: rig.client.watch(ORDER).stage is Stage.PRINTING)
    put_back(rig)
    rig.start()
    rig.printer.set_fault(Fault.NONE)
    rig.until_told()
    assert rig.ended().outcome is Outcome.PRINTED
    rig.check(sheets=1)
