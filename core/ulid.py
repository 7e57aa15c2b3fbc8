"""Identifiers that sort by time: 48 bits of milliseconds, 80 bits of chance, in Crockford's base 32 (github.com/ulid/spec)."""

from __future__ import annotations

import re
import secrets

from core.clock import Clock

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 26
_SHAPE = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def new_ulid(clock: Clock) -> str:
    """26 characters, unique; later ones sort behind earlier ones of another millisecond."""
    value = int(clock.now().timestamp() * 1000) << 80 | secrets.randbits(80)
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(_LENGTH)))


def is_ulid(text: str) -> bool:
    return _SHAPE.fullmatch(text) is not None
