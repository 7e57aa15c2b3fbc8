"""From bytes at the door to a caller and a question, or to a turned-away stranger.

What is not signed by a known terminal gets a bare HTTP status. What is, gets a ``Reply``, also when it is refused.
"""

from __future__ import annotations

import re
from datetime import timedelta

from pydantic import ValidationError

from centre.caller import Caller, TerminalState, find_caller
from centre.wiring import Centre
from core.failures import CentreRefused
from core.wire import Envelope
from vault.device import verify

CLOCK_MAY_DIFFER = timedelta(minutes=5)
# U+0000 cannot be stored by PostgreSQL, a lone surrogate not by anyone; JSON can spell both
_UNSTORABLE = re.compile(rb"\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})")
_LARGEST = 2**63
_PAIR = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


class TurnedAway(Exception):
    """No reply, only an HTTP status and one word."""

    def __init__(self, status: int, word: str) -> None:
        super().__init__(word)
        self.status = status
        self.word = word


def opened(raw: bytes) -> Envelope:
    """The envelope; 400 when it is none. pydantic's parser refuses JSON that is nested too deep."""
    if _UNSTORABLE.search(_PAIR.sub(b"", raw)):
        raise TurnedAway(400, "unstorable_character")
    try:
        envelope = Envelope.model_validate_json(raw)
    except ValidationError as error:
        raise TurnedAway(400, "no_envelope") from error
    if not _storable([envelope.seq, envelope.body]):
        raise TurnedAway(400, "number_too_large")
    return envelope


def _storable(value: object) -> bool:
    """Whether every whole number in ``value`` fits 64 bits: databases have no larger ones."""
    if isinstance(value, dict):
        return all(map(_storable, value.values()))
    if isinstance(value, list):
        return all(map(_storable, value))
    return not isinstance(value, int) or -_LARGEST <= value < _LARGEST


def caller_of(centre: Centre, envelope: Envelope, path: str, raw: bytes, signature: str) -> Caller:
    """The terminal that signed ``raw`` for this door; 401 when none did."""
    caller = centre.ledger.read(lambda connection: find_caller(connection, envelope.device))
    if caller is None or not verify(caller.public_key, path, raw, signature):
        raise TurnedAway(401, "bad_signature")
    return caller


def welcome(centre: Centre, caller: Caller, envelope: Envelope) -> None:
    """Raises ``CentreRefused`` for a terminal that is blocked or whose clock is off."""
    if caller.state is not TerminalState.ACTIVE:
        raise CentreRefused(f"terminal is {caller.state}")
    off = envelope.at - centre.clock.now()
    if abs(off) > CLOCK_MAY_DIFFER:
        raise CentreRefused(f"the clocks differ by {off.total_seconds():.0f} s")
