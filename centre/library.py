"""The library of e-licences: what it holds for a person, what of that may be used, and the log of each use.

A person's licences are found by a keyed fingerprint of the number, whoever the person is on them; whether the person may
use one is decided by the role that the service item asks for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from centre.tables.library import licence_people, licence_uses, licences
from centre.wiring import Centre
from core.catalogue import LicenceType
from core.failures import LicenceExpired, LicenceMissing, LicenceNotYours, LicenceRevoked
from core.numbers import parse_licence_id
from core.wire import Licence, LicenceStatus

_TABLE = "licences"
USED = "used"
WRONG_CHECK = "identifier_check"
_ENDED = {
    LicenceStatus.SUSPENDED,
    LicenceStatus.RESCINDED,
    LicenceStatus.CANCELLED,
    LicenceStatus.REVOKED,
    LicenceStatus.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """What became of one licence type: ``licence`` when it may be used, else the failure code in ``result``."""

    type: str
    result: str
    licence_id: str | None = None
    identifier: str | None = None
    licence: Licence | None = None


def look_up(
    centre: Centre,
    connection: sa.Connection,
    region: int,
    person: str,
    kinds: Iterable[LicenceType],
    now: datetime,
    day: date,
) -> tuple[Found, ...]:
    """The best answer for each kind: a valid licence in the asked role, else why not. ``person`` is a fingerprint."""
    rows = connection.execute(
        sa.select(licences, licence_people.c.role)
        .join(
            licence_people,
            sa.and_(licence_people.c.region_id == licences.c.region_id, licence_people.c.licence_id == licences.c.id),
        )
        .where(licence_people.c.region_id == region, licence_people.c.person_index == person)
        .order_by(licences.c.issued_on.desc(), licences.c.id.desc())
    ).all()
    return tuple(_best(centre, kind, [row for row in rows if row.type == kind.id], now, day) for kind in kinds)


def _best(centre: Centre, kind: LicenceType, rows: list[sa.Row[tuple[object, ...]]], now: datetime, day: date) -> Found:
    """A usable one if there is any, newest first; else the reason of the newest that is the person's own."""
    judged = [(_result(kind, row, day), row) for row in rows]
    for wanted in (USED, None, LicenceNotYours.code):
        for result, row in judged:
            if result == wanted or (wanted is None and result != LicenceNotYours.code):
                licence = _licence(centre, row, now) if result == USED else None
                return Found(kind.id, result, row.id, row.identifier, licence)
    return Found(kind.id, LicenceMissing.code)


def _result(kind: LicenceType, row: sa.Row[tuple[object, ...]], day: date) -> str:
    if row.role != kind.holder:
        return LicenceNotYours.code
    if LicenceStatus(row.status) in _ENDED:
        return LicenceRevoked.code
    if row.status == LicenceStatus.EXPIRED.value or (row.expires_on is not None and row.expires_on < day):
        return LicenceExpired.code
    return USED


def _licence(centre: Centre, row: sa.Row[tuple[object, ...]], now: datetime) -> Licence:
    return Licence(
        type=row.type,
        identifier=row.identifier,
        number=centre.cipher.open(_TABLE, row.id, "number", row.number_sealed),
        issuer=row.issuer,
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        status=LicenceStatus(row.status),
        face=json.loads(centre.cipher.open(_TABLE, row.id, "face", row.face_sealed)),
        warnings=_warnings(row.identifier),
        fetched_at=now,
    )


def _warnings(identifier: str) -> tuple[str, ...]:
    """A wrong check character is no reason to refuse: one of six published identifiers has one."""
    try:
        _, right = parse_licence_id(identifier)
    except ValueError:
        right = False
    return () if right else (WRONG_CHECK,)


def used_under(
    centre: Centre, connection: sa.Connection, region: int, trx: str, now: datetime, day: date
) -> tuple[Licence, ...]:
    """The licences that were fetched under a consent, as they stand now. Raises when one of them has ended since."""
    uses = licence_uses.c
    rows = connection.execute(
        sa.select(licences)
        .join(licence_uses, sa.and_(uses.region_id == licences.c.region_id, uses.licence_id == licences.c.id))
        .where(uses.region_id == region, uses.trx == trx, uses.result == USED)
        .order_by(licences.c.issued_on.desc(), licences.c.id.desc())
        .distinct()
    ).all()
    for row in rows:
        if LicenceStatus(row.status) in _ENDED:
            raise LicenceRevoked
        if row.status == LicenceStatus.EXPIRED.value or (row.expires_on is not None and row.expires_on < day):
            raise LicenceExpired
    return tuple(_licence(centre, row, now) for row in rows)
