"""The audit chain against somebody with the whole database in hand, but not the key and not the file of heads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from centre.audit.chain import row_digest
from centre.audit.heads import signed_heads
from centre.audit.verify import Verdict, verify
from centre.tables.audit import audit_heads, audit_rows
from tests.centre.local import Local
from tests.centre.test_database import run_together


def look(local: Local) -> Verdict:
    public = local.centre.keys.signing("audit").public_key()
    return verify(local.centre.ledger.database, local.folder, public)


@pytest.fixture
def written(fresh: Local) -> Local:
    """A chain with something in it."""
    for number in range(6):
        fresh.centre.ledger.change(
            lambda change, number=number: change.audit(
                fresh.centre.region, "machine:test", "test.done", f"thing {number}"
            )
        )
    assert look(fresh).whole
    return fresh


def third(local: Local) -> int:
    """The row that the forgers below are after: it has a signed head of its own."""
    return sorted(row["seq"] for row in local.rows(audit_rows, audit_rows.c.action == "test.done"))[2]


def last(local: Local) -> int:
    return max(row["seq"] for row in local.rows(audit_rows))


def rechain(local: Local, since: int = 1) -> None:
    """What a clever forger does: make every digest fit again, in rows and head row."""
    rows = sorted(local.rows(audit_rows), key=lambda row: row["seq"])
    previous = "0" * 64
    for row in rows:
        told = dict(row) | {"previous": previous}
        previous = row_digest(told)
        if row["seq"] >= since:
            local.execute(
                audit_rows.update()
                .where(audit_rows.c.seq == row["seq"])
                .values(previous=told["previous"], digest=previous)
            )
    local.execute(audit_heads.update().values(seq=rows[-1]["seq"], digest=previous))


def edit(local: Local) -> None:
    local.execute(audit_rows.update().where(audit_rows.c.seq == third(local)).values(actor="officer:nobody"))


def edit_time(local: Local) -> None:
    ours = audit_rows.c.seq == third(local)
    (row,) = local.rows(audit_rows, ours)
    local.execute(audit_rows.update().where(ours).values(at=row["at"].replace(year=2020)))


def swap(local: Local) -> None:
    one = third(local)
    local.execute(audit_rows.update().where(audit_rows.c.seq == one).values(seq=1000))
    local.execute(audit_rows.update().where(audit_rows.c.seq == one + 1).values(seq=one))
    local.execute(audit_rows.update().where(audit_rows.c.seq == 1000).values(seq=one + 1))


def drop_middle(local: Local) -> None:
    local.execute(audit_rows.delete().where(audit_rows.c.seq == third(local)))


def drop_last(local: Local) -> None:
    local.execute(audit_rows.delete().where(audit_rows.c.seq > last(local) - 2))


def drop_last_and_mend_the_head(local: Local) -> None:
    drop_last(local)
    rechain(local)


def edit_and_mend_everything(local: Local) -> None:
    edit(local)
    rechain(local)


def swap_and_mend_everything(local: Local) -> None:
    swap(local)
    rechain(local)


def drop_everything(local: Local) -> None:
    local.execute(audit_rows.delete())
    local.execute(audit_heads.update().values(seq=0, digest="0" * 64))


@pytest.mark.parametrize(
    ("forge", "finding"),
    [
        (edit, "row {}: was changed"),
        (edit_time, "row {}: was changed"),
        (swap, "does not follow"),
        (drop_middle, "row {} is missing"),
        (drop_last, "last rows are missing"),
        (drop_last_and_mend_the_head, "2 last rows are missing"),
        (edit_and_mend_everything, "row {}: not what the signed head says"),
        (swap_and_mend_everything, "not what the signed head says"),
        (drop_everything, "last rows are missing"),
    ],
)
def test_a_forger_is_found(written: Local, forge: Callable[[Local], None], finding: str) -> None:
    finding = finding.format(third(written))
    forge(written)
    verdict = look(written)
    assert not verdict.whole
    assert any(finding in problem for problem in verdict.problems), verdict.problems


def heads_file(local: Local) -> Path:
    (path,) = (local.folder / "audit").glob("heads-*.jsonl")
    return path


def test_heads_that_were_taken_away(written: Local) -> None:
    heads_file(written).unlink()
    assert look(written).problems == (f"region {written.centre.region}: no signed head",)


def test_a_head_by_another_key(written: Local) -> None:
    path = heads_file(written)
    number = third(written)
    path.write_bytes(path.read_bytes().replace(f'"seq":{number},'.encode(), f'"seq":{number - 1},'.encode()))
    assert any("not signed by the audit key" in problem for problem in look(written).problems)


def test_a_stop_between_commit_and_signature_is_told_and_mended(written: Local) -> None:
    path = heads_file(written)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    verdict = look(written)
    assert (verdict.whole, verdict.unsigned) == (True, 1)
    written.centre.ledger.sign_heads()
    assert look(written).unsigned == 0


def test_an_audit_row_commits_with_its_change_or_not_at_all(written: Local) -> None:
    before = last(written)

    def fails(change: object) -> None:
        change.audit(written.centre.region, "machine:test", "test.failed", "thing")  # type: ignore[attr-defined]
        raise LookupError

    with pytest.raises(LookupError):
        written.centre.ledger.change(fails)
    assert last(written) == before
    assert look(written).whole


def test_many_at_once_make_one_chain(written: Local) -> None:
    def many() -> None:
        for _ in range(10):
            written.centre.ledger.change(
                lambda change: change.audit(written.centre.region, "machine:test", "test.done", "thing")
            )

    before = last(written)
    run_together(many, many, many, many)
    assert last(written) == before + 40
    assert look(written).whole
    heads = list(signed_heads(written.folder, written.centre.keys.signing("audit").public_key()))
    assert all(not isinstance(head, str) for head in heads)


def test_no_person_is_in_the_chain(fresh: Local) -> None:
    visit = fresh.visit().ready()
    visit.submit()
    fresh.work.drain()
    text = str(fresh.rows(audit_rows))
    for secret in ("测试甲", "110101190001010014", "13800000000"):
        assert secret not in text


def test_regions_have_chains_of_their_own(written: Local) -> None:
    from centre.regions import add_region

    other = written.centre.ledger.change(lambda change: add_region(change.connection, "110102", "西城区"))

    def both(change: object) -> None:
        for region in (other, written.centre.region):
            change.audit(region, "machine:test", "test.done", "thing")  # type: ignore[attr-defined]

    written.centre.ledger.change(both)
    assert [row["seq"] for row in written.rows(audit_rows, audit_rows.c.region_id == other)] == [1]
    assert look(written).whole
    written.execute(sa.delete(audit_rows).where(audit_rows.c.region_id == other))
    assert not look(written).whole
