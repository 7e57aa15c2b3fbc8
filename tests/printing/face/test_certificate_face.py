"""The face and its digest."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from core.failures import HouseFailure
from core.numbers import LicenceId
from printing.face import CertificateFace, FaceField, sm3, validity_text
from printing.ports import cbor
from tests.printing.face.samples import FACE, face_with


def test_sm3_is_the_standards():
    """GB/T 32905-2016, annex A, example 1."""
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_without_sm3_the_failure_says_so(monkeypatch: pytest.MonkeyPatch):
    def lacking(name: str, data: bytes) -> None:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", lacking)
    with pytest.raises(HouseFailure, match="SM3"):
        sm3(b"")


def test_digest_of_one_face_never_changes():
    """A certificate in somebody's hand holds this digest: the canonical form is fixed for good."""
    assert FACE.digest.hex() == "69344cf9b80228d56670ec8f210fecda"
    assert len(FACE.digest) == 16


def test_canonical_form_reads_back():
    assert cbor.loads(FACE.canonical) == FACE.plain


@pytest.mark.parametrize(
    "other",
    [
        face_with("unit_name", "别家"),
        face_with("address", ""),
        replace(FACE, fields=FACE.fields[::-1]),
        replace(FACE, number="第2号"),
        replace(FACE, issued_on=date(2026, 11, 23)),
        replace(FACE, valid_to=None),
        replace(FACE, verify_code="0000000000"),
        replace(FACE, identifier=LicenceId("11100000000000903Y001", "11110101000000001A", "2026000001", 2)),
    ],
)
def test_whatever_is_said_is_in_the_digest(other: CertificateFace):
    assert other.digest != FACE.digest


@pytest.mark.parametrize("fields", [(), FACE.fields[1:], FACE.fields * 2])
def test_a_face_needs_its_holder_once(fields: tuple[FaceField, ...]):
    with pytest.raises(HouseFailure):
        replace(FACE, fields=fields)


def test_no_repr_shows_a_person():
    assert "测试甲" not in repr(FACE) + repr(FACE.fields)


def test_validity_in_words():
    assert validity_text(date(2026, 1, 2), date(2030, 1, 1)) == "2026年1月2日至2030年1月1日"
    assert validity_text(date(2026, 1, 2), None) == "2026年1月2日起长期有效"
