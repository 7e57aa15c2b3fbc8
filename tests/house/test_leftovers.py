"""The guard of the suite guards: each kind of leftover is seen, and killed if it is a process."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable

import pytest

from tests.house import leftovers


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def complaint(before: leftovers.Snapshot, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(leftovers, "GRACE", 0.0)
    with pytest.raises(pytest.fail.Exception) as caught:
        leftovers.fail_on_new(before)
    return str(caught.value)


def test_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    before, go = leftovers.snapshot(), threading.Event()
    thread = threading.Thread(target=go.wait, name="straggler", daemon=True)
    thread.start()
    try:
        assert "thread straggler" in complaint(before, monkeypatch)
    finally:
        go.set()
        thread.join()


def test_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    before = leftovers.snapshot()
    with subprocess.Popen(["sleep", "60"]) as child:
        until(lambda: leftovers.describe(child.pid) == "sleep 60")
        assert f"process {child.pid} (sleep 60)" in complaint(before, monkeypatch)
        assert child.wait(5) == -signal.SIGKILL


def test_a_child_nobody_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    before = leftovers.snapshot()
    child = subprocess.Popen(["true"])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert "nobody waited for it" in complaint(before, monkeypatch)
    child.wait()


def test_a_daemon_that_left_its_family(monkeypatch: pytest.MonkeyPatch) -> None:
    before = leftovers.snapshot()
    subprocess.run(["setsid", "--fork", "sleep", "61"], check=True)
    until(lambda: any(leftovers.describe(pid) == "sleep 61" for pid in leftovers.new_processes(before)))
    assert "(sleep 61)" in complaint(before, monkeypatch)
    until(lambda: leftovers.new_processes(before) == [])


def test_what_a_service_starts_is_its_own_business() -> None:
    script = "read go; sleep 62 & read go; kill $!; wait"
    with subprocess.Popen(["sh", "-c", script], stdin=subprocess.PIPE, bufsize=0) as service:
        before = leftovers.snapshot()
        assert service.stdin
        service.stdin.write(b"\n")
        until(lambda: "sleep 62" in map(leftovers.describe, leftovers.all_processes() - before.processes))
        assert leftovers.new_since(before) == []
        service.stdin.write(b"\n")


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6, socket.AF_UNIX])
def test_a_listening_socket(family: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before = leftovers.snapshot()
    with socket.socket(family) as server:
        server.bind({socket.AF_INET: ("127.0.0.1", 0), socket.AF_INET6: ("::1", 0), socket.AF_UNIX: ""}[family])
        assert leftovers.new_since(before) == []
        server.listen()
        assert "listening socket" in complaint(before, monkeypatch)


def test_a_task(monkeypatch: pytest.MonkeyPatch) -> None:
    async def leave() -> None:
        before = leftovers.snapshot()
        task = asyncio.create_task(asyncio.sleep(60), name="dawdler")
        assert "task dawdler" in complaint(before, monkeypatch)
        task.cancel()

    asyncio.run(leave())
