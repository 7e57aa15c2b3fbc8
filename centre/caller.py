"""Who is speaking: a terminal as the centre knows it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from centre.tables.places import terminals


class TerminalState(StrEnum):
    ACTIVE = "active"
    BLOCKED = "blocked"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Caller:
    """``region``: where it stands, as a number. ``items``: what it may offer. ``stock``: what lies in its tray."""

    region: int
    id: str
    public_key: bytes
    state: TerminalState
    place: str
    phone: str
    stock: str
    items: frozenset[str]

    @property
    def actor(self) -> str:
        return f"device:{self.id}"


def find_caller(connection: sa.Connection, device: str) -> Caller | None:
    row = connection.execute(sa.select(terminals).where(terminals.c.id == device)).one_or_none()
    if row is None:
        return None
    return Caller(
        region=row.region_id,
        id=row.id,
        public_key=base64.b64decode(row.public_key),
        state=TerminalState(row.state),
        place=row.place,
        phone=row.phone,
        stock=row.stock,
        items=frozenset(row.offers),
    )
