"""The database as the centre needs it: durable, one writer on SQLite, patient with those who lost a race."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from centre import schema
from centre.db import Database
from centre.schema import metadata
from tests.centre.conftest import new_database

REGIONLESS = {"regions", "executors"}
table = sa.Table("boxes", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.Integer))


@pytest.fixture
def empty(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    database = Database(new_database(kind, tmp_path, request))
    yield database
    database.close()


@pytest.fixture
def boxes(empty: Database) -> Database:
    empty.write(lambda connection: table.metadata.create_all(connection))
    empty.write(lambda connection: connection.execute(table.insert(), [{"id": 1, "n": 0}, {"id": 2, "n": 0}]))
    return empty


def add(connection: sa.Connection, box: int) -> None:
    connection.execute(table.update().where(table.c.id == box).values(n=table.c.n + 1))


def total(database: Database) -> int:
    return database.read(lambda connection: connection.execute(sa.select(sa.func.sum(table.c.n))).scalar_one())


def test_settings_follow_from_the_url(empty: Database) -> None:
    def ask(connection: sa.Connection) -> list[object]:
        if empty.lite:
            names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]
        return [connection.exec_driver_sql("SHOW transaction_isolation").scalar_one()]

    assert empty.write(ask) == (["wal", 2, 1, 15000] if empty.lite else ["read committed"])


def test_the_schema_is_what_the_tables_say(empty: Database) -> None:
    schema.upgrade(empty)
    schema.upgrade(empty)

    def differences(connection: sa.Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))

    assert empty.read(differences) == []


def test_two_processes_may_bring_the_schema_up_at_once(empty: Database) -> None:
    other = Database(empty.url)
    try:
        run_together(lambda: schema.upgrade(empty), lambda: schema.upgrade(other))
    finally:
        other.close()
    assert empty.read(lambda connection: MigrationContext.configure(connection).get_current_revision()) == "0001"


def test_every_key_begins_with_the_region() -> None:
    for each in metadata.tables.values():
        if each.name not in REGIONLESS:
            assert next(iter(each.primary_key.columns)).name == "region_id", each.name


def test_no_reference_crosses_a_region() -> None:
    for each in metadata.tables.values():
        for reference in each.foreign_key_constraints:
            target = reference.referred_table.name
            assert target == "regions" or reference.column_keys[0] == "region_id", (each.name, target)


def test_a_failed_change_leaves_nothing(boxes: Database) -> None:
    def fails(connection: sa.Connection) -> None:
        add(connection, 1)
        raise LookupError

    with pytest.raises(LookupError):
        boxes.write(fails)
    assert total(boxes) == 0


def test_who_loses_a_deadlock_tries_again(boxes: Database) -> None:
    """Each thread takes the boxes in the other order: PostgreSQL breaks that with 40P01, SQLite never lets it begin."""
    tries: list[int] = []
    first_taken = threading.Barrier(2)

    def move(first: int, second: int) -> None:
        def work(connection: sa.Connection) -> None:
            tries.append(first)
            add(connection, first)
            if len(tries) <= 2 and not boxes.lite:
                first_taken.wait(10)
            add(connection, second)

        boxes.write(work)

    run_together(lambda: move(1, 2), lambda: move(2, 1))
    assert total(boxes) == 4
    assert len(tries) == (2 if boxes.lite else 3)


def test_two_connections_pools_on_one_database_lose_no_update(boxes: Database) -> None:
    """As two processes would: on SQLite the lock inside Python does not help here, only BEGIN IMMEDIATE does."""
    other = Database(boxes.url)

    def count_up(connection: sa.Connection) -> None:
        n = connection.execute(sa.select(table.c.n).where(table.c.id == 1).with_for_update()).scalar_one()
        connection.execute(table.update().where(table.c.id == 1).values(n=n + 1))

    def many(database: Database) -> None:
        for _ in range(25):
            database.write(count_up)

    try:
        run_together(lambda: many(boxes), lambda: many(other), lambda: many(boxes), lambda: many(other))
    finally:
        other.close()
    assert total(boxes) == 100


def test_sqlite_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="file"):
        Database("sqlite://")


def run_together(*works: object) -> None:
    failures: list[BaseException] = []

    def guarded(work: object) -> None:
        try:
            work()  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001  told in the main thread
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if failures:
        raise failures[0]
