"""What a test may leave behind, looked up before and after it: threads, processes, asyncio tasks, listening sockets.

Processes are found by ancestry, and, when a daemon has left its family, by a mark that it inherited in its environment.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

MARK = "TONGBAN_TEST_SESSION"
GRACE = 3.0  # seconds for what is already on its way out
PROC = Path("/proc")


@dataclass(frozen=True)
class Snapshot:
    threads: frozenset[threading.Thread]
    processes: frozenset[int]
    tasks: frozenset[asyncio.Task[Any]]
    sockets: frozenset[str]


def snapshot() -> Snapshot:
    return Snapshot(
        threads=frozenset(threading.enumerate()),
        processes=frozenset(all_processes()),
        tasks=frozenset(pending_tasks()),
        sockets=frozenset(open_sockets()),
    )


def fail_on_new(before: Snapshot) -> None:
    """Fail with a list of all that came since ``before`` and is still there; its processes are killed."""
    deadline = time.monotonic() + GRACE
    while (left := new_since(before)) and time.monotonic() < deadline:
        time.sleep(0.02)
    for pid in new_processes(before):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


def new_since(before: Snapshot) -> list[str]:
    return [
        *(f"thread {thread.name}" for thread in threading.enumerate() if thread not in before.threads),
        *(f"process {pid} ({describe(pid)})" for pid in new_processes(before)),
        *(f"task {task.get_name()}" for task in pending_tasks() - before.tasks),
        *(f"listening socket {name}" for name in listening(open_sockets() - before.sockets)),
    ]


def all_processes() -> set[int]:
    return {int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()}


def new_processes(before: Snapshot) -> list[int]:
    return [pid for pid in sorted(all_processes() - before.processes) if is_left_over(pid, before)]


def is_left_over(pid: int, before: Snapshot) -> bool:
    """A child of this process, waited for or not, or a daemon with its mark; not what an older service started for itself."""
    try:
        ancestor = parent(pid)
        while ancestor not in before.processes:
            ancestor = parent(ancestor)
        return ancestor == os.getpid() or (bears_mark(pid) and not bears_mark(ancestor))
    except OSError:  # it has ended, or is somebody else's
        return False


def bears_mark(pid: int) -> bool:
    mark = f"{MARK}={os.getpid()}".encode()
    return pid > 1 and mark in (PROC / str(pid) / "environ").read_bytes().split(b"\0")


def parent(pid: int) -> int:
    """Fourth field of ``stat``; the second may hold spaces and brackets."""
    return int((PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])


def describe(pid: int) -> str:
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        words = ""
    return words[:120] or "ended, but nobody waited for it"


def pending_tasks() -> set[asyncio.Task[Any]]:
    """Of every loop; the registry's name changed with Python 3.12."""
    registry = getattr(asyncio.tasks, "_scheduled_tasks", None) or getattr(asyncio.tasks, "_all_tasks", ())
    return {task for task in list(registry) if not task.done()}


def open_sockets() -> set[str]:
    """Inode numbers of this process's sockets."""
    found = set()
    for descriptor in (PROC / "self/fd").iterdir():
        try:
            target = str(descriptor.readlink())
        except OSError:  # the listing's own descriptor
            continue
        if target.startswith("socket:["):
            found.add(target[8:-1])
    return found


def listening(inodes: set[str]) -> list[str]:
    """Those that listen: state 0A in tcp and tcp6, the accept-connections flag in unix."""
    if not inodes:
        return []
    found = []
    for table, inode, column, value in (("tcp", 9, 3, "0A"), ("tcp6", 9, 3, "0A"), ("unix", 6, 3, "00010000")):
        for line in (PROC / "net" / table).read_text().splitlines()[1:]:
            fields = line.split()
            if len(fields) > inode and fields[inode] in inodes and fields[column] == value:
                found.append(f"{table} {fields[1] if table != 'unix' else ' '.join(fields[7:])}")
    return found
