"""An application is judged by what the centre knows, not by what the terminal says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from centre.tables.cases import cases, pledges, receipts
from centre.tables.library import licences
from centre.tables.prints import blanks, certificates, orders
from centre.work import decide
from core.failures import GlyphMissing
from core.papers import sha256_hex
from core.ulid import new_ulid
from core.wire import CaseState, FieldValue, MaterialAnswer, Route, Stroke, SubmitAsk, WatchAsk, WithdrawAsk
from tests.centre.local import Local
from tests.centre.support import Refused, Visit

Change = Callable[[Visit, SubmitAsk], dict[str, Any]]


def field(name: str, **values: Any) -> Change:
    """The form with one field told otherwise, signed as it stands."""

    def change(visit: Visit, ask: SubmitAsk) -> dict[str, Any]:
        form = tuple(each.model_copy(update=values) if each.id == name else each for each in ask.form)
        return {"form": form}

    return change


def without(name: str) -> Change:
    return lambda visit, ask: {"form": tuple(each for each in ask.form if each.id != name)}


LIES: dict[str, tuple[Change, str]] = {
    "another name than the card's": (field("person_in_charge", value="测试子"), "FORM_INCOMPLETE"),
    "another number than the card's": (field("legal_rep_id", value="11010119000102001X"), "FORM_INCOMPLETE"),
    "another unit than the licence's": (field("unit_name", value="东城区别人的店"), "FORM_INCOMPLETE"),
    "a credit code of one's own": (field("uscc", value="92110101MA02500038"), "FORM_INCOMPLETE"),
    "typed what may not be typed": (
        field("unit_name", value="我的店", source="typed", changed=True),
        "FORM_INCOMPLETE",
    ),
    "a typed value that hides that it was changed": (
        field("business_address", value="东城区测试路 9 号", source="typed", changed=False),
        "FORM_INCOMPLETE",
    ),
    "a source that does not exist": (field("unit_name", source="licence.birth.name"), "FORM_INCOMPLETE"),
    "an answer the guide did not get": (field("project", value="bath"), "FORM_INCOMPLETE"),
    "a phone that is none": (field("phone", value="12345"), "FORM_INCOMPLETE"),
    "more checked than employed": (field("health_checked", value="9"), "FORM_INCOMPLETE"),
    "a missing field": (without("phone"), "FORM_INCOMPLETE"),
    "a field nobody asked for": (
        lambda visit, ask: {"form": (*ask.form, FieldValue(id="bribe", value="1", source="typed"))},
        "FORM_INCOMPLETE",
    ),
    "a field twice": (lambda visit, ask: {"form": (*ask.form, ask.form[0])}, "FORM_INCOMPLETE"),
    "a material less": (lambda visit, ask: {"materials": ask.materials[1:]}, "FORM_INCOMPLETE"),
    "a material waived by nothing": (
        lambda visit, ask: {
            "materials": tuple(
                MaterialAnswer(id=each.id, how="generated") if each.how == "pledged" else each for each in ask.materials
            )
        },
        "FORM_INCOMPLETE",
    ),
    "another licence as evidence": (
        lambda visit, ask: {
            "materials": tuple(each.model_copy(update={"evidence": "1.2.3"}) for each in ask.materials)
        },
        "FORM_INCOMPLETE",
    ),
    "another visit": (lambda visit, ask: {"visit": new_ulid(visit.terminal.clock)}, "CONSENT_GONE"),
    "another consent": (lambda visit, ask: {"trx": new_ulid(visit.terminal.clock)}, "CONSENT_GONE"),
    "an old version of the item": (lambda visit, ask: {"item_version": 0}, "ITEM_NOT_OFFERED"),
    "a character no font has": (
        field("business_address", value="测试路\U000e0041号", source="typed", changed=True),
        "GLYPH_MISSING",
    ),
    "a character no font has, on another paper": (
        field("person_in_charge", value="测试ༀ", source="typed", changed=True),
        "GLYPH_MISSING",
    ),
    "a novel for an address": (field("business_address", value="长" * 2000), "FORM_INCOMPLETE"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused_and_leaves_nothing(local: Local, lie: str) -> None:
    change, code = LIES[lie]
    visit = local.visit().ready()
    changes = change(visit, visit.submit_ask())
    with pytest.raises(Refused, match=code) as refused:
        visit.terminal.call("application.submit", visit.submit_ask(**changes))
    assert "测试" not in refused.value.detail
    assert local.rows(cases, cases.c.trx == visit.trx) == []


def test_answers_that_are_no_path_through_the_guide(local: Local) -> None:
    for answers in (
        {"venue": "hair"},
        {"venue": "hair", "hair_shop": "none", "zone": "outside"},
        {"venue": "other"},
        {"venue": "hair", "hair_shop": "larger"},
        {},
    ):
        visit = local.visit()
        visit.ready()
        visit.answers = answers
        with pytest.raises(Refused, match="FORM_INCOMPLETE"):
            visit.terminal.call("application.check", visit.check_ask())


@pytest.mark.parametrize(
    "values",
    [
        {"strokes": ()},
        {"strokes": (Stroke(points=()),)},
        {"strokes": (Stroke(points=((5, 5), (5, 5))),)},
        {"strokes": (Stroke(points=((5, 5), (90_000, 5))),)},
        {"digest": "0" * 64},
        {"document": "{}", "digest": sha256_hex(b"{}")},
    ],
)
def test_a_signature_over_something_else(local: Local, values: dict[str, Any]) -> None:
    visit = local.visit().ready()
    signed = visit.submit_ask().signed.model_copy(update=values)
    with pytest.raises(Refused, match="SIGNATURE_BROKEN"):
        visit.submit(signed=signed)


def test_a_signature_for_the_other_route(local: Local) -> None:
    visit = local.visit().ready()
    signed = visit.submit_ask(Route.NORMAL).signed
    with pytest.raises(Refused, match="SIGNATURE_BROKEN"):
        visit.submit(signed=signed)


def test_without_the_licence_there_is_no_application(local: Local) -> None:
    visit = local.visit("wu").ready()
    with pytest.raises(Refused, match="LICENCE_MISSING"):
        visit.terminal.call("application.check", visit.check_ask())


def test_a_licence_revoked_since_it_was_fetched(fresh: Local) -> None:
    visit = fresh.visit().ready()
    fresh.execute(licences.update().values(status="revoked"))
    with pytest.raises(Refused, match="LICENCE_REVOKED"):
        visit.submit()


def test_bad_credit_closes_the_pledge_and_leaves_the_normal_way(local: Local) -> None:
    visit = local.visit("geng", chosen={}).ready()
    told = visit.terminal.call("application.check", visit.check_ask())
    assert told.pledge_refused == "PLEDGE_NOT_OFFERED"
    with pytest.raises(Refused, match="PLEDGE_NOT_OFFERED"):
        visit.submit()
    assert visit.submit(Route.NORMAL).state is CaseState.NORMAL


def test_the_normal_way_waits_for_officers(local: Local) -> None:
    visit = local.visit().ready()
    told = visit.submit(Route.NORMAL)
    local.work.drain()
    watched = visit.watch(told.case_no, lambda case: case.version == 2)
    assert watched.state is CaseState.NORMAL
    assert [receipt.kind for receipt in watched.receipts] == ["intake_receipt"]
    assert (watched.certificate, watched.order_no, watched.make_good_by) == (None, None, None)


def test_a_rare_character_is_printed_as_it_is(local: Local) -> None:
    visit = local.visit("hong", chosen={}).ready()
    told = visit.submit()
    local.work.drain()
    watched = visit.watch(told.case_no, lambda case: case.state is CaseState.SEALED)
    assert watched.certificate is not None
    face = next(row for row in local.rows(certificates) if row["number"] == watched.certificate.number)
    opened = local.centre.cipher.open("certificates", face["id"], "face", face["face_sealed"])
    assert "𬭎" in opened


def test_no_blank_here_is_told_before_applying(fresh: Local) -> None:
    visit = fresh.visit().ready()
    fresh.execute(blanks.update().where(blanks.c.terminal == "T-0001").values(state="used"))
    told = visit.terminal.call("application.check", visit.check_ask())
    assert told.print_refused == "BLANKS_OUT"
    assert told.elsewhere == ("东城区测试街道便民服务中心",)
    with pytest.raises(Refused, match="BLANKS_OUT"):
        visit.submit()
    assert visit.submit(Route.NORMAL).state is CaseState.NORMAL


def test_a_glyph_that_is_missing_is_told_before_applying(local: Local) -> None:
    visit = local.visit().ready()
    form = tuple(
        each.model_copy(update={"value": "测试路\U000e0041号", "source": "typed", "changed": True})
        if each.id == "business_address"
        else each
        for each in visit.form
    )
    ask = visit.check_ask().model_copy(update={"form": form})
    with pytest.raises(Refused, match="FORM_INCOMPLETE"):
        visit.terminal.call("application.check", ask)


def test_the_pledge_has_its_days(local: Local) -> None:
    visit = local.visit().ready()
    told = visit.submit()
    (case,) = local.rows(cases, cases.c.case_no == told.case_no)
    (pledge,) = local.rows(pledges, pledges.c.case_id == case["id"])
    assert str(pledge["make_good_by"]) == "2027-01-21"
    assert "site_plans" in pledge["materials"]
    assert "business_licence" not in pledge["materials"]


def test_withdrawn_before_the_decision(local: Local) -> None:
    visit = local.visit().ready()
    told = visit.submit()
    assert visit.terminal.call("application.withdraw", WithdrawAsk(case_no=told.case_no)).state is CaseState.WITHDRAWN
    local.work.drain()
    watched = visit.watch(told.case_no, lambda case: True)
    assert watched.state is CaseState.WITHDRAWN
    assert watched.certificate is None
    assert watched.order_no is None


def test_not_withdrawn_after_the_decision(local: Local) -> None:
    visit = local.visit().ready()
    told = visit.submit()
    local.work.drain()
    with pytest.raises(Refused, match="ALREADY_DECIDED"):
        visit.terminal.call("application.withdraw", WithdrawAsk(case_no=told.case_no))


def test_what_the_machine_cannot_draw_goes_to_officers(local: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between submit and decision a font was taken away: nobody is refused by that."""
    visit = local.visit().ready()
    told = visit.submit()

    def missing(*_arguments: object) -> None:
        raise GlyphMissing("U+6D4B")

    monkeypatch.setattr(decide, "try_certificate", missing)
    local.work.drain()
    watched = visit.watch(told.case_no, lambda case: True)
    assert (watched.state, watched.reason) == (CaseState.NORMAL, "GLYPH_MISSING")
    assert watched.certificate is None


