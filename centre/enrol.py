"""A terminal becomes known: its public key, where it stands, what it may do. Enrolling it again brings the row up to date."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

import sqlalchemy as sa

from centre.caller import TerminalState
from centre.change import Change
from centre.outside import outside
from centre.tables.places import terminals
from centre.wiring import Centre
from core.failures import HouseFailure
from core.settings import Settings

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Enrolment:
    """``public_key``: 32 raw bytes of Ed25519. ``stock``: the stock type in its tray. ``place`` and ``phone`` are shown."""

    id: str
    public_key: bytes
    place: str
    phone: str
    stock: str
    items: tuple[str, ...]


def enrol(change: Change, region: int, told: Enrolment) -> None:
    """Write the terminal down as active. Raises ``HouseFailure`` for a key that is none."""
    if len(told.public_key) != KEY_BYTES:
        raise HouseFailure("the public key of a terminal has 32 bytes")
    values = {
        "public_key": base64.b64encode(told.public_key).decode(),
        "state": TerminalState.ACTIVE.value,
        "place": told.place,
        "phone": told.phone,
        "stock": told.stock,
        "offers": list(told.items),
    }
    ours = (terminals.c.region_id == region, terminals.c.id == told.id)
    if not change.moves(terminals.update().where(*ours).values(values)):
        change.execute(
            sa.insert(terminals).values(
                region_id=region, id=told.id, software="", health={}, enrolled_at=change.at, **values
            )
        )
    change.audit(region, "officers", "terminal.enrolled", told.id, items=list(told.items), stock=told.stock)


def enrol_key(centre: Centre, terminal: str, public_key: bytes) -> None:
    """Give a terminal that stands in the database its (new) key and let it speak. Raises ``HouseFailure`` if there is none."""

    def write(change: Change) -> None:
        row = change.execute(sa.select(terminals).where(terminals.c.id == terminal)).one_or_none()
        if row is None:
            raise HouseFailure(f"no terminal {terminal}: tell its place, stock and items")
        enrol(change, row.region_id, Enrolment(row.id, public_key, row.place, row.phone, row.stock, tuple(row.offers)))

    centre.ledger.change(write)


def key_from(text: str) -> bytes:
    """A public key from base64 or base64url, padded or not."""
    plain = text.strip().rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except binascii.Error as error:
        raise HouseFailure("the public key is not base64") from error


def enrol_from_outside(settings: Settings, told: Enrolment) -> None:
    """Enrol before a centre starts, or beside it; without a place, a terminal that is known keeps all but its key."""
    with outside(settings) as centre:
        if told.place:
            centre.ledger.change(lambda change: enrol(change, centre.region, told))
        else:
            enrol_key(centre, told.id, told.public_key)
