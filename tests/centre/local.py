"""A centre inside the test: no port, no thread that stays, its machine work done when the test says so.

``HandWork`` is a whole engine behind the port of durable work: rows of the same database, done by ``drain``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI

from centre.app import attach, prepare, routed
from centre.enrol import enrol_key
from centre.wiring import Centre, open_centre
from centre.work.port import Handler, Payload
from core.clock import MovedClock
from tests.centre.support import ITEM, Terminal, Visit, make_settings
from vault.device import public_bytes

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
_rows = sa.Table(
    "hand_work",
    sa.MetaData(),
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("kind", sa.String(20)),
    sa.Column("payload", sa.JSON),
    sa.Column("done", sa.Boolean),
)


class HandWork:
    def __init__(self, engine: sa.Engine, executor: str) -> None:
        self._engine = engine
        self._handlers: dict[str, Handler] = {}
        _rows.metadata.create_all(engine)

    def handler(self, kind: str, does: Handler) -> None:
        self._handlers[kind] = does

    def enqueue(self, connection: sa.Connection, kind: str, key: str, payload: Payload) -> None:
        row = {"id": f"{kind}:{key}", "kind": kind, "payload": dict(payload), "done": False}
        connection.execute(_rows.insert().values(row))

    def waiting(self) -> list[tuple[str, str, dict[str, Any]]]:
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(_rows).where(_rows.c.done.is_(False)).order_by(_rows.c.id)).all()
        return [(row.id, row.kind, row.payload) for row in rows]

    def drain(self) -> None:
        while waiting := self.waiting():
            for name, kind, payload in waiting:
                self._handlers[kind](payload)
                with self._engine.begin() as connection:
                    connection.execute(_rows.update().where(_rows.c.id == name).values(done=True))

    def forget(self) -> None:
        """As if every try had failed."""
        with self._engine.begin() as connection:
            connection.execute(_rows.update().values(done=True))

    def run(self) -> None:
        pass

    def take_over(self, executor: str) -> int:
        return 0

    def stop(self) -> None:
        pass


class LocalTerminal(Terminal):
    """Speaks to the application without a socket; each request has an event loop of its own."""

    app: FastAPI

    def post(self, path: str, raw: bytes, signature: str | None = None) -> httpx.Response:
        from core.wire import SIGNATURE_HEADER
        from vault.device import sign

        headers = {SIGNATURE_HEADER: sign(self.key, path, raw) if signature is None else signature}
        return request(self.app, "POST", path, content=raw, headers=headers)


def request(app: FastAPI, method: str, path: str, **options: Any) -> httpx.Response:
    async def once() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://centre.test") as client:
            return await client.request(method, path, **options)

    return asyncio.run(once())


@dataclass
class Local:
    """``clock`` stands still until a test moves it."""

    centre: Centre
    work: HandWork
    clock: MovedClock
    app: FastAPI
    folder: Path
    key: Ed25519PrivateKey

    def terminal(self, device: str = "T-0001", **options: Any) -> LocalTerminal:
        key = options.pop("key", self.key if device == "T-0001" else None) or self.enrol(device)
        made = LocalTerminal("", key, device, clock=self.clock, **options)
        made.app = self.app
        return made

    def enrol(self, device: str) -> Ed25519PrivateKey:
        key = Ed25519PrivateKey.generate()
        enrol_key(self.centre, device, public_bytes(key))
        return key

    def visit(self, who: str = "jia", terminal: Terminal | None = None, **options: Any) -> Visit:
        return Visit(terminal or self.terminal(), self.centre.items[ITEM], who, **options)

    def rows(self, table: sa.Table, *where: sa.ColumnElement[bool]) -> list[Mapping[str, Any]]:
        return self.centre.ledger.read(
            lambda connection: [dict(row) for row in connection.execute(sa.select(table).where(*where)).mappings()]
        )

    def execute(self, statement: sa.Executable) -> None:
        """Behind the centre's back."""
        self.centre.ledger.database.write(lambda connection: connection.execute(statement))


@contextmanager
def local_centre(folder: Path, database: str, **options: Any) -> Iterator[Local]:
    settings = make_settings(folder, database, **options)
    clock = MovedClock(NOON)
    centre = open_centre(settings, clock, engine=HandWork)
    assert isinstance(centre.work, HandWork)
    try:
        prepare(centre, settings)
        app = routed(FastAPI())
        attach(app, centre)
        key = Ed25519PrivateKey.generate()
        enrol_key(centre, "T-0001", public_bytes(key))
        yield Local(centre, centre.work, clock, app, folder, key)
    finally:
        centre.ledger.database.close()


@contextmanager
def away(local: Local) -> Iterator[None]:
    """The database cannot be reached."""
    database = local.centre.ledger.database
    kept = database.engine
    nowhere = "sqlite:////proc/nowhere/centre.db" if database.lite else "postgresql+psycopg:///x?host=/proc/nowhere"
    database.engine = sa.create_engine(nowhere)
    try:
        yield
    finally:
        database.engine.dispose()
        database.engine = kept
