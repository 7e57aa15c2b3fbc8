"""The disk takes no more at each step that must be on it: the process ends, nothing moves on, and the next start settles."""

from __future__ import annotations

import resource

import pytest

from core.wire import Outcome
from printing.stores import OrderState
from tests.iron.printd.ipp_proxy import CREATE_JOB, SEND_DOCUMENT
from tests.iron.printd.rig import ORDER, Rig, until
from tests.printing.protocol.fake_centre import Gate

CALLS = ["print.offer", "print.prepare"]
REQUESTS = {CREATE_JOB: Outcome.NOT_PRINTED, SEND_DOCUMENT: Outcome.PRINTED}


def fill_disk(rig: Rig) -> None:
    """No file of the process may grow any more, as if the disk were full."""
    size = max(path.stat().st_size for path in (rig.folder / "data").glob("printd.db*"))
    resource.prlimit(rig.pid, resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("call", CALLS)
def test_before_start_nothing_is_sent(rig: Rig, call: str) -> None:
    gate = rig.centre.after[call] = Gate()
    rig.start_process()
    rig.client.print_order(ORDER)
    assert gate.reached.wait(20)
    fill_disk(rig)
    gate.opened.set()
    assert rig.wait() == 1
    assert rig.proxy.counted[CREATE_JOB] == rig.sent() == 0
    rig.start()
    until(lambda: rig.printed().outcome is Outcome.PRINTED)
    until(lambda: rig.centre.store.orders[ORDER].state is OrderState.PRINTED)
    rig.check(sheets=1)


@pytest.mark.parametrize("operation", list(REQUESTS))
def test_after_start_the_next_start_finds_out(rig: Rig, operation: int) -> None:
    """Create-Job was answered and its number is lost; the sheet is out and its end is lost."""
    hold = rig.proxy.hold(operation, "after")
    rig.start_process()
    rig.client.print_order(ORDER)
    hold.wait_reached()
    fill_disk(rig)
    hold.released.set()
    assert rig.wait() == 1
    rig.start()
    rig.until_told()
    assert rig.ended().outcome is REQUESTS[operation]
    assert rig.sent() == (operation == SEND_DOCUMENT)
    rig.check(sheets=int(operation == SEND_DOCUMENT))
