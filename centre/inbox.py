"""Asked twice, done once: every call that changes something is stored with its reply under the caller's own id.

Only a success takes the id. A refusal changed nothing, so the corrected question may come under the same id. The row is
written first, so that of two equal calls at once the second waits for the first and then finds its reply.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from centre.caller import Caller
from centre.change import Change
from centre.tables.places import call_inbox
from centre.wiring import Centre
from core.failures import CaseFailure
from core.papers import canonical_json, sha256_hex
from core.wire import Body, Envelope

_TABLE = "call_inbox"


class SaidBefore(Exception):
    """Another call with this id got there first."""


def stored_reply(centre: Centre, caller: Caller, envelope: Envelope) -> str | None:
    """The body (JSON text) of the reply given to this id before. Raises ``CaseFailure`` if it asked for something else."""
    row = centre.ledger.read(
        lambda connection: connection.execute(
            sa.select(call_inbox.c.digest, call_inbox.c.reply_sealed).where(*_key(caller, envelope))
        ).one_or_none()
    )
    if row is None:
        return None
    if row.digest != digest_of(envelope):
        raise CaseFailure("this id was used for another question")
    return centre.cipher.open(_TABLE, _row(caller, envelope), "reply", row.reply_sealed)


def once(centre: Centre, caller: Caller, envelope: Envelope, work: Callable[[Change], Body]) -> str:
    """Do ``work`` and store its reply in one transaction; the reply's body as JSON text. Raises ``SaidBefore``."""

    def claimed(change: Change) -> str:
        _claim(change, caller, envelope)
        body = work(change).model_dump_json()
        sealed = centre.cipher.seal(_TABLE, _row(caller, envelope), "reply", body)
        change.execute(call_inbox.update().where(*_key(caller, envelope)).values(reply_sealed=sealed))
        return body

    return centre.ledger.change(claimed)


def _claim(change: Change, caller: Caller, envelope: Envelope) -> None:
    try:
        with change.connection.begin_nested():
            change.execute(
                call_inbox.insert().values(
                    region_id=caller.region,
                    device=caller.id,
                    id=envelope.id,
                    stream=envelope.stream,
                    seq=envelope.seq,
                    name=envelope.name,
                    digest=digest_of(envelope),
                    at=change.at,
                )
            )
    except IntegrityError as error:
        raise SaidBefore from error


def digest_of(envelope: Envelope) -> str:
    """What was asked: name and body. A repeat is signed anew, so that time and number may differ."""
    return sha256_hex(canonical_json([envelope.name, envelope.body]))


def _key(caller: Caller, envelope: Envelope) -> tuple[sa.ColumnElement[bool], ...]:
    told = call_inbox.c
    return told.region_id == caller.region, told.device == caller.id, told.id == envelope.id


def _row(caller: Caller, envelope: Envelope) -> str:
    return f"{caller.region}|{caller.id}|{envelope.id}"
