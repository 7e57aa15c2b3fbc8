"""The order as it should go, and as impatient people and crashed screens make it go: one sheet."""

from __future__ import annotations

import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from core.failures import PrinterGone
from core.waiting import Patience
from core.wire import Outcome
from drivers.printer.sim_control import Fault
from kiosk.printd.words import Stage
from printing.stores import BlankState, OrderState, Phase
from tests.iron.printd.ipp_proxy import CREATE_JOB, SEND_DOCUMENT
from tests.iron.printd.rig import ORDER, PROJECT, Rig, until


def test_a_sheet_is_printed_and_told_once(rig: Rig) -> None:
    rig.start()
    stages = [progress.stage for progress in rig.client.follow(ORDER, Patience(40))]
    rig.until_told()

    assert stages[0] is Stage.PREPARING
    assert stages[-1] is Stage.ENDED
    assert rig.client.watch(ORDER).outcome is Outcome.PRINTED
    assert rig.client.watch(ORDER).blank == "WJ000001"
    assert rig.centre.outcomes == ["printed"]
    evidence = rig.centre.told[0][2].evidence
    assert (evidence.job_state, evidence.impressions) == (9, 1)
    assert rig.centre.store.orders[ORDER].state is OrderState.PRINTED
    assert rig.proxy.counted[CREATE_JOB] == rig.proxy.counted[SEND_DOCUMENT] == 1
    rig.check(sheets=1)


def test_the_journal_and_only_the_journal_is_on_the_disk(rig: Rig, sheet: bytes) -> None:
    rig.start()
    rig.printed()
    rig.until_told()
    assert stat.S_IMODE(rig.socket.stat().st_mode) == 0o660
    kept = b"".join(path.read_bytes() for path in (rig.folder / "data").iterdir())
    assert rig.stop() == 0

    assert ORDER.encode() in kept
    assert b"%PDF" not in kept
    assert sheet[100:140] not in kept
    assert [attempt.phase for attempt in rig.attempts()] == [Phase.PRINTED]


def test_asked_five_times_at_once_it_prints_once(rig: Rig) -> None:
    rig.start()
    with ThreadPoolExecutor(5) as people:
        ends = list(people.map(lambda _: rig.printed().outcome, range(5)))
    again = rig.printed()
    rig.until_told()

    assert ends == [Outcome.PRINTED] * 5
    assert again.outcome is Outcome.PRINTED
    assert rig.sent() == 1
    rig.check(sheets=1)


def test_a_client_killed_while_printing_changes_nothing(rig: Rig) -> None:
    rig.printer.set_fault(Fault.HANG)
    rig.start()
    program = (
        "import sys; from pathlib import Path; from core.waiting import Patience\n"
        "from kiosk.printd_client import PrintdClient\n"
        "for _ in PrintdClient(Path(sys.argv[1])).follow(sys.argv[2], Patience(60)): pass"
    )
    screen = subprocess.Popen([sys.executable, "-c", program, str(rig.socket), ORDER], cwd=PROJECT)
    until(lambda: rig.client.watch(ORDER).stage is Stage.PRINTING)
    screen.kill()
    screen.wait()
    rig.printer.set_fault(Fault.NONE)

    assert rig.ended().outcome is Outcome.PRINTED
    rig.until_told()
    rig.check(sheets=1)


def test_paper_out_while_printing_waits_for_paper(rig: Rig) -> None:
    rig.printer.set_fault(Fault.HANG)
    rig.start()
    rig.client.print_order(ORDER)
    until(lambda: rig.client.watch(ORDER).stage is Stage.PRINTING)
    rig.printer.set_paper(0)
    rig.printer.set_fault(Fault.NONE)
    until(lambda: rig.client.watch(ORDER).failure == "PAPER_OUT")
    held_up = rig.client.watch(ORDER)
    rig.printer.set_paper(250)
    ended = rig.ended()
    rig.until_told()

    assert held_up.stage is Stage.PRINTING
    assert held_up.outcome is None
    assert (ended.outcome, ended.failure) == (Outcome.PRINTED, None)
    rig.check(sheets=1)


