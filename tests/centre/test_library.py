"""Consent and licences: who may use what, under what, and that every use is on record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from centre.audit.chain import audit_rows
from centre.tables.library import consents, licence_uses, licences
from core.ulid import new_ulid
from core.wire import Holder, LicencesAsk
from tests.centre.local import Local
from tests.centre.support import Refused

BUSINESS = "business_licence"


@pytest.mark.parametrize(
    ("who", "usable", "refused"),
    [
        ("jia", {BUSINESS, "lease_registration"}, {}),
        ("yi", {BUSINESS}, {"lease_registration": "LICENCE_MISSING"}),
        ("ding", {BUSINESS}, {"lease_registration": "LICENCE_MISSING"}),
        ("hong", {BUSINESS}, {"lease_registration": "LICENCE_MISSING"}),
        ("wu", set(), {BUSINESS: "LICENCE_MISSING", "lease_registration": "LICENCE_MISSING"}),
        ("ji", set(), {BUSINESS: "LICENCE_REVOKED", "lease_registration": "LICENCE_MISSING"}),
        ("ren", set(), {BUSINESS: "LICENCE_NOT_YOURS", "lease_registration": "LICENCE_MISSING"}),
    ],
)
def test_everyone_gets_what_is_theirs(local: Local, who: str, usable: set[str], refused: dict[str, str]) -> None:
    visit = local.visit(who)
    visit.consent()
    told = visit.fetch()
    assert {licence.type for licence in told.licences} == usable
    assert {each.type: each.code for each in told.refused} == refused


def test_every_use_is_on_record_with_who_where_what_and_why(local: Local) -> None:
    visit = local.visit("ji")
    visit.consent()
    told = visit.fetch()
    rows = {row["type"]: row for row in local.rows(licence_uses, licence_uses.c.trx == visit.trx)}
    assert set(rows) == {BUSINESS, "lease_registration"}
    row = rows[BUSINESS]
    assert row["result"] == "LICENCE_REVOKED"
    assert row["fetch_id"] == told.use_id
    assert (row["device"], row["place"]) == ("T-0001", "东城区测试政务服务大厅一层")
    assert (row["item"], row["item_code"]) == ("public_place_health_licence", "00012310600102")
    assert row["purpose"] == visit.item.purpose.zh
    assert row["identifier"].startswith("1.2.156.3005.2.")
    assert row["holder_index"] == local.centre.cipher.blind("person", "110101190001030015")
    assert "110101190001030015" not in str(row)
    assert any(each["action"] == "licences.fetched" for each in local.rows(audit_rows))


def test_only_the_types_consented_to_are_fetched(local: Local) -> None:
    visit = local.visit()
    visit.consent(licence_types=(BUSINESS,))
    assert [licence.type for licence in visit.fetch().licences] == [BUSINESS]
    assert [row["type"] for row in local.rows(licence_uses, licence_uses.c.trx == visit.trx)] == [BUSINESS]


def test_another_terminal_cannot_use_the_consent(fresh: Local) -> None:
    visit = fresh.visit()
    visit.consent()
    other = fresh.terminal("T-0002")
    with pytest.raises(Refused, match="CONSENT_GONE"):
        other.call("licences.fetch", LicencesAsk(trx=visit.trx))
    assert fresh.rows(licence_uses) == []


def test_a_consent_ends(fresh: Local) -> None:
    visit = fresh.visit()
    told = visit.consent()
    fresh.clock.move(told.expires_at - fresh.clock.now())
    with pytest.raises(Refused, match="CONSENT_GONE"):
        visit.fetch()


def test_a_consent_that_never_was(local: Local) -> None:
    with pytest.raises(Refused, match="CONSENT_GONE"):
        local.terminal().call("licences.fetch", LicencesAsk(trx=new_ulid(local.clock)))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"item": "no_such_item"}, "ITEM_NOT_OFFERED"),
        ({"situation": "renewal"}, "ITEM_NOT_OFFERED"),
        ({"licence_types": ("marriage_certificate",)}, "ITEM_NOT_OFFERED"),
        ({"notice_digest": "0"}, "CONSENT_GONE"),
        ({"holder": Holder(name="测试丙", number="USA110000010104", card_kind="I")}, "CARD_KIND_NOT_SERVED"),
        ({"holder": Holder(name="测试甲", number="110101190001010015", card_kind="resident")}, "CARD_UNREADABLE"),
        ({"holder": Holder(name="", number="110101190001010014", card_kind="resident")}, "CARD_UNREADABLE"),
        ({"holder": Holder(name="测试甲", number="110101190001010014", card_kind="🂡")}, "CARD_KIND_NOT_SERVED"),
    ],
)
def test_what_no_consent_can_be_about(local: Local, changes: dict[str, Any], code: str) -> None:
    visit = local.visit()
    with pytest.raises(Refused, match=code):
        visit.consent(**changes)
    assert local.rows(consents, consents.c.visit == visit.visit) == []


def test_an_expired_card_opens_nothing(local: Local) -> None:
    with pytest.raises(Refused, match="CARD_EXPIRED"):
        local.visit("xin").consent()


def test_a_card_is_good_on_its_last_day(local: Local) -> None:
    last = Holder(name="测试甲", number="110101190001010014", card_kind="resident", valid_to=date(2026, 11, 22))
    assert local.visit().consent(holder=last).trx


def test_a_terminal_offers_only_its_items(fresh: Local) -> None:
    from centre.tables.places import terminals

    fresh.execute(terminals.update().values(offers=[]))
    with pytest.raises(Refused, match="ITEM_NOT_OFFERED"):
        fresh.visit().consent()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"status": "suspended"}, "LICENCE_REVOKED"),
        ({"status": "rescinded"}, "LICENCE_REVOKED"),
        ({"status": "withdrawn"}, "LICENCE_REVOKED"),
        ({"status": "expired"}, "LICENCE_EXPIRED"),
        ({"expires_on": date(2026, 11, 21)}, "LICENCE_EXPIRED"),
    ],
)
def test_a_licence_that_has_ended(fresh: Local, values: dict[str, Any], code: str) -> None:
    fresh.execute(licences.update().where(licences.c.type == BUSINESS).values(values))
    visit = fresh.visit()
    visit.consent()
    assert {each.type: each.code for each in visit.fetch().refused}[BUSINESS] == code


def test_a_licence_is_good_on_its_last_day(fresh: Local) -> None:
    fresh.execute(licences.update().values(expires_on=date(2026, 11, 22)))
    visit = fresh.visit()
    visit.consent()
    assert {licence.type for licence in visit.fetch().licences} == {BUSINESS, "lease_registration"}


def test_a_wrong_check_character_is_a_warning(fresh: Local) -> None:
    visit = fresh.visit()
    row = next(row for row in fresh.rows(licences) if row["type"] == "lease_registration")
    wrong = row["identifier"][:-1] + ("0" if row["identifier"][-1] != "0" else "1")
    fresh.execute(licences.update().where(licences.c.id == row["id"]).values(identifier=wrong))
    visit.consent()
    warnings = {licence.type: licence.warnings for licence in visit.fetch().licences}
    assert warnings == {BUSINESS: (), "lease_registration": ("identifier_check",)}


def test_consent_is_sealed(local: Local) -> None:
    visit = local.visit()
    visit.consent()
    (row,) = local.rows(consents, consents.c.visit == visit.visit)
    assert "测试甲" not in str(row)
    assert "110101190001010014" not in str(row)
    assert row["expires_at"] - row["opened_at"] == timedelta(minutes=30)
