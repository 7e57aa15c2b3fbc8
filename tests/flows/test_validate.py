"""What is wrong with a value; the same on the terminal and in the centre."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire import FieldValue
from flows.prefill import TYPED
from flows.validate import Mistake, Oddity, form_mistakes, mistake_in, oddity_in, tidy
from tests.flows.citizen import CATALOGUE, HEALTH, Walk

ITEM = CATALOGUE[HEALTH]

TABLE = [
    ("phone", "", Mistake.MISSING),
    ("phone", "13800000000", None),
    ("phone", "010-12345678", None),
    ("phone", "0546-1234567", None),
    ("phone", "1380000000", Mistake.NOT_A_PHONE),
    ("phone", "12800000000", Mistake.NOT_A_PHONE),
    ("phone", "138000000000", Mistake.NOT_A_PHONE),
    ("phone", "١٣٨٠٠٠٠٠٠٠٠", Mistake.NOT_A_PHONE),
    ("phone", "138 0000 0000 0000", Mistake.TOO_LONG),
    ("floor_area", "68", None),
    ("floor_area", "68.25", None),
    ("floor_area", "68.255", Mistake.TOO_EXACT),
    ("floor_area", "0", Mistake.TOO_SMALL),
    ("floor_area", "0.99", Mistake.TOO_SMALL),
    ("floor_area", "1000001", Mistake.TOO_LARGE),
    ("floor_area", "-1", Mistake.NOT_A_NUMBER),
    ("floor_area", "1e3", Mistake.NOT_A_NUMBER),
    ("floor_area", "٣", Mistake.NOT_A_NUMBER),
    ("employees", "3", None),
    ("employees", "3.5", Mistake.TOO_EXACT),
    ("health_checked", "0", None),
    ("hygiene_rules", "staff,air", None),
    ("hygiene_rules", "staff,cats", Mistake.NOT_AN_OPTION),
    ("hygiene_rules", "staff,", Mistake.NOT_AN_OPTION),
    ("person_in_charge", "测试甲", None),
    ("person_in_charge", "𬭎", None),
    ("person_in_charge", "甲" * 31, Mistake.TOO_LONG),
    ("person_in_charge", "甲\n乙", Mistake.NOT_PRINTABLE),
    ("person_in_charge", "甲\u202e乙", Mistake.NOT_PRINTABLE),
    ("uscc", "not a code", None),
]


@pytest.mark.parametrize(("field", "value", "mistake"), TABLE)
def test_one_value(field: str, value: str, mistake: Mistake | None) -> None:
    assert mistake_in(ITEM.field(field), value) is mistake


@pytest.mark.parametrize(("checked", "mistake"), [("3", None), ("4", Mistake.ABOVE_ANOTHER)])
def test_no_more_health_certificates_than_people(checked: str, mistake: Mistake | None) -> None:
    assert mistake_in(ITEM.field("health_checked"), checked, {"employees": "3"}) is mistake


def test_what_it_depends_on_may_be_missing_or_wrong_itself() -> None:
    assert mistake_in(ITEM.field("health_checked"), "4", {"employees": "three"}) is None


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        ("phone", " 138 0000 0000 ", "13800000000"),
        ("floor_area", "６８．５", "68.5"),
        ("hygiene_rules", "smoking,articles", "articles,smoking"),
        ("hygiene_rules", "articles,,articles", "articles"),
        ("hygiene_rules", "zebra,articles", "articles,zebra"),
        ("person_in_charge", "　测试甲 ", "测试甲"),
    ],
)
def test_tidy(field: str, typed: str, meant: str) -> None:
    assert tidy(ITEM.field(field), typed) == meant


@given(st.sampled_from(ITEM.fields), st.text(max_size=80))
def test_tidy_twice_is_tidy_once_and_nothing_raises(field: object, text: str) -> None:
    once = tidy(field, text)
    assert tidy(field, once) == once
    mistake_in(field, once, {"employees": text})


def test_odd_but_real_codes_stop_nobody() -> None:
    assert oddity_in(ITEM.field("uscc"), "91110101MA0TEXT0AA") is Oddity.ODD_USCC
    assert oddity_in(ITEM.field("legal_rep_id"), "110101190001010015") is Oddity.ODD_NUMBER
    assert oddity_in(ITEM.field("legal_rep_id"), "110101190001010014") is None
    assert oddity_in(ITEM.field("phone"), "x") is None


# --- whole forms, as the centre sees them -------------------------------------------------------------------


def sound_form() -> tuple[FieldValue, ...]:
    return Walk().to_pledge().asked("CheckApplication")[0].ask.form


def test_what_the_terminal_sends_is_sound() -> None:
    assert form_mistakes(ITEM, sound_form()) == {}


def test_a_field_that_is_not_there() -> None:
    form = [value for value in sound_form() if value.id != "uscc"]
    assert form_mistakes(ITEM, form) == {"uscc": Mistake.MISSING}


def test_a_field_nobody_knows() -> None:
    form = [*sound_form(), FieldValue(id="discount", value="1", source=TYPED)]
    assert form_mistakes(ITEM, form) == {"discount": Mistake.UNKNOWN_FIELD}


@pytest.mark.parametrize("source", [TYPED, "licence.lease_registration.name", "id_card.name", ""])
def test_a_source_that_may_not_say_this(source: str) -> None:
    form = [value.model_copy(update={"source": source}) if value.id == "uscc" else value for value in sound_form()]
    assert form_mistakes(ITEM, form) == {"uscc": Mistake.NOT_YOURS_TO_CHANGE}
