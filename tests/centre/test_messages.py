"""The outbox of a terminal: stored, acknowledged, done once, and nothing stands in the way of the message behind it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from centre.calls import table
from centre.tables.cases import cases, ratings
from centre.tables.places import message_inbox, terminals
from core.ulid import new_ulid
from core.wire import SYNC_PATH
from tests.centre.local import Local, LocalTerminal, away


def message(local: Local, seq: int, name: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"seq": seq, "id": new_ulid(local.clock), "name": name, "body": body}


def rating(local: Local, case_no: str, level: int = 5, reasons: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"case_no": case_no, "level": level, "reasons": list(reasons), "at": local.clock.now().isoformat()}


@pytest.fixture
def terminal(local: Local) -> LocalTerminal:
    return local.terminal(stream=new_ulid(local.clock)[-20:])


@pytest.fixture
def case_no(local: Local) -> str:
    return local.visit().ready().submit().case_no


def test_taken_once_however_often_it_is_sent(local: Local, terminal: LocalTerminal, case_no: str) -> None:
    sent = message(local, 1, "rating", rating(local, case_no))
    assert [terminal.sync([sent]).acks[0].status for _ in range(3)] == ["accepted", "duplicate", "duplicate"]
    (case,) = local.rows(cases, cases.c.case_no == case_no)
    assert len(local.rows(ratings, ratings.c.case_id == case["id"])) == 1


def test_refused_messages_do_not_hold_up_the_others(local: Local, terminal: LocalTerminal, case_no: str) -> None:
    sent = [
        message(local, 1, "no.such.message", {}),
        message(local, 2, "rating", {"level": "many"}),
        message(local, 3, "rating", rating(local, "0" * 19)),
        message(local, 4, "print.outcome", {"order_no": "none"}),
        message(local, 5, "rating", rating(local, case_no)),
    ]
    acks = terminal.sync(sent).acks
    assert [(ack.seq, ack.status) for ack in acks] == [*((seq, "refused") for seq in (1, 2, 3, 4)), (5, "accepted")]
    assert [ack.code for ack in acks[:4]] == ["CENTRE_CONFUSED", "CENTRE_CONFUSED", "CASE_FAILURE", "CENTRE_CONFUSED"]
    again = terminal.sync(sent).acks
    assert [ack.status for ack in again] == ["refused"] * 4 + ["duplicate"]
    assert len(local.rows(message_inbox, message_inbox.c.stream == terminal.stream)) == 5


def test_a_fault_of_ours_is_stored_for_people(
    local: Local, terminal: LocalTerminal, case_no: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError("测试甲")

    monkeypatch.setitem(table.MESSAGES, "print.taken", broken)
    body = {"order_no": "P1", "at": local.clock.now().isoformat()}
    sent = [message(local, 1, "print.taken", body), message(local, 2, "rating", rating(local, case_no))]
    acks = terminal.sync(sent).acks
    assert [(ack.status, ack.code) for ack in acks] == [("refused", "HOUSE_FAILURE"), ("accepted", None)]
    assert local.rows(message_inbox, message_inbox.c.stream == terminal.stream)[0]["status"] == "refused"


def test_a_number_used_for_another_message_is_refused(local: Local, terminal: LocalTerminal, case_no: str) -> None:
    first = message(local, 1, "rating", rating(local, case_no))
    terminal.sync([first])
    other = message(local, 1, "rating", rating(local, case_no, 4))
    changed = first | {"body": rating(local, case_no, 1, ("慢",))}
    elsewhere = message(local, 2, "rating", rating(local, case_no, 4)) | {"id": first["id"]}
    for sent in (other, changed, elsewhere):
        ack = terminal.sync([sent]).acks[0]
        assert (ack.status, ack.code) == ("refused", "CENTRE_CONFUSED")
    assert len(local.rows(message_inbox, message_inbox.c.stream == terminal.stream)) == 1


def test_two_processes_of_a_terminal_count_for_themselves(local: Local, case_no: str) -> None:
    one, two = (local.terminal(stream=new_ulid(local.clock)[-20:]) for _ in range(2))
    assert one.sync([message(local, 1, "rating", rating(local, case_no))]).acks[0].status == "accepted"
    assert two.sync([message(local, 1, "rating", rating(local, case_no))]).acks[0].code == "CASE_FAILURE"


def test_a_bad_word_needs_a_reason(local: Local, terminal: LocalTerminal, case_no: str) -> None:
    assert terminal.sync([message(local, 1, "rating", rating(local, case_no, 2))]).acks[0].code == "FORM_INCOMPLETE"
    told = rating(local, case_no, 2, ("太慢",))
    assert terminal.sync([message(local, 2, "rating", told)]).acks[0].status == "accepted"


def test_the_beat_notes_health_and_time(local: Local, terminal: LocalTerminal) -> None:
    told = terminal.sync([], {"printer": "PAPER_OUT", "idcard": "ready"})
    assert (told.acks, told.now) == ((), local.clock.now())
    (row,) = local.rows(terminals, terminals.c.id == "T-0001")
    assert row["health"] == {"printer": "PAPER_OUT", "idcard": "ready"}
    assert row["seen_at"] == local.clock.now()


def test_a_hundred_messages_and_no_more(local: Local, terminal: LocalTerminal) -> None:
    many = [message(local, seq, "no.such", {}) for seq in range(1, 102)]
    reply = terminal.send(SYNC_PATH, "sync", {"messages": many, "health": {}})
    assert reply.refusal is not None
    assert reply.refusal.code == "CENTRE_CONFUSED"
    assert len(terminal.sync(many[:100]).acks) == 100


def test_a_database_that_is_away_acknowledges_nothing(fresh: Local) -> None:
    terminal = fresh.terminal()
    sent = message(fresh, 1, "rating", rating(fresh, "0" * 19))
    raw = terminal.envelope("sync", {"messages": [sent], "health": {}})
    with away(fresh):
        assert terminal.post(SYNC_PATH, json.dumps(raw).encode()).status_code == 503
    assert terminal.sync([sent]).acks[0].code == "CASE_FAILURE"


def test_an_id_that_is_none_is_refused_and_holds_up_nothing(
    local: Local, terminal: LocalTerminal, case_no: str
) -> None:
    sent = [message(local, 1, "rating", {}) | {"id": "x" * 400}, message(local, 2, "rating", rating(local, case_no))]
    assert [ack.status for ack in terminal.sync(sent).acks] == ["refused", "accepted"]


def test_what_a_message_says_is_sealed(local: Local, terminal: LocalTerminal, case_no: str) -> None:
    terminal.sync([message(local, 1, "rating", rating(local, case_no, 1, ("测试甲等了很久",)))])
    (row,) = local.rows(message_inbox, message_inbox.c.stream == terminal.stream)
    assert "测试甲" not in row["body_sealed"]
