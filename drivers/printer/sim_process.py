"""Starting the stand-in services so that nothing of them is left, whatever happens to us.

They are children of a small *keeper* process (``sim_keeper.py``) at the other end of a pipe, not of ours: when we die
without saying goodbye, it sees the end of the pipe and clears everything away.
"""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from core.failures import DeviceBroken, TookTooLong

HERE = Path(__file__).parent
TICK = 0.005


class Keeper:
    """``folder`` goes with the keeper. May be used from several threads."""

    def __init__(self, folder: Path) -> None:
        argv = [sys.executable, "-I", "-S", str(HERE / "sim_keeper.py"), str(folder)]
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def ask(self, act: str, **words: Any) -> dict[str, Any]:
        given, told = self._process.stdin, self._process.stdout
        assert given is not None and told is not None  # noqa: S101, PT018  both are pipes
        with self._lock:
            given.write(json.dumps({"act": act} | words) + "\n")
            given.flush()
            answer: dict[str, Any] = json.loads(told.readline() or '{"error": "the keeper has ended"}')
        if "error" in answer:
            raise DeviceBroken(answer["error"])
        return answer

    def dismiss(self) -> None:
        """Close the pipe; the keeper kills what is left, removes the folder and ends."""
        self._process.communicate(timeout=10.0)


class Service:
    """One daemon in the foreground, its output in ``log``."""

    def __init__(
        self, name: str, argv: Sequence[str | Path], log: Path, keeper: Keeper, env: Mapping[str, str]
    ) -> None:
        self.name = name
        self._argv = [str(word) for word in argv]
        self._log = log
        self._keeper = keeper
        self._env = dict(env)
        self._pid: int | None = None

    def start(self) -> None:
        self._pid = self._keeper.ask("start", argv=self._argv, env=self._env, log=str(self._log))["pid"]

    @property
    def running(self) -> bool:
        return self._pid is not None and bool(self._keeper.ask("alive", pid=self._pid)["alive"])

    @property
    def status(self) -> int | None:
        """How it ended by itself; ``None`` while it runs or after it was ended."""
        return None if self._pid is None else self._keeper.ask("alive", pid=self._pid)["status"]

    def wait_until(self, ready: Callable[[], bool], seconds: float = 10.0) -> None:
        """Poll ``ready``; raises ``DeviceBroken`` with the end of its log when the service ends first."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.running:
                raise DeviceBroken(f"{self.name} did not start: {self.last_words()}")
            if time.monotonic() > deadline:
                raise TookTooLong(f"{self.name} is not ready after {seconds} s: {self.last_words()}")
            time.sleep(TICK)

    def last_words(self) -> str:
        return " | ".join(self._log.read_text(errors="replace").splitlines()[-3:])

    def signal(self, number: int) -> None:
        """To every process of the service, if it runs."""
        if self._pid is not None:
            self._keeper.ask("signal", pid=self._pid, number=number)

    def end(self) -> None:
        """Ask politely, then kill what is left of its session."""
        self._end(polite=True)

    def kill(self) -> None:
        """As a power cut does: no goodbye."""
        self._end(polite=False)

    def _end(self, polite: bool) -> None:
        if self._pid is not None:
            self._keeper.ask("end", pid=self._pid, polite=polite)
            self._pid = None


def free_port() -> int:
    """A port nobody listens on, below those that the kernel gives to outgoing connections."""
    while True:
        port = secrets.choice(range(20_000, 32_000))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("", port))
            return port


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def listens(path: Path) -> bool:
    """Whether somebody serves this Unix socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0
