"""``printd`` killed at every step and started again: never a second sheet, and every attempt ends as told or in doubt."""

from __future__ import annotations

import pytest

from core.wire import Outcome
from drivers.printer.sim_control import Fault
from kiosk.printd.words import Stage
from printing.stores import OrderState
from tests.iron.printd.ipp_proxy import CREATE_JOB, SEND_DOCUMENT
from tests.iron.printd.rig import ORDER, Rig, until
from tests.printing.protocol.fake_centre import Gate


def killed_in_call(rig: Rig, gates: dict[str, Gate], call: str) -> None:
    """Kill while the centre holds the call, then let the centre go on, and start again."""
    gate = gates[call] = Gate()
    rig.start_process()
    rig.client.print_order(ORDER)
    assert gate.reached.wait(20)
    rig.kill()
    gate.opened.set()
    rig.start()


def killed_in_request(rig: Rig, operation: int, moment: str, drop: bool = False) -> None:
    """Kill while a request to the printer is held, let it go on or not, and start again."""
    hold = rig.proxy.hold(operation, moment, drop)
    rig.start_process()
    rig.client.print_order(ORDER)
    hold.wait_reached()
    rig.kill()
    hold.released.set()
    rig.start()


def test_before_the_offer_nothing_was_promised(rig: Rig) -> None:
    killed_in_call(rig, rig.centre.before, "print.offer")
    assert rig.client.watch(ORDER).stage is Stage.UNASKED
    assert rig.printed().outcome is Outcome.PRINTED
    rig.until_told()
    rig.check(sheets=1)


@pytest.mark.parametrize("when", ["before", "after"])
def test_in_prepare_the_attempt_is_dead_and_another_prints(rig: Rig, when: str) -> None:
    """``after``: the centre has said GO, and nobody was there to hear it."""
    killed_in_call(rig, getattr(rig.centre, when), "print.prepare")
    rig.until_told()
    assert rig.ended().outcome is Outcome.NOT_PRINTED
    assert rig.centre.outcomes == ["dead"]
    assert rig.centre.store.orders[ORDER].state is OrderState.SEALED
    rig.check(sheets=0)

    assert rig.printed().outcome is Outcome.PRINTED
    rig.until_told(2)
    assert rig.centre.store.orders[ORDER].blank == "WJ000001"
    rig.check(sheets=1)


def test_create_job_that_never_arrived_is_unknown(rig: Rig) -> None:
    killed_in_request(rig, CREATE_JOB, "before", drop=True)
    rig.until_told()
    assert rig.ended().outcome is Outcome.UNKNOWN
    assert rig.centre.store.orders[ORDER].state is OrderState.UNKNOWN
    assert rig.printed().outcome is Outcome.UNKNOWN
    assert rig.sent() == 0
    rig.check(sheets=0)


def test_a_job_without_its_number_is_found_by_name(rig: Rig) -> None:
    killed_in_request(rig, CREATE_JOB, "after")
    rig.until_told()
    assert rig.ended().outcome is Outcome.NOT_PRINTED
    assert rig.centre.told[0][2].evidence.impressions == 0
    assert rig.sent() == 0
    rig.check(sheets=0)


def test_a_document_that_never_arrived_is_not_printed(rig: Rig) -> None:
    killed_in_request(rig, SEND_DOCUMENT, "before", drop=True)
    rig.until_told()
    assert rig.ended().outcome is Outcome.NOT_PRINTED
    assert rig.sent() == 1
    rig.check(sheets=0)


def test_a_document_that_half_arrived_is_never_printed(rig: Rig) -> None:
    killed_in_request(rig, SEND_DOCUMENT, "during")
    rig.until_told()
    assert rig.ended().outcome in (Outcome.NOT_PRINTED, Outcome.UNKNOWN)
    assert rig.sent() == 1
    rig.check(sheets=0)


def test_a_document_that_arrived_is_seen_to_its_end(rig: Rig) -> None:
    killed_in_request(rig, SEND_DOCUMENT, "after")
    rig.until_told()
    assert rig.ended().outcome is Outcome.PRINTED
    assert rig.sent() == 1
    rig.check(sheets=1)


def test_a_sheet_in_the_printer_is_seen_to_its_end(rig: Rig) -> None:
    rig.printer.set_fault(Fault.HANG)
    rig.start_process()
    rig.client.print_order(ORDER)
    until(lambda: rig.client.watch(ORDER).stage is Stage.PRINTING)
    rig.kill()
    rig.start()
    assert rig.client.print_order(ORDER).stage is Stage.PRINTING
    rig.printer.set_fault(Fault.NONE)
    rig.until_told()
    assert rig.ended().outcome is Outcome.PRINTED
    assert rig.sent() == 1
    rig.check(sheets=1)


def test_asked_to_end_it_leaves_the_sheet_to_the_next_start(rig: Rig) -> None:
    rig.printer.set_fault(Fault.HANG)
    rig.start_process()
    rig.client.print_order(ORDER)
    until(lambda: rig.client.watch(ORDER).stage is Stage.PRINTING)
    assert rig.stop() == 0
    assert [attempt.phase.ended for attempt in rig.attempts()] == [False]
    rig.printer.set_fault(Fault.NONE)
    rig.start()
    assert rig.ended().outcome is Outcome.PRINTED
    rig.until_told()
    rig.check(sheets=1)


def test_an_outcome_is_told_after_the_next_start(rig: Rig) -> None:
    gate = rig.centre.before["print.offer"] = Gate()
    rig.start_process()
    rig.client.print_order(ORDER)
    assert gate.reached.wait(20)
    held = rig.centre.before["sync"] = Gate()
    gate.opened.set()
    assert rig.ended().outcome is Outcome.PRINTED
    assert held.reached.wait(20)
    rig.kill()
    held.opened.set()
    rig.start()
    rig.until_told()
    until(lambda: rig.centre.calls[-1] == "sync" and not rig.centre.before)
    assert rig.centre.outcomes == ["printed"]
    rig.check(sheets=1)
