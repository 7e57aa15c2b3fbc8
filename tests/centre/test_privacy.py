"""Nothing of a person stands in the clear: not in the database, not in files, logs or refusals."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import sqlalchemy as sa

from centre.schema import metadata
from core.failures import HouseFailure
from core.wire import CALL_PATH, Holder, Route
from tests.centre.local import Local
from tests.centre.support import Refused

SECRETS = (
    "测试甲",
    "110101190001010014",
    "13800000000",
    "13911112222",
    "北京市东城区测试路1号底商",
    "东城区测试甲理发店",
)


def spelt(secret: str) -> tuple[bytes, ...]:
    """As bytes could hold it: UTF-8, UTF-16, escaped in JSON, in base64 at each of three offsets."""
    import base64

    plain = secret.encode()
    shifted = [base64.b64encode(b"\0" * offset + plain)[4 if offset else 0 : -4] for offset in range(3)]
    escaped = secret.encode("ascii", "backslashreplace")
    return plain, secret.encode("utf-16-le"), escaped, *(each for each in shifted if len(each) > 7)


def whole_visit(local: Local) -> None:
    visit = local.visit(typed={"phone": "13911112222"}).ready()
    told = visit.submit()
    local.work.drain()
    visit.watch(told.case_no, lambda case: True)
    local.visit().ready().submit(Route.NORMAL)
    local.work.drain()


def test_no_byte_on_disk_tells_of_a_person(fresh: Local) -> None:
    whole_visit(fresh)
    found = [
        f"{path.name}: {secret}"
        for path in fresh.folder.rglob("*")
        if path.is_file()
        for secret in SECRETS
        if any(spelling in path.read_bytes() for spelling in spelt(secret))
    ]
    assert found == []
    assert any(path.name.endswith("-wal") or path.suffix == ".db" for path in fresh.folder.rglob("*")) or not (
        fresh.centre.ledger.database.lite
    )


def test_no_column_tells_of_a_person(fresh: Local) -> None:
    whole_visit(fresh)

    def everything(connection: sa.Connection) -> str:
        tables = sa.inspect(connection).get_table_names()
        return " ".join(str(connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()) for name in tables)

    text = fresh.centre.ledger.read(everything)
    assert len(metadata.tables) < len(text)
    assert [secret for secret in SECRETS if secret in text] == []


def test_no_log_line_and_no_refusal_tells_of_a_person(fresh: Local, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    whole_visit(fresh)
    told = []
    for changes in (
        {"holder": Holder(name="测试甲", number="110101190001010015", card_kind="resident")},
        {"purpose": "测试甲" * 500},
        {"item": "测试甲"},
        {"situation": "测试甲"},
    ):
        try:
            fresh.visit().consent(**changes)
        except Refused as refused:
            told.append(str(refused))
    broken = fresh.terminal().send(CALL_PATH + "consent.open", "consent.open", {"holder": {"name": ["测试甲"]}})
    told.append(broken.model_dump_json())
    assert [secret for secret in SECRETS if secret in caplog.text or secret in "".join(told)] == []


def test_a_fault_of_ours_keeps_its_words_to_itself(
    fresh: Local, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from centre.calls import table

    def broken(*_arguments: object) -> None:
        raise ValueError("测试甲 110101190001010014")

    monkeypatch.setitem(table.CALLS, "hello", broken)
    reply = fresh.terminal().send(CALL_PATH + "hello", "hello", {"software": "x"})
    assert reply.refusal is not None
    assert (reply.refusal.code, reply.refusal.detail) == ("HOUSE_FAILURE", "")
    assert "ValueError" in caplog.text
    assert "测试甲" not in caplog.text


def test_a_sealed_value_moved_to_another_row_does_not_open(fresh: Local) -> None:
    from centre.cases import open_case
    from centre.tables.cases import cases

    one, two = (fresh.visit().ready().submit(Route.NORMAL).case_no for _ in range(2))
    rows = {row["case_no"]: row for row in fresh.rows(cases)}
    fresh.execute(cases.update().where(cases.c.case_no == two).values(name_sealed=rows[one]["name_sealed"]))
    with pytest.raises(HouseFailure, match="does not open"):
        fresh.centre.ledger.read(
            lambda connection: open_case(fresh.centre, connection, rows[two]["region_id"], rows[two]["id"])
        )


def test_a_stored_file_that_was_changed_is_not_given_out(fresh: Local) -> None:
    name = fresh.centre.files.put(b"paper")
    other = fresh.centre.files.put(b"other")
    from core.papers import sha256_hex

    assert fresh.centre.files.get(name, sha256_hex(b"paper")) == b"paper"
    paths: dict[str, Path] = {path.name: path for path in (fresh.folder / "files").rglob("*") if path.is_file()}
    assert paths[name].stat().st_mode & 0o077 == 0
    paths[name].write_bytes(paths[other].read_bytes())
    with pytest.raises(HouseFailure):
        fresh.centre.files.get(name, sha256_hex(b"paper"))
    with pytest.raises(HouseFailure):
        fresh.centre.files.get("../../etc/passwd", "")
