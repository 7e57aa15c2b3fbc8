"""Officers and their sessions: argon2id passwords, tokens that the database knows only by their digest.

A site with a provincial identity puts that in front; this is the lowest rung, for the desk alone.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from centre.change import Change
from centre.tables.places import officer_sessions, officers
from core.clock import Clock
from core.failures import HouseFailure
from core.ulid import new_ulid

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
ACTIVE = "active"
LEAST_PASSWORD = 10

# OWASP's first choice for argon2id: 19 MiB, 2 passes; the default 64 MiB costs a small centre 0.4 s of a core a login
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash(secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class Session:
    """Who is at the desk. ``csrf`` goes into every form."""

    id: str
    region: int
    officer: str
    name: str
    csrf: str

    @property
    def actor(self) -> str:
        return f"officer:{self.officer}"


def add_officer(change: Change, region: int, clock: Clock, login: str, name: str, password: str) -> str:
    """A new active officer's id. Raises ``HouseFailure`` when the login is taken."""
    if change.execute(sa.select(officers.c.id).where(officers.c.login == login)).first():
        raise HouseFailure(f"login {login} is taken")
    officer = new_ulid(clock)
    change.execute(
        officers.insert().values(
            region_id=region, id=officer, login=login, name=name, password=_hasher.hash(password), state=ACTIVE
        )
    )
    change.audit(region, "officers", "officer.added", officer)
    return officer


def password_is_right(connection: sa.Connection, login: str, password: str) -> tuple[int, str] | None:
    """Region and id of the officer, or ``None``. An unknown login takes as long as a wrong password."""
    row = connection.execute(
        sa.select(officers).where(officers.c.login == login, officers.c.state == ACTIVE)
    ).one_or_none()
    try:
        _hasher.verify(row.password if row else _nobody, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return (row.region_id, row.id) if row else None


def open_session(change: Change, region: int, officer: str) -> str:
    """The token for the cookie; the database keeps its digest."""
    token = secrets.token_urlsafe(32)
    change.execute(
        officer_sessions.insert().values(
            region_id=region,
            id=_digest(token),
            officer_id=officer,
            csrf=secrets.token_urlsafe(32),
            opened_at=change.at,
            seen_at=change.at,
        )
    )
    change.audit(region, f"officer:{officer}", "desk.login", officer)
    return token


def session_of(change: Change, token: str) -> Session | None:
    """The session of a cookie if it is neither idle nor too old; it is then seen now."""
    told = officer_sessions.c
    alive = (told.id == _digest(token), told.seen_at > change.at - IDLE, told.opened_at > change.at - LONGEST)
    if not change.moves(officer_sessions.update().where(*alive).values(seen_at=change.at)):
        return None
    row = change.execute(
        sa.select(officer_sessions, officers.c.name)
        .join(officers, sa.and_(officers.c.region_id == told.region_id, officers.c.id == told.officer_id))
        .where(told.id == _digest(token), officers.c.state == ACTIVE)
    ).one_or_none()
    return Session(row.id, row.region_id, row.officer_id, row.name, row.csrf) if row else None


def close_session(change: Change, session: Session) -> None:
    change.execute(officer_sessions.delete().where(officer_sessions.c.id == session.id))
    change.audit(session.region, session.actor, "desk.logout", session.officer)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
