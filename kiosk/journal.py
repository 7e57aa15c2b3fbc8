"""The event journal on disk: one JSON line an entry, on the disk when ``write`` returns, old files dropped by size.

Only fixed words get in: whatever does not look like a code is refused, so no name or number of a person can.
"""

from __future__ import annotations

import errno
import json
import os
import re
import threading
from pathlib import Path
from typing import BinaryIO

from core.failures import HouseFailure
from core.journal import Entry

CODE = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*){0,3}|[A-Z][A-Z_]*")
MOST_BYTES = 1024 * 1024
KEPT = 5


class JsonJournal:
    """``path`` is the newest file; ``path.1`` … ``path.<kept>`` are older. Keeps ``core.journal.Journal``."""

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES, kept: int = KEPT) -> None:
        self._path, self._most, self._kept = path, most_bytes, kept
        self._turn = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = self._opened()

    def write(self, entry: Entry) -> None:
        """Raises ``HouseFailure`` for a code that is none, or when the disk takes no more."""
        line = _line(entry)
        with self._turn:
            try:
                if self._file.tell() + len(line) > self._most:
                    self._rotate()
                self._mend()
                if self._file.write(line) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(self._file.fileno())
            except OSError as error:
                raise HouseFailure(f"event journal: {error.strerror}") from error

    def close(self) -> None:
        with self._turn:
            self._file.close()

    def _opened(self) -> BinaryIO:
        handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        file = os.fdopen(handle, "ab", buffering=0)
        file.seek(0, os.SEEK_END)
        return file

    def _mend(self) -> None:
        """A line cut short by a power cut or a full disk must not swallow the next one."""
        size = self._file.tell()
        if size and os.pread(self._file.fileno(), 1, size - 1) != b"\n":
            self._file.write(b"\n")

    def _rotate(self) -> None:
        self._file.close()
        for number in range(self._kept, 0, -1):
            older = self._older(number - 1)
            if older.exists():
                older.replace(self._older(number))
        self._file = self._opened()

    def _older(self, number: int) -> Path:
        return self._path if number == 0 else self._path.with_name(f"{self._path.name}.{number}")


def _line(entry: Entry) -> bytes:
    for word in (entry.code, entry.failure):
        if word is not None and (len(word) > 60 or CODE.fullmatch(word) is None):
            raise HouseFailure("the journal takes fixed codes only")
    values = {
        "at": entry.at.isoformat(timespec="milliseconds"),
        "code": entry.code,
        "disposition": entry.disposition.value,
        "visit": int(entry.visit),
        "ms": None if entry.milliseconds is None else int(entry.milliseconds),
        "failure": entry.failure,
    }
    return json.dumps({name: value for name, value in values.items() if value is not None}).encode() + b"\n"
