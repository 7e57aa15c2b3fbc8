"""Starts, watches and kills the services of a stand. Run as a script: ``sim_keeper.py FOLDER``. Standard library only.

One JSON object a line on standard input, one a line back. At the end of its input, however that came about, it kills
what it started and removes ``FOLDER``: a stand that is itself killed leaves nothing. Each service leads a session of its
own, and a session is killed as a whole, because cupsd puts its filters into process groups of their own.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

POLITE = 2.0
"""Seconds that a service has to end when asked to."""


def members(session: int) -> Iterator[int]:
    """Live processes of a session (proc(5): in ``stat`` after the name come state, parent, group, session)."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended while we looked
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
            if fields[0] != "Z" and int(fields[3]) == session:
                yield int(stat.parent.name)


def kill_session(session: int) -> None:
    while alive := list(members(session)):
        for pid in alive:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)


class Keeper:
    def __init__(self) -> None:
        self._kept: dict[int, subprocess.Popen[bytes]] = {}

    def start(self, argv: list[str], env: dict[str, str], log: str) -> dict[str, Any]:
        with Path(log).open("ab") as output:
            service = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                start_new_session=True,
            )
        self._kept[service.pid] = service
        return {"pid": service.pid}

    def signal(self, pid: int, number: int) -> dict[str, Any]:
        for member in members(pid):
            with suppress(ProcessLookupError):
                os.kill(member, number)
        return {}

    def alive(self, pid: int) -> dict[str, Any]:
        status = self._kept[pid].poll()
        return {"alive": status is None, "status": status}

    def end(self, pid: int, polite: bool = False) -> dict[str, Any]:
        service = self._kept.pop(pid)
        if polite:
            service.terminate()
            with suppress(subprocess.TimeoutExpired):
                service.wait(POLITE)
        kill_session(pid)
        service.wait()
        return {}

    def obey(self, line: str) -> dict[str, Any]:
        order = json.loads(line)
        acts = (self.start, self.signal, self.alive, self.end)
        act: Callable[..., dict[str, Any]] = {act.__name__: act for act in acts}[order.pop("act")]
        try:
            return act(**order)
        except OSError as error:  # the only one that can be helped: no such program, no right to start it
            return {"error": str(error)}

    def end_all(self) -> None:
        for pid in reversed(list(self._kept)):
            self.end(pid)


if __name__ == "__main__":
    keeper = Keeper()
    for order in sys.stdin:
        sys.stdout.write(json.dumps(keeper.obey(order)) + "\n")
        sys.stdout.flush()
    keeper.end_all()
    shutil.rmtree(sys.argv[1], ignore_errors=True)
