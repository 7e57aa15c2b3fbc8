"""Processes of ours: each in its own group, its output in a file, ended when the stage ends or its starter dies."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from core.failures import HouseFailure

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


def _die_with_parent() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Process:
    """One child. ``log`` takes its standard output and errors."""

    def __init__(
        self, name: str, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.log = log
        self._file = log.open("ab")
        self._child = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=self._file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=None if environment is None else {**os.environ, **environment},
            preexec_fn=_die_with_parent,
        )

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def ended(self) -> int | None:
        return self._child.poll()

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Return when ``ready()``; ``HouseFailure`` with the end of the log if the child dies or takes too long."""
        deadline = time.monotonic() + seconds
        while not ready():
            if self.ended is not None:
                raise HouseFailure(f"{self.name} ended with {self.ended}: {self.tail()}")
            if time.monotonic() > deadline:
                raise HouseFailure(f"{self.name} was not ready after {seconds:.0f} s: {self.tail()}")
            time.sleep(0.02)

    def wait(self, seconds: float | None = None) -> int:
        return self._child.wait(seconds)

    def tail(self, lines: int = 12) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def stop(self, seconds: float = 8.0) -> int:
        """SIGTERM, then SIGKILL to the whole group; the exit status."""
        self._signal(signal.SIGTERM)
        try:
            status = self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            status = self._child.wait()
        self._signal(signal.SIGKILL)
        self._file.close()
        return status

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        self._signal(signal.SIGKILL)
        self._child.wait()

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self._child.pid, number)
        except ProcessLookupError:
            return


def tongban(*arguments: str) -> list[str]:
    """The command line that runs a subcommand of ours with this very Python."""
    return [sys.executable, "-m", "tongban", *arguments]
