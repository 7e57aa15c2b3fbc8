"""``licences.fetch``: under an open consent, the licences it names; each use is logged, each refusal too."""

from __future__ import annotations

import json

import sqlalchemy as sa

from centre.asked import Asked, Said
from centre.change import Change
from centre.consents import Consent, consent_of
from centre.library import Found, look_up
from centre.tables.library import licence_uses
from core.catalogue import ServiceItem
from core.clock import CHINA
from core.numbers import mask_number
from core.people import mask_name
from core.ulid import new_ulid
from core.wire import LicencesAsk, LicencesTold, RefusedLicence

_TABLE = "licence_uses"


def answer(asked: Asked, ask: LicencesAsk) -> Said:
    centre, caller = asked.centre, asked.caller

    def fetch(change: Change) -> LicencesTold:
        consent = consent_of(centre, change.connection, caller, ask.trx, change.at)
        item = asked.item(consent.item, consent.item_version)
        kinds = [item.licence(name) for name in consent.licence_types]
        today = change.at.astimezone(CHINA).date()
        found = look_up(centre, change.connection, caller.region, consent.holder_index, kinds, change.at, today)
        fetch_id = new_ulid(centre.clock)
        _log(asked, change, consent, item, found, fetch_id)
        return LicencesTold(
            use_id=fetch_id,
            licences=tuple(each.licence for each in found if each.licence is not None),
            refused=tuple(RefusedLicence(type=each.type, code=each.result) for each in found if each.licence is None),
        )

    return asked.once(fetch)


def _log(
    asked: Asked, change: Change, consent: Consent, item: ServiceItem, found: tuple[Found, ...], fetch_id: str
) -> None:
    rows = [_use(asked, change, consent, item, each) | {"fetch_id": fetch_id} for each in found]
    if rows:
        change.execute(sa.insert(licence_uses), rows)
    results = {each.type: each.result for each in found}
    change.audit(asked.caller.region, asked.caller.actor, "licences.fetched", consent.trx, results=results)


def _use(asked: Asked, change: Change, consent: Consent, item: ServiceItem, found: Found) -> dict[str, object]:
    """Who, where, which device, item, purpose, on what ground, and what came of it."""
    use = new_ulid(asked.centre.clock)
    holder = json.dumps({"name": mask_name(consent.name), "number": mask_number(consent.number)}, ensure_ascii=False)
    return {
        "region_id": asked.caller.region,
        "id": use,
        "trx": consent.trx,
        "licence_id": found.licence_id,
        "type": found.type,
        "identifier": found.identifier,
        "result": found.result,
        "device": asked.caller.id,
        "place": asked.caller.place,
        "item": item.id,
        "item_code": item.basic_code,
        "purpose": consent.purpose,
        "basis": "consent",
        "holder_index": consent.holder_index,
        "holder_sealed": asked.centre.cipher.seal(_TABLE, use, "holder", holder),
        "at": change.at,
    }
