"""Asked twice, done once: the same id gets the stored reply, also when both ask at the same moment."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from centre.tables.cases import cases
from centre.tables.library import consents, licence_uses
from centre.tables.places import call_inbox
from core.ulid import new_ulid
from core.wire import CALL_PATH, LicencesAsk, Reply
from tests.centre.local import Local
from tests.centre.support import Refused
from tests.centre.test_database import run_together


def test_a_consent_asked_for_twice_is_one(local: Local) -> None:
    visit, key = local.visit(), new_ulid(local.clock)
    first = visit.terminal.call("consent.open", visit.consent_ask(), id=key)
    again = visit.terminal.call("consent.open", visit.consent_ask(), id=key)
    assert again == first
    assert len(local.rows(consents, consents.c.visit == visit.visit)) == 1


def test_a_repeat_is_signed_anew_and_still_a_repeat(local: Local) -> None:
    visit = local.visit().ready()
    ask, key = LicencesAsk(trx=visit.trx), new_ulid(local.clock)
    first = visit.terminal.call("licences.fetch", ask, id=key)
    uses = len(local.rows(licence_uses, licence_uses.c.trx == visit.trx))
    visit.terminal.stream = "another"
    assert visit.terminal.call("licences.fetch", ask, id=key) == first
    assert len(local.rows(licence_uses, licence_uses.c.trx == visit.trx)) == uses


def test_the_same_id_for_another_question_is_refused(local: Local) -> None:
    visit, key = local.visit(), new_ulid(local.clock)
    visit.terminal.call("consent.open", visit.consent_ask(), id=key)
    with pytest.raises(Refused, match="CASE_FAILURE"):
        visit.terminal.call("consent.open", visit.consent_ask(purpose="另一用途"), id=key)
    with pytest.raises(Refused, match="CASE_FAILURE"):
        visit.terminal.call("licences.fetch", LicencesAsk(trx=visit.trx or key), id=key)


def test_another_terminal_may_use_the_same_id(fresh: Local) -> None:
    key = new_ulid(fresh.clock)
    one, two = fresh.visit(), fresh.visit(terminal=fresh.terminal("T-0002"))
    assert one.terminal.call("consent.open", one.consent_ask(), id=key).trx
    assert two.terminal.call("consent.open", two.consent_ask(), id=key).trx
    assert len(fresh.rows(consents)) == 2


def test_a_refusal_does_not_use_up_the_id(local: Local) -> None:
    visit = local.visit().ready()
    with pytest.raises(Refused, match="SIGNATURE_BROKEN"):
        visit.submit(signed=visit.submit_ask().signed.model_copy(update={"strokes": ()}))
    assert visit.submit().case_no


def test_submitted_twice_is_one_case(local: Local) -> None:
    visit = local.visit().ready()
    ask = visit.submit_ask()
    told = [visit.terminal.call("application.submit", ask, id=visit.visit) for _ in range(3)]
    assert len({each.case_no for each in told}) == 1
    assert len(local.rows(cases, cases.c.visit == visit.visit)) == 1


def test_submitted_at_the_same_moment_is_one_case(local: Local) -> None:
    """Real threads: the second waits for the first and then gets its reply."""
    visit = local.visit().ready()
    path = CALL_PATH + "application.submit"
    body = visit.submit_ask().model_dump(mode="json")
    replies: list[Reply] = []
    gate = threading.Barrier(4)

    def submit(raw: bytes) -> None:
        gate.wait(10)
        replies.append(Reply.model_validate_json(visit.terminal.post(path, raw).content))

    raws = [json.dumps(visit.terminal.envelope("application.submit", body, id=visit.visit)).encode() for _ in range(4)]
    run_together(*[_bound(submit, raw) for raw in raws])
    assert [reply.ok for reply in replies] == [True] * 4, replies
    assert len({json.dumps(reply.body) for reply in replies}) == 1
    assert len(local.rows(cases, cases.c.visit == visit.visit)) == 1


def test_another_submit_of_the_same_consent_is_refused(local: Local) -> None:
    visit = local.visit().ready()
    visit.submit()
    with pytest.raises(Refused, match="CONSENT_GONE"):
        visit.terminal.call("application.submit", visit.submit_ask())


def test_stored_replies_are_sealed(local: Local) -> None:
    visit = local.visit().ready()
    stored = local.rows(call_inbox, call_inbox.c.name == "licences.fetch")
    assert stored
    assert all("测试" not in row["reply_sealed"] for row in stored)
    assert visit.licences


def _bound(work: Any, *arguments: Any) -> Any:
    return lambda: work(*arguments)
