"""Durable work by the real engine, in real processes that are killed in the middle."""

from __future__ import annotations

import io
import logging
import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from centre.app import Running, start
from centre.audit.verify import verify
from centre.db import Database
from centre.tables.cases import cases, receipts
from centre.tables.places import executors
from centre.tables.prints import certificates, orders
from centre.work.dbos_engine import DbosWork
from centre.work.port import Payload
from core.clock import SystemClock
from core.wire import CaseState
from flows.catalogue import load_catalogue
from tests.centre import postgres
from tests.centre.conftest import new_database
from tests.centre.process import CentreProcess, centre_process
from tests.centre.support import ITEM, Terminal, Visit, make_settings, wait_until
from vault.keys import open_keys

CASES = 3
Done = list[dict[str, str | int]]


@pytest.fixture
def engine(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Database, DbosWork, Done]]:
    opened = Database(new_database(kind, tmp_path, request))
    work = DbosWork(opened.engine, "engine-test")
    done: Done = []
    tries: list[object] = []

    def flaky(payload: Payload) -> None:
        tries.append(payload)
        if len(tries) < 3:
            raise LookupError("测试甲")
        done.append(dict(payload))

    work.handler("note", lambda payload: done.append(dict(payload)))
    work.handler("flaky", flaky)
    work.run()
    yield opened, work, done
    work.stop()
    opened.close()


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """What the engine logs, tracebacks too."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    logging.getLogger("dbos").addHandler(handler)
    yield text
    logging.getLogger("dbos").removeHandler(handler)


def test_the_engine_keeps_the_promise_of_the_port(engine: tuple[Database, DbosWork, Done], said: io.StringIO) -> None:
    database, work, done = engine

    def ask(key: str, number: int, kind: str = "note") -> None:
        database.write(lambda connection: work.enqueue(connection, kind, key, {"n": number}))

    def fails(connection: sa.Connection) -> None:
        work.enqueue(connection, "note", "never", {"n": 0})
        raise LookupError

    with pytest.raises(LookupError):
        database.write(fails)
    for _ in range(3):
        ask("same", 1)
    ask("flaky", 2, "flaky")
    ask("last", 3)
    wait_until(lambda: {"n": 2} in done and {"n": 3} in done, "the work to be done")
    assert {"n": 0} not in done  # asked for in a change that failed
    assert done.count({"n": 1}) == 1  # one key, one piece of work
    assert done.count({"n": 2}) == 1  # the third try
    assert "flaky: LookupError at" in said.getvalue()
    assert "测试甲" not in said.getvalue()


# --- processes ------------------------------------------------------------------------------------


def submit_some(centre: CentreProcess, key: object, number: int = CASES) -> list[str]:
    terminal = Terminal(centre.url, key)  # type: ignore[arg-type]
    item = load_catalogue(Path("config/catalogue").resolve())[ITEM]
    try:
        visits = [Visit(terminal, item).ready() for _ in range(number)]
        return [visit.submit().case_no for visit in visits]
    finally:
        terminal.close()


def states(database: Database) -> list[str]:
    return database.read(lambda connection: list(connection.execute(sa.select(cases.c.state)).scalars()))


def assert_each_once(database: Database, centre: CentreProcess) -> None:
    """Every case has one certificate, one order and three papers, each with its file; the audit chain is whole."""
    settings = centre.settings

    def count(connection: sa.Connection, table: sa.Table) -> tuple[int, int]:
        return (
            connection.execute(sa.select(sa.func.count(), sa.func.count(sa.distinct(table.c.case_id)))).one()._tuple()
        )

    numbers = database.read(lambda connection: [count(connection, table) for table in (certificates, orders, receipts)])
    assert numbers == [(CASES, CASES), (CASES, CASES), (3 * CASES, CASES)]
    unfinished = sa.select(receipts.c.id).where(receipts.c.file.is_(None))
    assert database.read(lambda connection: connection.execute(unfinished).all()) == []
    public = open_keys(settings.centre.keys, settings.profile).signing("audit").public_key()
    assert verify(database, settings.centre.data, public).problems == ()


def test_killed_in_the_middle_it_is_finished_after_the_restart(tmp_path: Path, database: str) -> None:
    with centre_process(tmp_path / "centre", database) as centre:
        key = centre.enrol()
        centre.start()
        submit_some(centre, key)
        opened = Database(database)
        try:
            wait_until(lambda: {"decided", "sealed"} & set(states(opened)), "work to begin")
            centre.kill()
            left = [state for state in states(opened) if state != CaseState.SEALED]
            assert left, "nothing was left to do: the kill came too late"
            centre.start()
            wait_until(lambda: set(states(opened)) == {"sealed"}, "all cases to be sealed", 60)
            assert len(states(opened)) == CASES
            assert_each_once(opened, centre)
        finally:
            opened.close()
        assert centre.stop() == 0
        assert "测试" not in centre.log.read_text()


def test_the_work_of_a_dead_executor_is_taken_over(tmp_path: Path, cluster: Path) -> None:
    """PostgreSQL: the first process never comes back, a second one with another name lives on."""
    url = postgres.make_database(cluster, f"takeover{os.getpid()}")
    folder = tmp_path / "centre"
    with centre_process(folder, url, executor="centre-dead") as centre:
        key = centre.enrol()
        centre.start()
        submit_some(centre, key)
        opened = Database(url)
        try:
            wait_until(lambda: {"decided", "sealed"} & set(states(opened)), "work to begin")
            centre.kill()
            survivor = start(
                make_settings(folder, url, "centre-alive"), SystemClock(), every=timedelta(milliseconds=100)
            )
            try:
                wait_until(lambda: set(states(opened)) == {"sealed"}, "all cases to be sealed", 60)
                names = opened.read(lambda connection: connection.execute(sa.select(executors.c.id)).scalars().all())
                assert names == ["centre-alive"]
            finally:
                survivor.stop()
            assert_each_once(opened, centre)
        finally:
            opened.close()


def test_two_executors_share_the_work(tmp_path: Path, cluster: Path) -> None:
    """One executor that only seems dead is buried alive by another; nothing happens twice."""
    url = postgres.make_database(cluster, f"shared{os.getpid()}")
    folder = tmp_path / "centre"
    with centre_process(folder, url, executor="centre-slow") as centre:
        key = centre.enrol()
        centre.start()
        other: Running = start(
            make_settings(folder, url, "centre-fast"), SystemClock(), every=timedelta(milliseconds=200)
        )
        opened = Database(url)
        try:
            submitting = threading.Thread(target=submit_some, args=(centre, key))
            submitting.start()
            while submitting.is_alive():
                other.centre.work.take_over("centre-slow")
                submitting.join(0.2)
            other.centre.work.take_over("centre-slow")
            wait_until(lambda: set(states(opened)) == {"sealed"}, "all cases to be sealed", 60)
            assert_each_once(opened, centre)
        finally:
            opened.close()
            other.stop()