def test_paper_out_before_it_begins_promises_nothing(rig: Rig) -> None:
    rig.printer.set_paper(0)
    rig.start()
    status, ended = rig.client.status(), rig.printed()
    calls = set(rig.centre.calls)
    rig.printer.set_paper(250)

    assert (status.failure, status.paper) == ("PAPER_OUT", 0)
    assert (ended.outcome, ended.failure) == (Outcome.NOT_PRINTED, "PAPER_OUT")
    assert not calls & {"print.offer", "print.prepare"}
    assert rig.centre.told == []
    assert rig.printed().outcome is Outcome.PRINTED
    rig.until_told()
    rig.check(sheets=1)


def test_no_blank_left_promises_nothing(rig: Rig) -> None:
    rig.centre.store.blanks.clear()
    rig.start()

    assert rig.client.status().failure == "BLANKS_OUT"
    assert rig.printed().failure == "BLANKS_OUT"
    assert "print.offer" not in rig.centre.calls


def test_centre_away_after_printing_hears_of_it_once(rig: Rig) -> None:
    rig.printer.set_fault(Fault.HANG)
    rig.start_process()
    rig.client.print_order(ORDER)
    until(lambda: rig.client.watch(ORDER).stage is Stage.PRINTING)
    rig.centre.away = True
    rig.printer.set_fault(Fault.NONE)

    assert rig.ended().outcome is Outcome.PRINTED
    assert rig.centre.told == []
    assert rig.centre.store.orders[ORDER].state is OrderState.AUTHORIZED
    rig.kill()
    rig.start()
    rig.centre.away = False
    rig.until_told()
    assert rig.centre.outcomes == ["printed"]
    rig.check(sheets=1)


def test_an_order_printed_elsewhere_is_refused(rig: Rig) -> None:
    order = rig.centre.store.orders[ORDER]
    rig.centre.store.orders[ORDER] = replace(order, state=OrderState.AUTHORIZED, terminal="T-0002", fence=3)
    rig.start()
    ended = rig.printed()

    assert (ended.outcome, ended.failure) == (Outcome.UNKNOWN, "PRINT_UNKNOWN")
    assert rig.sent() == 0
    assert all(blank.state is BlankState.AVAILABLE for blank in rig.centre.store.blanks.values())


def test_a_second_printd_on_the_same_journal_does_not_start(rig: Rig) -> None:
    rig.start()
    overlay = str(rig.folder / "overlay.toml")
    command = [
        sys.executable,
        "-m",
        "tongban",
        "printd",
        "--settings",
        "config/development.toml",
        "--settings",
        overlay,
    ]
    second = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=30, check=False)

    assert second.returncode == 1
    assert "another process has this terminal storage open" in second.stderr
    assert rig.printed().outcome is Outcome.PRINTED


RUBBISH = (
    b"",
    b"\0\0",
    b"\xff\xff\xff\xff",
    b"\0\0\0\2{}",
    b"\0\0\0\5hello",
    b'\0\0\0\x11{"do":"status"}x',
    b'\0\0\0\x2c{"do":"print","order_no":"../../../etc/passwd"}',
)


def answered(line: socket.socket) -> bytes:
    """Nothing, when the line was closed on what was still being said."""
    try:
        return line.recv(100)
    except ConnectionResetError:
        return b""


def test_rubbish_on_the_socket_hurts_nobody(rig: Rig) -> None:
    rig.start()
    for rubbish in RUBBISH:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(rig.socket))
            line.sendall(rubbish)
            line.shutdown(socket.SHUT_WR)
            line.settimeout(10)
            assert answered(line) == b""
    assert rig.client.status().failure is None


def test_a_printd_that_is_away_is_a_printer_gone(rig: Rig) -> None:
    with pytest.raises(PrinterGone):
        rig.client.status()
    with pytest.raises(PrinterGone):
        rig.client.print_order(ORDER)


def test_a_door_that_cannot_be_opened_ends_it(rig: Rig) -> None:
    (rig.folder / "file").write_text("")
    rig.socket = rig.folder / "file" / "p.sock"
    with pytest.raises(AssertionError, match="cannot listen"):
        rig.start_process()


def test_what_is_wrong_at_the_start_is_said(rig: Rig) -> None:
    """A fault at the start is said, with its code, and ends it."""
    overlay = rig.folder / "overlay.toml"
    overlay.write_text('[link]\nurl = "http://centre.example"\n' + f'[terminal]\ndata = "{rig.folder}"\n')
    command = [
        sys.executable,
        "-m",
        "tongban",
        "printd",
        "--settings",
        "config/development.toml",
        "--settings",
        overlay,
    ]
    broken = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=30, check=False)
    assert broken.returncode == 1
    assert "must be https" in broken.stderr
