"""Sealed fields: open only in their own place, with their own key."""

import pytest

from core.failures import HouseFailure
from vault.fields import FieldCipher
from vault.visit import VisitKey

NAME = "测试𬭎"


def cipher(current: str = "a") -> FieldCipher:
    return FieldCipher({"a": b"a" * 32, "b": b"b" * 32}, current)


def test_a_field_opens_in_its_place():
    sealed = cipher().seal("cases", "1", "name", NAME)
    assert NAME not in sealed
    assert cipher("b").open("cases", "1", "name", sealed) == NAME


@pytest.mark.parametrize("place", [("licences", "1", "name"), ("cases", "2", "name"), ("cases", "1", "number")])
def test_a_moved_field_does_not_open(place):
    sealed = cipher().seal("cases", "1", "name", NAME)
    with pytest.raises(HouseFailure):
        cipher().open(*place, sealed)


def test_a_changed_field_does_not_open_and_the_error_holds_no_text():
    sealed = cipher().seal("cases", "1", "name", NAME)
    changed = sealed[:-3] + ("A" if sealed[-3] != "A" else "B") + sealed[-2:]
    with pytest.raises(HouseFailure) as caught:
        cipher().open("cases", "1", "name", changed)
    assert NAME not in str(caught.value)


def test_the_same_text_is_sealed_differently_each_time_but_blinded_alike():
    one = cipher()
    assert one.seal("t", "1", "c", NAME) != one.seal("t", "1", "c", NAME)
    assert one.blind("number", NAME) == cipher().blind("number", NAME)
    assert one.blind("number", NAME) != one.blind("name", NAME)


def test_an_unknown_key_is_named():
    with pytest.raises(HouseFailure, match="no field key"):
        cipher().open("t", "1", "c", "zz.AAAA")


def test_a_visit_over_seals_nothing_more():
    key = VisitKey()
    sealed = key.cipher().seal("t", "1", "c", NAME)
    assert key.cipher().open("t", "1", "c", sealed) == NAME
    key.forget()
    with pytest.raises(HouseFailure, match="over"):
        key.cipher()
