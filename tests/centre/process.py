"""The centre as a process of its own, as ``tongban centre`` starts it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from centre.enrol import Enrolment, enrol_from_outside
from core.settings import CONFIG, Settings
from tests.centre.support import make_settings, wait_until
from vault.device import public_bytes


@dataclass
class CentreProcess:
    """``start`` may be called again after ``kill`` or ``stop``; the port is another one then."""

    folder: Path
    database: str
    executor: str = "centre-test"
    url: str = ""
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.settings: Settings = make_settings(self.folder, self.database, self.executor)
        self.overlay = self.folder / f"{self.executor}.toml"
        self.overlay.write_text(
            f'[centre]\nport = 0\ndatabase = "{self.database}"\ndata = "{self.folder}"\nexecutor = "{self.executor}"\n'
            f'keys = {{ store = "file", folder = "{self.folder}/keys" }}\n'
        )
        assert tomllib.loads(self.overlay.read_text())

    @property
    def arguments(self) -> list[str]:
        return ["--settings", str(CONFIG / "development.toml"), "--settings", str(self.overlay)]

    @property
    def log(self) -> Path:
        return self.folder / f"{self.executor}.log"

    def enrol(self, terminal: str = "T-0001") -> Ed25519PrivateKey:
        key = Ed25519PrivateKey.generate()
        enrol_from_outside(self.settings, Enrolment(terminal, public_bytes(key), "", "", "", ()))
        return key

    def start(self) -> None:
        ready = self.folder / f"{self.executor}.ready"
        ready.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tongban", "centre", *self.arguments, "--ready", str(ready)]
        with self.log.open("ab") as log:
            process = self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=CONFIG.parent)
        wait_until(lambda: ready.exists() or process.poll() is not None, "the centre's process")
        assert ready.exists(), self.log.read_text()[-2000:]
        self.url = ready.read_text().strip()

    def kill(self) -> None:
        """As a power cut would."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(15)

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.stop()
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def centre_process(folder: Path, database: str, **options: str) -> Iterator[CentreProcess]:
    """Not started yet."""
    centre = CentreProcess(folder, database, **options)
    try:
        yield centre
    finally:
        centre.close()
