"""Finished files behind a port: a folder of sealed files when embedded, an object store later.

A file is written before the row that names it commits; one that no row names is rubbish and can be swept.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Protocol

from core.clock import Clock
from core.failures import HouseFailure
from core.papers import sha256_hex
from core.ulid import is_ulid, new_ulid
from vault.fields import FieldCipher


class Files(Protocol):
    def put(self, data: bytes) -> str:
        """The name under which ``data`` is kept; it is durable on return."""

    def get(self, name: str, digest: str) -> bytes:
        """The bytes. ``HouseFailure`` when they are gone or are not those of ``digest`` (sha256)."""


class FolderFiles:
    """Names are ULIDs, content is ciphertext bound to the name; two levels of folders keep each of them small."""

    def __init__(self, folder: Path, cipher: FieldCipher, clock: Clock) -> None:
        self._folder = folder
        self._cipher = cipher
        self._clock = clock

    def put(self, data: bytes) -> str:
        name = new_ulid(self._clock)
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sealed = self._cipher.seal("files", name, "data", base64.b64encode(data).decode())
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(sealed.encode())
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(path.parent)
        return name

    def get(self, name: str, digest: str) -> bytes:
        try:
            sealed = self._path(name).read_text()
        except OSError as error:
            raise HouseFailure(f"file {name} cannot be read") from error
        data = base64.b64decode(self._cipher.open("files", name, "data", sealed))
        if sha256_hex(data) != digest:
            raise HouseFailure(f"file {name} is not the one that was stored")
        return data

    def _path(self, name: str) -> Path:
        if not is_ulid(name):
            raise HouseFailure("not the name of a file")
        return self._folder / name[-4:-2] / name


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
