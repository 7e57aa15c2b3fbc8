"""Documents as bytes with a digest, and what was signed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical_json(value: Any) -> bytes:
    """One spelling for one value: sorted keys, no spaces, UTF-8. What is digested is digested in this form."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A finished file. ``title`` is for people and holds no name of a person."""

    title: str
    media_type: str
    data: bytes

    @property
    def digest(self) -> str:
        return sha256_hex(self.data)

    def __repr__(self) -> str:
        return f"Document({self.title!r}, {len(self.data)} bytes)"
