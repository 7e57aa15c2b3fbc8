"""Whatever a signed terminal sends, it gets a reply with a code that is not our own fault, and nothing breaks behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ulid import new_ulid
from core.wire import CALL_PATH, CALLS, SYNC_PATH, Evidence, HelloAsk, Outcome, OutcomeTold, RatingTold
from tests.centre.local import Local

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
KEYS = st.text(CHARACTERS, max_size=8)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(CHARACTERS, max_size=40),
    st.sampled_from(
        ["", "x" * 5000, "'", "%", "2026-11-22", "9999-12-31", "1" * 26, "T-0001", "public_place_health_licence"]
    ),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def bodies(local: Local) -> dict[str, dict[str, Any]]:
    """A lawful body of every kind, to be spoilt in one place."""
    visit = local.visit().ready()
    told = {
        "consent.open": visit.consent_ask(),
        "application.check": visit.check_ask(),
        "application.submit": visit.submit_ask(),
        "print.outcome": OutcomeTold(
            order_no="P1", fence=1, blank="WJ000001", outcome=Outcome.DEAD, evidence=Evidence(), at=local.clock.now()
        ),
        "rating": RatingTold(case_no="1", level=5, at=local.clock.now()),
    }
    return {name: body.model_dump(mode="json") for name, body in told.items()}


def places(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if here:
        yield here
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*here, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value[:3]):
            yield from places(inner, (*here, number))


def spoilt(body: dict[str, Any], place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    copy: Any = json.loads(json.dumps(body))
    inner = copy
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return dict(copy)


def answered(local: Local, path: str, name: str, body: dict[str, Any]) -> None:
    terminal = local.terminal()
    answer = terminal.post(path, json.dumps(terminal.envelope(name, body)).encode())
    assert answer.status_code == 200, (answer.status_code, answer.text[:200])
    refusal = answer.json()["refusal"]
    assert refusal is None or refusal["code"] != "HOUSE_FAILURE", refusal


@settings(max_examples=120)
@given(name=st.sampled_from(sorted(CALLS)), body=st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_body_at_any_call(local: Local, name: str, body: dict[str, Any]) -> None:
    answered(local, CALL_PATH + name, name, body | {"wait_s": 0})


@settings(max_examples=250)
@given(data=st.data())
def test_a_lawful_body_spoilt_in_one_place(
    local: Local, bodies: dict[str, dict[str, Any]], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(bodies)))
    place = data.draw(st.sampled_from(list(places(bodies[name]))))
    body = spoilt(bodies[name], place, data.draw(VALUES))
    if name in CALLS:
        answered(local, CALL_PATH + name, name, body)
    else:
        seq = data.draw(st.integers(-(2**63), 2**63 - 1))
        message = {"seq": seq, "id": new_ulid(local.clock), "name": name, "body": body}
        answered(local, SYNC_PATH, "sync", {"messages": [message], "health": {}})


@settings(max_examples=60)
@given(body=st.dictionaries(st.sampled_from(["messages", "health"]), VALUES), raw=st.binary(max_size=60))
def test_any_sync(local: Local, body: dict[str, Any], raw: bytes) -> None:
    answered(local, SYNC_PATH, "sync", body)
    assert local.terminal().post(SYNC_PATH, raw).status_code in (400, 401)


def test_and_afterwards_all_is_well(local: Local) -> None:
    assert local.terminal().call("hello", HelloAsk(software="x")).stock == {"health_licence_a4": 200}
    visit = local.visit().ready()
    assert visit.submit().case_no
