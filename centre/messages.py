"""The outbox of a terminal, taken in: every message is stored with its fate and acknowledged, also one we refuse.

A refused message never blocks the print outcome behind it. Only a database that is away leaves messages unacknowledged:
then the terminal sends them again, and finds those that were taken as duplicates.
"""

from __future__ import annotations

import json
import logging
from typing import Literal

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError

from centre.asked import Asked
from centre.calls.table import MESSAGES
from centre.change import Change
from centre.db import NOT_NOW
from centre.guard import where
from centre.tables.places import message_inbox, terminals
from core import wire
from core.failures import CentreConfused, Failure, HouseFailure
from core.papers import canonical_json, sha256_hex
from core.wire import Ack, Message, SyncAsk, SyncTold

log = logging.getLogger(__name__)
_TABLE = "message_inbox"
_SEQ_CLASH = "CENTRE_CONFUSED"
_MOST_HEALTH = 40
ID_LENGTH = 26


class _Known(Exception):
    """A message with this number, or with this id, was stored before."""


def sync(asked: Asked, ask: SyncAsk) -> SyncTold:
    """Take every message in order, note the terminal's health; the acknowledgements."""
    acks = tuple(_take(asked, message) for message in ask.messages)
    now = asked.centre.ledger.change(lambda change: _beat(asked, change, ask))
    return SyncTold(acks=acks, now=now.at)


def _beat(asked: Asked, change: Change, ask: SyncAsk) -> Change:
    ours = (terminals.c.region_id == asked.caller.region, terminals.c.id == asked.caller.id)
    health = {name[:40]: condition[:60] for name, condition in sorted(ask.health.items())[:_MOST_HEALTH]}
    change.execute(terminals.update().where(*ours).values(seen_at=change.at, health=health))
    return change


def _take(asked: Asked, message: Message) -> Ack:
    if len(message.id) != ID_LENGTH:
        return Ack(seq=message.seq, status="refused", code=_SEQ_CLASH)
    try:
        asked.centre.ledger.change(lambda change: _accept(asked, change, message))
        return Ack(seq=message.seq, status="accepted")
    except _Known:
        return _seen_before(asked, message)
    except Failure as failure:
        return _refuse(asked, message, failure.code)
    except NOT_NOW:
        raise
    # One message that our own fault trips over must not hold back the print outcomes behind it: it is stored for people.
    except Exception as error:  # noqa: BLE001
        log.error("message %s of %s: %s", message.name[:40], asked.caller.id, where(error))
        return _refuse(asked, message, HouseFailure.code)


def _accept(asked: Asked, change: Change, message: Message) -> None:
    _store(asked, change, message, "accepted", None)
    model = wire.MESSAGES.get(message.name)
    if model is None:
        raise CentreConfused("no such message")
    try:
        body = model.model_validate_json(json.dumps(message.body))
    except ValidationError as error:
        raise CentreConfused("the body is not one of this message") from error
    MESSAGES[message.name](asked, change, body)


def _refuse(asked: Asked, message: Message, code: str) -> Ack:
    def store(change: Change) -> None:
        _store(asked, change, message, "refused", code)
        subject = f"{asked.envelope.stream}:{message.seq}"
        change.audit(
            asked.caller.region, asked.caller.actor, "message.refused", subject, name=message.name[:40], code=code
        )

    try:
        asked.centre.ledger.change(store)
    except _Known:
        return _seen_before(asked, message)
    return Ack(seq=message.seq, status="refused", code=code)


def _store(
    asked: Asked, change: Change, message: Message, status: Literal["accepted", "refused"], code: str | None
) -> None:
    caller, stream = asked.caller, asked.envelope.stream
    row = f"{caller.region}|{caller.id}|{stream}|{message.seq}"
    try:
        with change.connection.begin_nested():
            change.execute(
                message_inbox.insert().values(
                    region_id=caller.region,
                    device=caller.id,
                    stream=stream,
                    seq=message.seq,
                    id=message.id,
                    name=message.name[:40],
                    digest=_digest(message),
                    body_sealed=asked.centre.cipher.seal(_TABLE, row, "body", json.dumps(message.body)),
                    status=status,
                    code=code,
                    at=change.at,
                )
            )
    except IntegrityError as error:
        raise _Known from error


def _seen_before(asked: Asked, message: Message) -> Ack:
    """The same message again is a duplicate; its number or id on another one is refused and changes nothing."""
    told = message_inbox.c
    caller = asked.caller
    row = asked.centre.ledger.read(
        lambda connection: connection.execute(
            sa.select(told.digest, told.status, told.code).where(
                told.region_id == caller.region,
                told.device == caller.id,
                told.stream == asked.envelope.stream,
                told.seq == message.seq,
                told.id == message.id,
            )
        ).one_or_none()
    )
    if row is None or row.digest != _digest(message):
        return Ack(seq=message.seq, status="refused", code=_SEQ_CLASH)
    if row.status == "refused":
        return Ack(seq=message.seq, status="refused", code=row.code)
    return Ack(seq=message.seq, status="duplicate")


def _digest(message: Message) -> str:
    return sha256_hex(canonical_json([message.name, message.body]))
