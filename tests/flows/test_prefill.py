"""Where a value comes from, who disagrees, and whose word counts."""

from __future__ import annotations

from dataclasses import replace

from core.wire import LicenceStatus
from flows.prefill import Filled, Offer, Sources, fill
from tests.flows.citizen import CARD, CATALOGUE, HEALTH, licence, licences_for

ITEM = CATALOGUE[HEALTH]
HERE, UPSTAIRS = "东城区测试路 8 号", "东城区测试路 8 号 2 层"
LICENCE, LEASE = "licence.business_licence.premises", "licence.lease_registration.premises"


def filled(field: str, typed: str = "", chosen: str | None = None, lease: str = UPSTAIRS, **answers: str) -> Filled:
    held = licences_for(ITEM, lease_registration={"premises": lease}).licences
    form = fill(
        ITEM,
        Sources(CARD, held, answers),
        {field: typed} if typed else {},
        {field: chosen} if chosen else {},
    )
    return next(each for each in form if each.field.id == field)


def outcome(found: Filled) -> tuple[str, str, bool, bool]:
    return found.value, found.source, found.changed, found.open


def test_two_sources_differ() -> None:
    found = filled("business_address")
    assert outcome(found) == (HERE, LICENCE, False, True)
    assert found.offers == (Offer(LICENCE, HERE), Offer(LEASE, UPSTAIRS))


def test_one_of_them_is_chosen() -> None:
    assert outcome(filled("business_address", chosen=LEASE)) == (UPSTAIRS, LEASE, False, False)
    assert outcome(filled("business_address", chosen=LICENCE)) == (HERE, LICENCE, False, False)


def test_something_else_is_typed() -> None:
    found = filled("business_address", typed="东城区测试路 10 号")
    assert outcome(found) == ("东城区测试路 10 号", "typed", True, False)
    assert [offer.source for offer in found.offers] == [LICENCE, LEASE, "typed"]


def test_typing_what_a_source_says_is_taking_its_word() -> None:
    assert outcome(filled("business_address", typed=UPSTAIRS)) == (UPSTAIRS, LEASE, False, False)


def test_a_choice_counts_more_than_what_was_typed_before() -> None:
    assert outcome(filled("business_address", typed="别处", chosen=LICENCE)) == (HERE, LICENCE, False, False)


def test_sources_that_agree_are_one() -> None:
    found = filled("business_address", lease=f" {HERE} ")
    assert outcome(found) == (HERE, LICENCE, False, False)
    assert not found.disputed


def test_a_choice_of_a_source_that_has_nothing() -> None:
    assert outcome(filled("business_address", chosen="licence.gone.premises", lease="")) == (
        HERE,
        LICENCE,
        False,
        False,
    )


def test_typed_only() -> None:
    assert outcome(filled("phone")) == ("", "", False, False)
    assert outcome(filled("phone", typed="13800000000")) == ("13800000000", "typed", False, False)


def test_what_may_not_be_edited_is_not() -> None:
    assert outcome(filled("uscc", typed="X"))[1] == "licence.business_licence.uscc"
    assert outcome(filled("legal_rep_id", typed="X")) == (CARD.number, "id_card.number", False, False)


def test_names_that_differ_between_card_and_licence_are_shown() -> None:
    held = (licence("business_licence", {"legal_rep": "测试？"}),)
    form = fill(ITEM, Sources(CARD, held, {}), {}, {})
    found = next(each for each in form if each.field.id == "legal_rep")
    assert found.open
    assert [offer.value for offer in found.offers] == ["测试？", CARD.name]


def test_a_guide_answer_counts_only_if_it_is_an_option() -> None:
    assert outcome(filled("central_air", hair_shop="none"))[:2] == ("none", "guide.hair_shop")
    assert outcome(filled("central_air", hair_shop="larger"))[0] == ""
    assert outcome(filled("central_air", hair_shop="larger", central_air="fitted"))[0] == "fitted"


def test_a_licence_that_is_not_valid_fills_nothing() -> None:
    held = tuple(each.model_copy(update={"status": LicenceStatus.REVOKED}) for each in licences_for(ITEM).licences)
    assert [each.value for each in fill(ITEM, Sources(None, held, {}), {}, {}) if each.value] == []


def test_no_value_shows_in_a_repr() -> None:
    found = filled("legal_rep")
    assert CARD.name not in repr(found) + repr(found.offers)


def test_a_foreigner_may_have_no_chinese_name() -> None:
    card = replace(CARD, name="", english_name="TEST, PERSON")
    form = fill(ITEM, Sources(card, (), {}), {}, {})
    assert next(each for each in form if each.field.id == "person_in_charge").value == "TEST, PERSON"
