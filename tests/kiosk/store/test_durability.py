"""What is on the disk after the plug was pulled: all that was acknowledged, and nothing by halves."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from core.failures import HouseFailure
from core.settings import CONFIG
from kiosk.store.engine import Database
from kiosk.store.terminal import TerminalStore, open_store
from printing.stores import Attempt, Notice, Phase

WRITER = """
import sys
from pathlib import Path
from kiosk.store.terminal import TerminalStore, open_store
from printing.stores import Attempt, Notice, Phase
store = open_store(Path(sys.argv[1]), "printd")
number = 0
while True:
    number += 1
    attempt = Attempt(f"O{number}", 1, f"B{number}", Phase.PREP)
    store.attempts.prepare(attempt)
    store.attempts.start(attempt, "digest")
    store.attempts.job_known(attempt, number)
    store.attempts.end(attempt, Phase.PRINTED, Notice("print.outcome", f'{{"order": "O{number}"}}'))
    print(number, flush=True)
"""
INSIDE = """
import sys, time
from pathlib import Path
from kiosk.store.engine import Database
from kiosk.store.counters import raised
database = Database(Path(sys.argv[1]))
with database.transaction() as connection:
    raised(connection, "half")
    print("inside", flush=True)
    time.sleep(60)
"""


def killed(program: str, path: Path, lines: int) -> str:
    """Run a program until it has printed so many lines, kill it, and give its last whole line."""
    writer = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], cwd=CONFIG.parent, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    said = [writer.stdout.readline() for _ in range(lines)]
    writer.kill()
    rest = writer.stdout.read()
    writer.stdout.close()
    writer.wait()
    return ("".join(said) + rest).split("\n")[-2]


@pytest.mark.parametrize("lines", [1, 7, 40])
def test_a_killed_writer_loses_nothing_it_had_acknowledged(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "printd.db"
    acknowledged = int(killed(WRITER, path, lines))
    with open_store(path, "printd") as store:
        for number in range(1, acknowledged + 1):
            found = store.attempts.latest(f"O{number}")
            assert found is not None
            assert found.phase is Phase.PRINTED
        told = [message.body["order"] for message in store.outbox.pending(10_000)]
        later = store.attempts.latest(f"O{acknowledged + 1}")
        ended = acknowledged + (later is not None and later.phase.ended)
        assert told == [f"O{number}" for number in range(1, ended + 1)], (
            "outcome and message come together or not at all"
        )


def test_a_transaction_cut_off_in_the_middle_never_was(tmp_path: Path) -> None:
    assert killed(INSIDE, tmp_path / "x.db", 1) == "inside"
    database = Database(tmp_path / "x.db")
    with database.transaction() as connection:
        assert connection.execute(text("SELECT count(*) FROM counters")).scalar_one() == 0
    database.close()


def test_every_commit_is_flushed_and_deleted_bytes_are_overwritten(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.db")
    with database.transaction() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "secure_delete", "busy_timeout")
        }
    database.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "busy_timeout": 5000}


def test_an_acknowledged_message_leaves_no_bytes(tmp_path: Path) -> None:
    secret = "ONLY-IN-THIS-MESSAGE"
    path = tmp_path / "kiosk.db"
    with open_store(path, "kiosk") as store:
        store.outbox.put(Notice("rating", json.dumps({"order_no": secret})))
        before = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        store.outbox.acknowledge([message.seq for message in store.outbox.pending()])
    after = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert secret.encode() in before
    assert secret.encode() not in after


def test_numbers_rise_over_restarts_and_never_come_twice(tmp_path: Path) -> None:
    path, found = tmp_path / "kiosk.db", []
    for _ in range(3):
        with open_store(path, "kiosk") as store:
            store.outbox.put(Notice("rating", "{}"))
            found.append((store.next_seq(), store.outbox.pending()[-1].seq))
            store.outbox.acknowledge([found[-1][1]])
    assert found == [(1, 1), (2, 2), (3, 3)]


def test_threads_take_their_turn(tmp_path: Path) -> None:
    with open_store(tmp_path / "kiosk.db", "kiosk") as store:
        numbers: list[int] = []
        threads = [
            threading.Thread(target=lambda: numbers.extend(store.next_seq() for _ in range(20))) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(numbers) == list(range(1, 81))


def test_a_failed_step_leaves_the_message_out(tmp_path: Path) -> None:
    attempt = Attempt("O1", 1, "B1", Phase.PREP)
    with open_store(tmp_path / "printd.db", "printd") as store:
        store.attempts.prepare(attempt)
        with pytest.raises(HouseFailure):
            store.attempts.end(attempt, Phase.PRINTED, Notice("print.outcome", "{}"))
        assert len(store.outbox) == 0
        assert store.attempts.open() == (attempt,)


def fill(store: TerminalStore) -> None:
    for _ in range(200):
        store.outbox.put(Notice("rating", json.dumps({"order_no": "x" * 4000})))


def test_a_full_disk_is_a_failure_and_nothing_by_halves(tmp_path: Path) -> None:
    with open_store(tmp_path / "printd.db", "printd") as store:
        with store._database.transaction() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1")
        with pytest.raises(HouseFailure, match="full"):
            fill(store)
        messages = store.outbox.pending(10_000)
        assert [message.seq for message in messages] == list(range(1, len(messages) + 1))


def test_a_second_process_is_kept_out(tmp_path: Path) -> None:
    with open_store(tmp_path / "printd.db", "printd"), pytest.raises(HouseFailure, match="another process"):
        open_store(tmp_path / "printd.db", "printd")
    open_store(tmp_path / "printd.db", "printd").close()


def test_a_damaged_file_is_not_printed_from(tmp_path: Path) -> None:
    path = tmp_path / "printd.db"
    with open_store(path, "printd") as store:
        for number in range(300):
            store.outbox.put(Notice("rating", json.dumps({"order_no": f"{number}" * 40})))
    data = bytearray(path.read_bytes())
    for page in range(3, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = bytes(200)
    path.write_bytes(data)
    with pytest.raises(HouseFailure, match="terminal storage"):
        open_store(path, "printd")


@pytest.mark.parametrize("content", [b"no database at all" * 400, b"SQLite format 3\0" + bytes(5000)])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "printd.db").write_bytes(content)
    with pytest.raises(HouseFailure, match="terminal storage"):
        open_store(tmp_path / "printd.db", "printd")


def test_a_store_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    database = Database(tmp_path / "printd.db")
    with database.transaction() as connection:
        connection.exec_driver_sql("PRAGMA user_version=99")
    database.close()
    with pytest.raises(HouseFailure, match="version 99"):
        open_store(tmp_path / "printd.db", "printd")


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "deep" / "printd.db", "printd"):
        assert (tmp_path / "deep" / "printd.db").stat().st_mode & 0o077 == 0
