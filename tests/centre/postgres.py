"""A real PostgreSQL cluster of our own in a temporary folder, reached by its Unix socket only. It refuses to run as root."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

DEBIAN = Path("/usr/lib/postgresql")
_SPEED = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@contextlib.contextmanager
def cluster() -> Iterator[Path]:
    """The folder of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="tongban-postgres-"))
    try:
        data = folder / "data"
        unprivileged = _unprivileged(folder)
        _run(
            [
                *unprivileged,
                _program("initdb"),
                "-D",
                str(data),
                "-A",
                "trust",
                "-U",
                "tongban",
                "-E",
                "UTF8",
                "--no-sync",
            ]
        )
        command = [
            *unprivileged,
            _program("postgres"),
            "-D",
            str(data),
            "-k",
            str(folder),
            "-c",
            "listen_addresses=",
            *_SPEED,
        ]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait_ready(folder, server)
            yield folder
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing of it is needed again
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(10)
            server.kill()
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_database(folder: Path, name: str, like: str = "template1") -> str:
    """A new database's URL; ``like``: the database, with nobody in it, that it is a copy of."""
    with psycopg.connect(f"host={folder} user=tongban dbname=postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return url_of(folder, name)


def url_of(folder: Path, name: str) -> str:
    return f"postgresql+psycopg://tongban@/{name}?host={folder}"


def _program(name: str) -> str:
    found = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        pytest.fail(f"no {name}: install the Debian package postgresql")
    return program


def _unprivileged(folder: Path) -> list[str]:
    """As root: the command that takes the rights away, and the folder given to that user."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o755)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        pytest.fail(f"{Path(command[-1]).name}: {done.stderr[-500:]}")


def _wait_ready(folder: Path, server: subprocess.Popen[bytes]) -> None:
    ready = [_program("pg_isready"), "-q", "-h", str(folder)]
    for _ in range(400):
        if server.poll() is not None:
            break
        if subprocess.run(ready, check=False).returncode == 0:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(0.05)
    pytest.fail("PostgreSQL did not start: " + (folder / "log").read_text()[-500:])
