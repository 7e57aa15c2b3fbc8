"""The line to the centre: every request signed by the device's key, every failure one of ours, nothing personal in any.

A call may be sent several times, because the centre knows its id and does it once; the same bytes go out each time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from core.clock import Clock, SystemClock
from core.failures import CentreAway, CentreConfused, CentreRefused, Failure, TookTooLong, failure_named
from core.ulid import new_ulid
from core.waiting import Patience
from core.wire import (
    CALL_PATH,
    CALLS,
    MOST_BYTES,
    SIGNATURE_HEADER,
    SYNC_PATH,
    VERSION,
    Body,
    Envelope,
    Message,
    Reply,
    SyncAsk,
    SyncTold,
)
from kiosk.ports.http import Answer, HttpDoor
from vault.device import sign

T = TypeVar("T", bound=Body)

TRIES = 3
PAUSE_S = 0.3
UNTRUSTED = (401, 403)


class CentreLink:
    """One stream of one device. Safe to share between threads.

    ``next_seq`` gives a number that rises for ever, also over restarts. ``timeout``: seconds for one try, on top of
    what a long-poll asks for itself.
    """

    def __init__(
        self,
        url: str,
        device_id: str,
        stream: str,
        key: Ed25519PrivateKey,
        next_seq: Callable[[], int],
        timeout: float = 10.0,
        clock: Clock | None = None,
        door: HttpDoor | None = None,
    ) -> None:
        self._door = door or HttpDoor(url, MOST_BYTES)
        self._device, self._stream, self._key = device_id, stream, key
        self._next_seq, self._timeout = next_seq, timeout
        self._clock = clock or SystemClock()

    def call(self, name: str, body: Body, *, key: str | None = None, patience: Patience) -> Body:
        """The centre's answer, of the type ``core.wire.CALLS`` names.

        ``key``: idempotency key (ULID); the same key again gets the same answer. Raises ``CentreAway``,
        ``CentreRefused``, ``CentreConfused``, ``Cancelled``, or the failure that the centre refused with.
        """
        told = CALLS[name][1]
        waits = float(getattr(body, "wait_s", 0.0))
        return _read(told, self._post(CALL_PATH + name, name, body, key, waits, patience))

    def sync(self, messages: Sequence[Message], health: dict[str, str], patience: Patience) -> SyncTold:
        """Hand over outbox rows, lowest ``seq`` first; the answer tells which the centre has stored."""
        ask = SyncAsk(messages=tuple(messages), health=health)
        return _read(SyncTold, self._post(SYNC_PATH, "sync", ask, None, 0.0, patience))

    def close(self) -> None:
        self._door.close()

    def _post(
        self, path: str, name: str, body: Body, key: str | None, waits: float, patience: Patience
    ) -> dict[str, Any]:
        envelope = self._envelope(name, body, key)
        data = envelope.model_dump_json().encode()
        answer = self._sent(path, data, self._timeout + waits, patience)
        return _opened(answer, envelope.id)

    def _envelope(self, name: str, body: Body, key: str | None) -> Envelope:
        now = self._clock.now()
        return Envelope(
            v=VERSION,
            id=key or new_ulid(self._clock),
            device=self._device,
            stream=self._stream,
            seq=self._next_seq(),
            at=now,
            name=name,
            body=body.model_dump(mode="json"),
        )

    def _sent(self, path: str, data: bytes, seconds: float, patience: Patience) -> Answer:
        headers = {"Content-Type": "application/json", SIGNATURE_HEADER: sign(self._key, path, data)}
        for tries_left in range(TRIES - 1, -1, -1):
            try:
                return _accepted(self._door.post(path, headers, data, patience.within(seconds)))
            except CentreAway:
                if not tries_left or patience.over:
                    raise
            _pause(patience)
        raise AssertionError("unreachable")


def _pause(patience: Patience) -> None:
    try:
        patience.sleep(PAUSE_S)
    except TookTooLong as error:
        raise CentreAway("no answer in time") from error


def _accepted(answer: Answer) -> Answer:
    """HTTP says only whether the centre read the request; what it thinks of it is in the reply."""
    if answer.status == 200:
        return answer
    if answer.status in UNTRUSTED:
        raise CentreRefused(f"HTTP {answer.status}")
    if answer.status >= 500 or answer.status == 429:
        raise CentreAway(f"HTTP {answer.status}")
    raise CentreConfused(f"HTTP {answer.status}")


def _opened(answer: Answer, asked: str) -> dict[str, Any]:
    try:
        reply = Reply.model_validate_json(answer.data)
    except ValidationError as error:
        raise CentreConfused("the answer is no reply") from _silent(error)
    if reply.id != asked:
        raise CentreConfused("the answer is to another question")
    if reply.ok and reply.body is not None:
        return reply.body
    if reply.refusal is None:
        raise CentreConfused("neither answer nor refusal")
    raise failure_named(reply.refusal.code, reply.refusal.detail[:200])


def _read(told: type[T], body: dict[str, Any]) -> T:
    try:
        return told.model_validate(body)
    except ValidationError as error:
        raise CentreConfused(f"body is no {told.__name__}") from _silent(error)


def _silent(error: ValidationError) -> Failure:
    """Where it did not fit, without what stood there: pydantic's own text repeats the input."""
    return Failure("; ".join(".".join(map(str, e["loc"])) + " " + e["type"] for e in error.errors()[:5]))
