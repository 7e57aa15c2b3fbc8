"""Consent as a transaction: who agreed, to which licence types, for what, until when. Never a boolean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from centre.caller import Caller
from centre.change import Change
from centre.tables.library import consents
from centre.wiring import Centre
from core.failures import ConsentGone
from core.people import CardKind, IdCard, Sex
from core.wire import ConsentAsk

LASTS = timedelta(minutes=30)
_TABLE = "consents"


class ConsentState(StrEnum):
    OPEN = "open"
    USED = "used"


@dataclass(frozen=True, slots=True, repr=False)
class Consent:
    """An open consent of one device. ``holder_index`` finds this person's rows without naming the person."""

    trx: str
    visit: str
    item: str
    item_version: int
    situation: str
    card_kind: CardKind
    card_valid_to: date | None
    name: str
    number: str
    holder_index: str
    licence_types: tuple[str, ...]
    purpose: str
    opened_at: datetime

    @property
    def card(self) -> IdCard:
        """As much of the card as the centre was told."""
        return IdCard(
            kind=self.card_kind,
            name=self.name,
            number=self.number,
            sex=Sex.UNKNOWN,
            birth=None,
            valid_from=None,
            valid_to=self.card_valid_to,
        )


def holder_index(centre: Centre, number: str) -> str:
    return centre.cipher.blind("person", number)


def open_consent(centre: Centre, change: Change, caller: Caller, ask: ConsentAsk, trx: str, version: int) -> datetime:
    """Write the consent down; the moment at which it ends."""
    expires = change.at + LASTS
    change.execute(
        consents.insert().values(
            region_id=caller.region,
            id=trx,
            device=caller.id,
            visit=ask.visit,
            item=ask.item,
            item_version=version,
            situation=ask.situation,
            card_kind=ask.holder.card_kind,
            card_valid_to=ask.holder.valid_to,
            name_sealed=centre.cipher.seal(_TABLE, trx, "name", ask.holder.name),
            number_sealed=centre.cipher.seal(_TABLE, trx, "number", ask.holder.number),
            holder_index=holder_index(centre, ask.holder.number),
            licence_types=list(ask.licence_types),
            purpose=ask.purpose,
            notice_digest=ask.notice_digest,
            state=ConsentState.OPEN.value,
            agreed_at=ask.agreed_at,
            opened_at=change.at,
            expires_at=expires,
        )
    )
    change.audit(
        caller.region,
        caller.actor,
        "consent.opened",
        trx,
        item=ask.item,
        types=list(ask.licence_types),
        notice=ask.notice_digest,
    )
    return expires


def consent_of(centre: Centre, connection: sa.Connection, caller: Caller, trx: str, now: datetime) -> Consent:
    """An open consent. Raises ``ConsentGone`` when it is another device's, used up, over or unknown: all the same answer."""
    told = consents.c
    row = connection.execute(
        sa.select(consents).where(
            told.region_id == caller.region,
            told.id == trx,
            told.device == caller.id,
            told.state == ConsentState.OPEN.value,
            told.expires_at > now,
        )
    ).one_or_none()
    if row is None:
        raise ConsentGone
    return Consent(
        trx=trx,
        visit=row.visit,
        item=row.item,
        item_version=row.item_version,
        situation=row.situation,
        card_kind=CardKind(row.card_kind),
        card_valid_to=row.card_valid_to,
        name=centre.cipher.open(_TABLE, trx, "name", row.name_sealed),
        number=centre.cipher.open(_TABLE, trx, "number", row.number_sealed),
        holder_index=row.holder_index,
        licence_types=tuple(row.licence_types),
        purpose=row.purpose,
        opened_at=row.opened_at,
    )


def use_up(change: Change, caller: Caller, trx: str) -> None:
    """One consent, one application. Raises ``ConsentGone`` for the second."""
    told = consents.c
    used = consents.update().where(
        told.region_id == caller.region,
        told.id == trx,
        told.device == caller.id,
        told.state == ConsentState.OPEN.value,
        told.expires_at > change.at,
    )
    if not change.moves(used.values(state=ConsentState.USED.value)):
        raise ConsentGone
