"""The spooler, asked through a child process that can be killed: see ``drivers.ports.cups_port``."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from core.failures import DeviceBroken, PrinterFailure
from core.waiting import Patience

CLIENT = Path(__file__).parents[1] / "ports" / "cups_port.py"
WAKE = 0.05
"""Seconds between two looks at ``Patience``: it has no way to call us."""
CHUNK = 65_536


class Spooler:
    """Use with ``with``. After ``Cancelled`` or ``TookTooLong`` the child is dead, and every further call fails."""

    def __init__(self, server: str) -> None:
        # -P: the child's own folder holds modules named like libraries
        self._child = subprocess.Popen(
            [sys.executable, "-P", str(CLIENT), server], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self._into = _pipe(self._child.stdin)
        self._out = _pipe(self._child.stdout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._child.kill()
        self._into.close()
        self._out.close()
        self._child.wait()

    def create(self, queue: str, title: str, options: dict[str, str], patience: Patience) -> int:
        """An empty job: nothing can print yet."""
        return int(self._ask({"act": "create", "queue": queue, "title": title, "options": options}, patience)["job"])

    def send(self, queue: str, job: int, pdf: bytes, patience: Patience) -> None:
        """The document, streamed: no file of it is made on this side."""
        self._ask({"act": "send", "queue": queue, "job": job, "size": len(pdf)}, patience, pdf)

    def state(self, job: int, patience: Patience) -> int | None:
        """IPP job-state as the *spooler* sees it, ``None`` for a job it does not know. No witness of a sheet."""
        state: int | None = self._ask({"act": "state", "job": job}, patience)["state"]
        return state

    def purge(self, job: int, patience: Patience) -> None:
        """Cancel and forget; again once it has ended, because a running job is only cancelled."""
        self._ask({"act": "purge", "job": job}, patience)

    def mine(self, patience: Patience) -> dict[int, str]:
        """Number and name of all jobs of ours that the spooler knows, running or kept."""
        return {int(job): name for job, name in self._ask({"act": "mine"}, patience)["jobs"].items()}

    def _ask(self, order: dict[str, Any], patience: Patience, document: bytes = b"") -> dict[str, Any]:
        try:
            self._write(json.dumps(order).encode() + b"\n" + document, patience)
            answer: dict[str, Any] = json.loads(self._read_line(patience))
        except OSError as error:
            raise DeviceBroken("the spooler's client has ended") from error
        if "error" in answer:
            raise PrinterFailure(f"spooler: {answer['error']}")
        return answer

    def _write(self, data: bytes, patience: Patience) -> None:
        left = memoryview(data)
        while left:
            self._wait(self._into, selectors.EVENT_WRITE, patience)
            left = left[os.write(self._into.fileno(), left[:CHUNK]) :]

    def _read_line(self, patience: Patience) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            self._wait(self._out, selectors.EVENT_READ, patience)
            got = os.read(self._out.fileno(), CHUNK)
            if not got:
                raise BrokenPipeError
            line += got
        return line

    @staticmethod
    def _wait(pipe: IO[bytes], event: int, patience: Patience) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, event)
            while not selector.select(patience.slice(WAKE)):
                patience.check()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101  Popen was asked for pipes
    os.set_blocking(pipe.fileno(), False)
    return pipe
