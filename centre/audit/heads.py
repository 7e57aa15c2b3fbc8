"""Signed heads of the chains, kept outside the database: one appended file an executor, one line a commit.

Who can rewrite the whole database can rewrite a chain; not, without the key, what these lines say it was. A site copies
the file elsewhere as it grows.
"""

from __future__ import annotations

import base64
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from centre.audit.chain import Head
from core.papers import canonical_json

FOLDER = "audit"
_CONTEXT = b"tongban audit head 1\n"


class Heads:
    """Appends under a lock; every line reaches the disk before ``write`` returns."""

    def __init__(self, data: Path, executor: str, key: Ed25519PrivateKey) -> None:
        self._path = data / FOLDER / f"heads-{executor}.jsonl"
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._key = key
        self._lock = threading.Lock()

    def write(self, head: Head, at: datetime) -> None:
        told = asdict(head) | {"at": at.isoformat()}
        signature = base64.urlsafe_b64encode(self._key.sign(_signed(told))).decode()
        line = canonical_json(told | {"signature": signature}) + b"\n"
        with self._lock:
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(handle, line)
                os.fsync(handle)
            finally:
                os.close(handle)


def signed_heads(data: Path, public: Ed25519PublicKey) -> Iterator[Head | str]:
    """Every head of every executor's file, oldest first within a file; a sentence instead where a line is not ours."""
    for path in sorted((data / FOLDER).glob("heads-*.jsonl")):
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            head = _read(line, public)
            yield head if head is not None else f"{path.name} line {number}: not signed by the audit key"


def _read(line: bytes, public: Ed25519PublicKey) -> Head | None:
    try:
        told: dict[str, Any] = json.loads(line)
        public.verify(base64.urlsafe_b64decode(told.pop("signature")), _signed(told))
        return Head(told["region"], told["seq"], told["digest"])
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
        return None


def _signed(told: dict[str, Any]) -> bytes:
    return _CONTEXT + canonical_json(told)
