"""What strangers, broken terminals and attackers get at the doors."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from centre.calls import table
from centre.tables.places import terminals
from core.wire import CALL_PATH, CALLS, MESSAGES, MOST_BYTES, SYNC_PATH, HelloAsk
from tests.centre.local import Local, LocalTerminal, away, request
from tests.centre.support import Refused
from vault.device import sign

HELLO = CALL_PATH + "hello"


def raw(terminal: LocalTerminal, **changes: Any) -> bytes:
    return json.dumps(terminal.envelope("hello", {"software": "x"}, **changes)).encode()


def test_every_call_and_message_of_the_wire_is_answered() -> None:
    assert {*table.CALLS, table.WATCH} == set(CALLS)
    assert set(table.MESSAGES) == set(MESSAGES)


def test_a_signature_by_another_key_is_turned_away(local: Local) -> None:
    terminal = local.terminal(key=Ed25519PrivateKey.generate())
    assert terminal.post(HELLO, raw(terminal)).status_code == 401


def test_an_unknown_device_is_turned_away(local: Local) -> None:
    terminal = local.terminal()
    assert terminal.post(HELLO, raw(terminal, device="T-9999")).status_code == 401


def test_a_seeded_terminal_without_a_key_cannot_speak(fresh: Local) -> None:
    terminal = fresh.terminal("T-0002", key=Ed25519PrivateKey.generate())
    assert terminal.post(HELLO, raw(terminal)).status_code == 401


@pytest.mark.parametrize("signature", ["", "AAAA", "é", "=" * 100, "A" * 86])
def test_a_signature_that_is_none_is_turned_away(local: Local, signature: str) -> None:
    terminal = local.terminal()
    body = raw(terminal)
    headers = {"Tongban-Signature": signature.encode()}
    assert request(local.app, "POST", HELLO, content=body, headers=headers).status_code == 401


def test_an_envelope_for_one_door_does_not_open_another(local: Local) -> None:
    terminal = local.terminal()
    body = raw(terminal)
    elsewhere = CALL_PATH + "blanks.list"
    assert terminal.post(elsewhere, body, sign(local.key, HELLO, body)).status_code == 401
    assert terminal.post(elsewhere, body).json()["refusal"]["code"] == "CENTRE_CONFUSED"
    assert terminal.post(SYNC_PATH, body).json()["refusal"]["code"] == "CENTRE_CONFUSED"


def test_one_changed_byte_is_turned_away(local: Local) -> None:
    terminal = local.terminal()
    body = raw(terminal)
    signature = sign(local.key, HELLO, body)
    assert terminal.post(HELLO, body.replace(b'"x"', b'"y"'), signature).status_code == 401


@pytest.mark.parametrize("off", [timedelta(minutes=6), -timedelta(minutes=6), timedelta(days=400)])
def test_a_clock_that_is_off_is_refused(local: Local, off: timedelta) -> None:
    terminal = local.terminal()
    at = (local.clock.now() + off).isoformat()
    with pytest.raises(Refused, match="CENTRE_REFUSED: the clocks differ"):
        terminal.call("hello", HelloAsk(software="x"), at=at)


def test_a_blocked_terminal_is_refused(fresh: Local) -> None:
    terminal = fresh.terminal()
    terminal.call("hello", HelloAsk(software="x"))
    fresh.execute(terminals.update().values(state="blocked"))
    with pytest.raises(Refused, match="CENTRE_REFUSED"):
        terminal.call("hello", HelloAsk(software="x"))


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": "1"},
        {"extra": 1},
        {"id": "short"},
        {"seq": -1},
        {"seq": 2**63},
        {"seq": 10**400},
        {"at": "2026-11-22T04:00:00"},
        {"body": []},
        {"body": {"software": 10**30}},
        {"device": ""},
    ],
)
def test_what_is_no_envelope_is_turned_away(local: Local, changes: dict[str, Any]) -> None:
    terminal = local.terminal()
    assert terminal.post(HELLO, raw(terminal, **changes)).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"v":1e999}',
        b"NaN",
    ],
)
def test_what_is_no_json_is_turned_away(local: Local, body: bytes) -> None:
    assert local.terminal().post(HELLO, body).status_code == 400


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800"])
def test_characters_that_no_database_stores_are_turned_away(local: Local, text: str) -> None:
    terminal = local.terminal()
    body = json.dumps(terminal.envelope("hello", {"software": text}), ensure_ascii=True).encode()
    assert terminal.post(HELLO, body).status_code == 400


def test_a_character_outside_the_basic_plane_is_welcome_however_it_is_spelt(local: Local) -> None:
    terminal = local.terminal()
    body = json.dumps(terminal.envelope("hello", {"software": "𬭎"}), ensure_ascii=True).encode()
    assert terminal.post(HELLO, body).json()["ok"] is True
    assert local.rows(terminals, terminals.c.id == "T-0001")[0]["software"] == "𬭎"


@pytest.mark.parametrize("path", [HELLO, SYNC_PATH, CALL_PATH + "case.watch"])
def test_a_body_that_is_too_large_is_turned_away(local: Local, path: str) -> None:
    terminal = local.terminal()
    assert terminal.post(path, b" " * (MOST_BYTES + 1)).status_code == 413


def test_a_large_form_is_turned_away(local: Local) -> None:
    answer = request(local.app, "POST", "/desk/login", data={"login": "x" * 100_000})
    assert answer.status_code == 413


def test_a_body_without_its_fields_is_refused_without_quoting_it(local: Local) -> None:
    reply = local.terminal().send(CALL_PATH + "consent.open", "consent.open", {"holder": {"name": "测试甲"}})
    assert reply.refusal is not None
    assert reply.refusal.code == "CENTRE_CONFUSED"
    assert "测试甲" not in reply.refusal.detail
    assert "agreed_at" in reply.refusal.detail


def test_fields_of_a_newer_terminal_are_ignored(local: Local) -> None:
    reply = local.terminal().send(HELLO, "hello", {"software": "x", "from_the_future": {"a": 1}})
    assert reply.ok


def test_an_unknown_call_is_refused(local: Local) -> None:
    reply = local.terminal().send(CALL_PATH + "no.such", "no.such", {})
    assert reply.refusal is not None
    assert reply.refusal.code == "CENTRE_CONFUSED"


def test_a_database_that_is_away_is_not_now(fresh: Local) -> None:
    terminal = fresh.terminal()
    with away(fresh):
        body = json.dumps(terminal.envelope("hello", {"software": "x"})).encode()
        assert terminal.post(HELLO, body).status_code == 503
    terminal.call("hello", HelloAsk(software="x"))


def test_every_answer_keeps_browsers_quiet(local: Local) -> None:
    terminal = local.terminal()
    answer = terminal.post(HELLO, raw(terminal))
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
