"""The line to the centre against a server that misbehaves: always one of our failures, in time, and nothing done twice."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.failures import (
    Cancelled,
    CentreAway,
    CentreConfused,
    CentreRefused,
    Failure,
    HouseFailure,
    LicenceRevoked,
)
from core.waiting import Patience
from core.wire import SIGNATURE_HEADER, ConsentAsk, Holder, Message, OfferAsk, OfferTold, WatchAsk
from kiosk import link as link_module
from kiosk.link import CentreLink
from kiosk.ports.http import HttpDoor
from tests.kiosk.misbehaving import Behaviour, Misbehaving, Request, answer, close, half, no_http, reply
from vault.device import public_bytes, verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
OFFER = {"order_no": "O1", "fence": 1, "stock": "a4", "lease_until": "2026-01-01T00:00:00Z"}
ASK = OfferAsk(order_no="O1")


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_module, "PAUSE_S", 0.01)


@contextmanager
def linked(*behaviours: Behaviour, timeout: float = 5.0, **options: Any) -> Iterator[tuple[CentreLink, Misbehaving]]:
    numbers = iter(range(1, 1000))
    with Misbehaving(*behaviours) as server:
        link = CentreLink(server.url, "T-0001", "kiosk", KEY, lambda: next(numbers), timeout, **options)
        try:
            yield link, server
        finally:
            link.close()


def call(link: CentreLink, seconds: float = 20.0, **options: Any) -> Any:
    return link.call("print.offer", ASK, patience=Patience(seconds), **options)


def ids(server: Misbehaving) -> list[str]:
    return [json.loads(body)["id"] for _, _, body in server.requests]


def test_a_call_is_signed_and_its_answer_typed() -> None:
    with linked(reply(OFFER)) as (link, server):
        told = call(link)
    path, headers, body = server.requests[0]
    envelope = json.loads(body)
    assert told == OfferTold.model_validate(OFFER)
    assert path == "/v1/call/print.offer"
    assert verify(public_bytes(KEY), path, body, headers[SIGNATURE_HEADER.lower()])
    assert (envelope["device"], envelope["stream"], envelope["seq"], envelope["name"]) == (
        "T-0001",
        "kiosk",
        1,
        "print.offer",
    )
    assert len(envelope["id"]) == 26


def test_each_call_has_its_own_id_unless_it_is_given_one() -> None:
    with linked(reply(OFFER)) as (link, server):
        call(link)
        call(link)
        call(link, key="01ARZ3NDEKTSV4RRFFQ69G5FAV")
    assert len(set(ids(server))) == 3
    assert ids(server)[2] == "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.mark.parametrize("trouble", [close, half, no_http, answer(503, b""), answer(500, b"{}"), answer(429, b"")])
def test_what_may_pass_is_tried_again_with_the_very_same_bytes(trouble: Behaviour) -> None:
    with linked(trouble, reply(OFFER)) as (link, server):
        assert call(link).fence == 1
    assert len(server.requests) == 2
    assert server.requests[0][2] == server.requests[1][2]


@pytest.mark.parametrize("trouble", [close, half, no_http, answer(503, b""), answer(500, b"{}")])
def test_and_given_up_after_three(trouble: Behaviour) -> None:
    with linked(trouble) as (link, server), pytest.raises(CentreAway):
        call(link)
    assert len(set(ids(server))) == 1
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("trouble", "failure"),
    [
        (answer(401, b""), CentreRefused),
        (answer(403, b""), CentreRefused),
        (answer(400, b""), CentreConfused),
        (answer(404, b"not found"), CentreConfused),
        (answer(413, b""), CentreConfused),
        (answer(302, b""), CentreConfused),
        (answer(200, b""), CentreConfused),
        (answer(200, b"<html>"), CentreConfused),
        (answer(200, b"null"), CentreConfused),
        (answer(200, b'{"v": 1}'), CentreConfused),
        (reply(OFFER, v=2), CentreConfused),
        (reply(OFFER, id="0" * 26), CentreConfused),
        (reply(OFFER, extra=1), CentreConfused),
        (reply({"fence": "one"}), CentreConfused),
        (reply(None), CentreConfused),
        (reply(None, refusal={"code": "NO_SUCH_CODE"}), CentreConfused),
        (reply(None, refusal={"code": "LICENCE_REVOKED", "detail": "x"}), LicenceRevoked),
        (answer(200, b" " * (4 * 1024 * 1024 + 1)), CentreConfused),
    ],
)
def test_what_will_not_pass_is_not_tried_again(trouble: Behaviour, failure: type[Failure]) -> None:
    with linked(trouble) as (link, server), pytest.raises(failure):
        call(link)
    assert len(server.requests) == 1


def test_unknown_fields_of_a_body_are_ignored() -> None:
    with linked(reply(OFFER | {"new_in_the_next_version": 1})) as (link, _):
        assert call(link).fence == 1


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    link = CentreLink(f"http://127.0.0.1:{port}", "T-0001", "kiosk", KEY, lambda: 1)
    with pytest.raises(CentreAway):
        call(link)
    link.close()


def hang(line: socket.socket, _: Request) -> None:
    line.settimeout(30)
    line.recv(1)


def drip(line: socket.socket, request: Request) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        line.sendall(b" ")
        time.sleep(0.02)


def endless(line: socket.socket, _: Request) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        line.sendall(b" " * 65536)


def endless_head(line: socket.socket, _: Request) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        line.sendall(b"X: " + b"y" * 1000 + b"\r\n")


@pytest.mark.parametrize("trouble", [hang, drip])
def test_a_centre_that_takes_for_ever_is_away(trouble: Behaviour) -> None:
    with linked(trouble, timeout=0.2) as (link, _):
        begun = time.monotonic()
        with pytest.raises(CentreAway):
            call(link, seconds=1.0)
        assert time.monotonic() - begun < 5


@pytest.mark.parametrize("trouble", [endless, endless_head])
def test_an_answer_without_end_is_cut_off(trouble: Behaviour) -> None:
    with linked(trouble) as (link, _), pytest.raises((CentreConfused, CentreAway)):
        call(link)


@pytest.mark.parametrize("trouble", [hang, drip])
def test_stopped_it_ends_at_once(trouble: Behaviour) -> None:
    """In the middle of a long-poll of 25 seconds."""
    patience, outcome = Patience(60), []

    def ask(link: CentreLink) -> None:
        try:
            link.call("case.watch", WatchAsk(case_no="C1", wait_s=25), patience=patience)
        except Failure as failure:
            outcome.append(type(failure))

    with linked(trouble) as (link, server):
        thread = threading.Thread(target=ask, args=(link,))
        thread.start()
        while not server.requests:
            thread.join(0.01)
        patience.stop()
        thread.join(5)
        assert not thread.is_alive()
    assert outcome == [Cancelled]


def test_a_line_that_was_broken_off_is_not_used_again() -> None:
    """A late answer must never be taken for the answer to the next question."""
    with linked(hang, reply(OFFER), timeout=0.2) as (link, server):
        with pytest.raises(CentreAway):
            call(link, seconds=0.2)
        assert call(link).fence == 1
    assert len(server.requests) == 2


def test_the_answer_to_another_question_is_refused() -> None:
    first: list[bytes] = []

    def stale(line: socket.socket, request: Request) -> None:
        first.append(request[2])
        said = {"v": 1, "id": json.loads(first[0])["id"], "ok": True, "body": OFFER, "refusal": None}
        answer(200, json.dumps(said).encode())(line, request)

    with linked(stale) as (link, _):
        call(link)
        with pytest.raises(CentreConfused):
            call(link)


def test_sync_hands_over_the_outbox() -> None:
    told = {"acks": [{"seq": 7, "status": "accepted"}], "now": "2026-01-01T00:00:00Z"}
    message = Message(seq=7, id="0" * 26, name="rating", body={"order_no": "O1"})
    with linked(reply(told)) as (link, server):
        found = link.sync([message], {"printer": "ready"}, Patience(10))
    path, headers, body = server.requests[0]
    assert found.acks[0].seq == 7
    assert path == "/v1/sync"
    assert verify(public_bytes(KEY), path, body, headers[SIGNATURE_HEADER.lower()])
    assert json.loads(body)["body"]["messages"][0]["seq"] == 7


def test_a_failure_tells_nothing_of_the_person() -> None:
    """Neither what was asked nor what was answered stands in any of the errors behind a failure."""
    secret = "测试甲"
    holder = Holder(name=secret, number="110101190001010014", card_kind="resident")
    ask = ConsentAsk(
        visit="0" * 26,
        item="i",
        situation="s",
        holder=holder,
        licence_types=(),
        purpose="p",
        notice_digest="0" * 64,
        agreed_at="2026-01-01T00:00:00Z",  # type: ignore[arg-type]
    )
    for trouble in (close, answer(200, secret.encode()), reply({"trx": [secret]}), reply(OFFER, v=secret)):
        with linked(trouble) as (link, _), pytest.raises(Failure) as caught:
            link.call("consent.open", ask, patience=Patience(10))
        error: BaseException | None = caught.value
        while error is not None:
            assert secret not in str(error)
            assert secret not in repr(error)
            error = error.__cause__


@pytest.mark.parametrize("url", ["http://centre.example", "http://10.0.0.1", "ftp://127.0.0.1", "centre", "http://"])
def test_only_https_leaves_this_machine(url: str) -> None:
    with pytest.raises(HouseFailure):
        HttpDoor(url, 1000)
