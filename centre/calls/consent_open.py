"""``consent.open``: a person laid a card down and agreed that named licences be fetched for a named purpose."""

from __future__ import annotations

import re

from centre.asked import Asked, Said
from centre.change import Change
from centre.consents import holder_index, open_consent
from centre.waiting import waiting_case
from core.catalogue import ServiceItem
from core.clock import CHINA
from core.failures import CardExpired, CardKindNotServed, CardUnreadable, CentreConfused, ConsentGone, ItemNotOffered
from core.numbers import is_resident_number
from core.people import CardKind
from core.ulid import is_ulid, new_ulid
from core.wire import ConsentAsk, ConsentTold, Holder

_DIGEST = re.compile(r"[0-9a-f]{64}")
_LONGEST_PURPOSE = 200
_NUMBERED = {CardKind.RESIDENT, CardKind.HMT_RESIDENCE, CardKind.FOREIGNER_2023}


def answer(asked: Asked, ask: ConsentAsk) -> Said:
    item = asked.item(ask.item)
    _judge_scope(item, ask)
    _judge_card(asked, item, ask.holder)
    trx = new_ulid(asked.centre.clock)

    def write(change: Change) -> ConsentTold:
        expires = open_consent(asked.centre, change, asked.caller, ask, trx, item.version)
        holder = holder_index(asked.centre, ask.holder.number)
        waiting = waiting_case(change, asked.centre.region, asked.caller, holder, ask)
        return ConsentTold(trx=trx, expires_at=expires, waiting=waiting)

    return asked.once(write)


def _judge_scope(item: ServiceItem, ask: ConsentAsk) -> None:
    """A consent names a situation and licence types of this very item, and the notice that was shown."""
    if ask.situation not in item.situations:
        raise ItemNotOffered("no such situation")
    if not set(ask.licence_types) <= {kind.id for kind in item.licences}:
        raise ItemNotOffered("a licence type that this item does not need")
    if not _DIGEST.fullmatch(ask.notice_digest):
        raise ConsentGone("not the digest of a notice")
    if not is_ulid(ask.visit) or not 0 < len(ask.purpose) <= _LONGEST_PURPOSE:
        raise CentreConfused("visit or purpose")


def _judge_card(asked: Asked, item: ServiceItem, holder: Holder) -> None:
    if holder.card_kind not in item.cards:
        raise CardKindNotServed
    if holder.valid_to is not None and holder.valid_to < asked.centre.clock.now().astimezone(CHINA).date():
        raise CardExpired
    if not holder.name or len(holder.name) > 120:
        raise CardUnreadable("no name")
    if CardKind(holder.card_kind) in _NUMBERED and not is_resident_number(holder.number):
        raise CardUnreadable("the number's check character is wrong")
