"""The event journal: whole lines, on the disk, dropped by age, and no room for a person in it."""

from __future__ import annotations

import json
import resource
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.failures import HouseFailure
from core.journal import Disposition, Entry
from kiosk.journal import JsonJournal

AT = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_an_entry_is_one_line(tmp_path: Path) -> None:
    journal = JsonJournal(tmp_path / "j")
    journal.write(Entry(AT, "card.read", Disposition.FAILURE, visit=3, milliseconds=250, failure="CARD_MOVED"))
    journal.write(Entry(AT, "visit.ended"))
    journal.close()
    assert lines(tmp_path / "j") == [
        {
            "at": "2026-01-02T03:04:05.678+00:00",
            "code": "card.read",
            "disposition": "failure",
            "visit": 3,
            "ms": 250,
            "failure": "CARD_MOVED",
        },
        {"at": "2026-01-02T03:04:05.678+00:00", "code": "visit.ended", "disposition": "na", "visit": 0},
    ]
    assert (tmp_path / "j").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "word", ["测试甲", "110101190001010014", "visit started", "", "a\nb", "x" * 61, "Card.Read", "a=b"]
)
def test_nothing_but_codes_gets_in(tmp_path: Path, word: str) -> None:
    journal = JsonJournal(tmp_path / "j")
    for entry in (Entry(AT, word), Entry(AT, "visit.ended", failure=word)):
        with pytest.raises(HouseFailure) as caught:
            journal.write(entry)
        assert not word or word not in str(caught.value)
    journal.close()
    assert (tmp_path / "j").read_bytes() == b""


def test_old_files_are_dropped(tmp_path: Path) -> None:
    journal = JsonJournal(tmp_path / "j", most_bytes=300, kept=2)
    for visit in range(20):
        journal.write(Entry(AT, "visit.ended", visit=visit))
    journal.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["j", "j.1", "j.2"]
    kept = [line["visit"] for name in ("j.2", "j.1", "j") for line in lines(tmp_path / name)]
    assert kept == list(range(20))[-len(kept) :]
    assert all(path.stat().st_size <= 300 for path in tmp_path.iterdir())


def test_a_line_cut_short_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "j").write_bytes(b'{"code": "visit.en')
    journal = JsonJournal(tmp_path / "j")
    journal.write(Entry(AT, "visit.ended"))
    journal.close()
    cut, whole = (tmp_path / "j").read_text().splitlines()
    assert cut == '{"code": "visit.en'
    assert json.loads(whole)["code"] == "visit.ended"


def test_threads_do_not_mix_their_lines(tmp_path: Path) -> None:
    journal = JsonJournal(tmp_path / "j", most_bytes=2000, kept=50)
    threads = [
        threading.Thread(target=lambda: [journal.write(Entry(AT, "visit.ended")) for _ in range(25)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    journal.close()
    assert sum(len(lines(path)) for path in tmp_path.iterdir()) == 100


def test_a_disk_that_takes_half_a_line_is_a_failure_and_the_next_line_is_whole(tmp_path: Path) -> None:
    journal = JsonJournal(tmp_path / "j")
    journal.write(Entry(AT, "visit.started"))
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((tmp_path / "j").stat().st_size + 20, limit[1]))
    try:
        with pytest.raises(HouseFailure, match="No space left"):
            journal.write(Entry(AT, "card.read"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    journal.write(Entry(AT, "visit.ended"))
    journal.close()
    whole = [line for line in (tmp_path / "j").read_text().splitlines() if line.endswith("}")]
    assert [json.loads(line)["code"] for line in whole] == ["visit.started", "visit.ended"]
