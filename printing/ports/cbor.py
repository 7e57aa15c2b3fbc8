"""Canonical CBOR: shortest forms, keys sorted length first (RFC 8949 §4.2.3); one spelling for one value."""

from __future__ import annotations

from typing import Any

import cbor2


def dumps(value: Any) -> bytes:
    """The canonical encoding of ``value`` (int, str, bytes, bool, None, list, dict)."""
    return cbor2.dumps(value, canonical=True)


def loads(data: bytes) -> Any:
    """The value whose canonical encoding is ``data``; ``ValueError`` for anything else, trailing bytes included."""
    try:
        value = cbor2.loads(data)
        again = cbor2.dumps(value, canonical=True)
    except (cbor2.CBORError, ValueError, TypeError) as error:
        raise ValueError("not CBOR") from error
    if again != data:
        raise ValueError("not canonical CBOR")
    return value