def test_machine_work_done_twice_changes_nothing(local: Local) -> None:
    visit = local.visit().ready()
    told = visit.submit()
    waiting = local.work.waiting()
    local.work.drain()
    (case,) = local.rows(cases, cases.c.case_no == told.case_no)
    (certificate,) = local.rows(certificates, certificates.c.case_id == case["id"])
    for _, kind, payload in waiting:
        local.work._handlers[kind](payload)
    local.work._handlers["seal"]({"region": case["region_id"], "case": case["id"], "certificate": certificate["id"]})
    assert local.rows(cases, cases.c.id == case["id"]) == [case]
    assert local.rows(certificates, certificates.c.case_id == case["id"]) == [certificate]
    assert len(local.rows(orders, orders.c.case_id == case["id"])) == 1
    assert len(local.rows(receipts, receipts.c.case_id == case["id"])) == 3


def test_a_case_is_shown_to_its_own_terminal_only(fresh: Local) -> None:
    visit = fresh.visit().ready()
    told = visit.submit()
    other = fresh.terminal("T-0002")
    for ask, name in (
        (WatchAsk(case_no=told.case_no), "case.watch"),
        (WithdrawAsk(case_no=told.case_no), "application.withdraw"),
    ):
        with pytest.raises(Refused, match="CASE_FAILURE: no such case"):
            other.call(name, ask)


def test_numbers_rise_by_one_a_day(fresh: Local) -> None:
    numbers = [fresh.visit().ready().submit().case_no for _ in range(3)]
    assert numbers == [f"11010120261122{serial:05d}" for serial in (1, 2, 3)]
