"""Where keys come from. Plain files are for development; production takes systemd credentials or a TPM.

A key has a name (``device``, ``fields``, ``audit``); its 32 secret bytes are an Ed25519 seed or a symmetric key.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Literal, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.failures import HouseFailure
from core.settings import Keys

SIZE = 32


class KeyStore(Protocol):
    def secret(self, name: str) -> bytes:
        """32 bytes; the same for the same name for ever. ``HouseFailure`` when there is no such key."""

    def signing(self, name: str) -> Ed25519PrivateKey: ...


class _Seeds:
    """Whatever holds the seeds, a signing key is made from one in the same way."""

    def secret(self, name: str) -> bytes:
        raise HouseFailure(f"no key {name}")

    def signing(self, name: str) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret(name))


class FileKeys(_Seeds):
    """One file a key, made on first use, readable by its owner only. Development and tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def secret(self, name: str) -> bytes:
        path = self._folder / f"{name}.key"
        if not path.exists():
            self._make(path)
        return _of_size(path.read_bytes(), name)

    def _make(self, path: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, secrets.token_bytes(SIZE))
            os.fsync(handle)
        finally:
            os.close(handle)
        try:
            # link, not rename: of two processes that make the same key at once the first wins and both read it
            path.hardlink_to(draft)
        except FileExistsError:
            return
        finally:
            draft.unlink()


class CredentialKeys(_Seeds):
    """``LoadCredentialEncrypted=`` of systemd: files in ``$CREDENTIALS_DIRECTORY``, in memory only, gone with the service."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def secret(self, name: str) -> bytes:
        path = self._folder / f"tongban.{name}"
        if not path.is_file():
            raise HouseFailure(f"credential tongban.{name} is not loaded")
        return _of_size(path.read_bytes(), name)


def _of_size(data: bytes, name: str) -> bytes:
    if len(data) != SIZE:
        raise HouseFailure(f"key {name} has {len(data)} bytes, not {SIZE}")
    return data


def open_keys(keys: Keys, profile: Literal["development", "production"]) -> KeyStore:
    """The store the settings name; a plain-file store outside development is refused here too."""
    if keys.store == "file":
        if profile != "development" or keys.folder is None:
            raise HouseFailure("keys in plain files are for development, and need a folder")
        return FileKeys(keys.folder)
    if keys.store == "credential":
        folder = os.environ.get("CREDENTIALS_DIRECTORY")
        if folder is None:
            raise HouseFailure("no systemd credentials: start this as the service, not by hand")
        return CredentialKeys(Path(folder))
    raise HouseFailure(
        "no TPM adapter is installed on this machine: use systemd credentials sealed to the TPM (systemd-creds --with-key=tpm2)"
    )
