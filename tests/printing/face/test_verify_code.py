"""The code on the certificate: what it carries, how dense it is, and that nothing false is believed."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.failures import HouseFailure
from printing.ports import cbor, cose
from printing.verify_code import (
    MAX_VERSION,
    QUIET_MODULES,
    SHORT_ALPHABET,
    SIDE_MM,
    clean_short_code,
    grouped,
    make_code,
    new_short_code,
    trusted,
    verify_code,
    verify_token,
)
from tests.printing.face.samples import FACE, HOST, code_key, code_of, code_trust, face_with

ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
URL = code_of(FACE).url
TOKEN = URL.rpartition("/")[2]


def test_round_trip():
    verdict = verify_code(URL, code_trust(), HOST, FACE)
    assert verdict.genuine
    claims = verdict.claims
    assert claims is not None
    assert (str(claims.identifier), claims.holder) == (str(FACE.identifier), FACE.holder)
    assert (claims.valid_from, claims.valid_to, claims.digest) == (FACE.valid_from, FACE.valid_to, FACE.digest)


def test_valid_for_ever():
    claims = verify_code(code_of(replace(FACE, valid_to=None)).url, code_trust()).claims
    assert claims is not None
    assert claims.valid_to is None


def test_density_and_size_on_paper():
    """Version 12 at level M at most, 28 mm wide at least, a module no smaller than a phone can read."""
    code = code_of(FACE)
    assert set(code.url) <= ALPHANUMERIC
    assert code.picture.version <= MAX_VERSION == 12
    assert code.picture.modules == 17 + 4 * code.picture.version
    assert SIDE_MM >= 28
    assert code.picture.module_mm(SIDE_MM) >= 0.45
    assert QUIET_MODULES * code.picture.module_mm(SIDE_MM) <= 2.01  # the white margin the template leaves


@pytest.mark.parametrize("length", [20, 27, 40, 120])
def test_a_long_name_is_cut_but_bound(length: int):
    face = face_with("unit_name", "测" * length)
    code = code_of(face)
    verdict = verify_code(code.url, code_trust(), HOST, face)
    assert code.picture.version <= MAX_VERSION
    assert verdict.genuine
    assert verdict.claims is not None
    assert verdict.claims.holder == face.holder or (
        verdict.claims.holder.endswith("…") and face.holder.startswith(verdict.claims.holder[:-1])
    )
    assert len(verdict.claims.holder) >= 15
    assert verify_code(code.url, code_trust(), HOST, face_with("unit_name", "测" * (length + 1))).reasons == (
        "face_differs",
    )


def test_a_host_too_long_is_refused():
    with pytest.raises(HouseFailure, match="host"):
        make_code(FACE, code_key(), "very-long." * 20 + "example")


def test_another_face_another_host_another_key():
    assert verify_code(URL, code_trust(), HOST, face_with("legal_rep", "测试乙")).reasons == ("face_differs",)
    assert verify_code(URL, code_trust(), "elsewhere.example").reasons == ("other_host",)
    stranger = trusted(cose.public_pem(cose.new_key()))
    assert verify_code(URL, stranger).reasons == ("unknown_key",)
    swapped = {next(iter(code_trust())): next(iter(stranger.values()))}
    assert verify_code(URL, swapped).reasons == ("bad_signature",)


@pytest.mark.parametrize("place", range(0, len(TOKEN), 7))
def test_one_changed_character_is_found(place: int):
    changed = "A" if TOKEN[place] != "A" else "B"
    verdict = verify_token(TOKEN[:place] + changed + TOKEN[place + 1 :], code_trust())
    assert not verdict.genuine
    assert verdict.reasons[0] in ("malformed", "unknown_key", "bad_signature")


@pytest.mark.parametrize(
    "scanned", ["", "hello", "HTTP://X/C/AAAA", "HTTPS://X/D/AAAA", URL.lower().replace("/c/", "/")]
)
def test_not_a_code(scanned: str):
    assert verify_code(scanned, code_trust()).reasons == ("not_a_code",)


@pytest.mark.parametrize(
    "token", ["", TOKEN[:-1], TOKEN + "A", TOKEN + "AAAAAAAA", TOKEN.lower(), "一二三四", "====", TOKEN + "="]
)
def test_other_spellings_are_no_codes(token: str):
    assert verify_token(token, code_trust()).reasons == ("malformed",)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_verifier(data: bytes):
    assert not verify_token(base64.b32encode(data).decode().rstrip("="), code_trust()).genuine


@given(st.text(max_size=100))
def test_no_text_breaks_the_verifier(text: str):
    assert not verify_code(f"HTTPS://{text}", code_trust()).genuine


@given(
    st.recursive(
        st.none() | st.integers() | st.binary() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.integers(), inner),
    )
)
def test_no_signed_nonsense_breaks_the_verifier(payload: object):
    message = cose.sign1(cbor.dumps(payload), code_key())
    assert verify_token(base64.b32encode(message).decode().rstrip("="), code_trust()).reasons == ("malformed",)


def test_unprotected_headers_and_other_algorithms_are_refused():
    protected, unprotected, payload, signature = cbor.loads(base64.b32decode(TOKEN + "=" * (-len(TOKEN) % 8)))
    for parts in (
        [protected, {4: b"12345678"}, payload, signature],
        [cbor.dumps({1: -7, 4: cbor.loads(protected)[4]}), unprotected, payload, signature],
        [cbor.dumps({1: -8, 3: 0, 4: cbor.loads(protected)[4]}), unprotected, payload, signature],
        [protected, unprotected, payload.hex(), signature],
        [protected, unprotected, payload],
    ):
        token = base64.b32encode(cbor.dumps(parts)).decode().rstrip("=")
        assert verify_token(token, code_trust()).reasons == ("malformed",)


def test_the_code_names_the_day_exactly():
    face = replace(FACE, valid_from=date(2028, 2, 29))
    claims = verify_code(code_of(face).url, code_trust()).claims
    assert claims is not None
    assert claims.valid_from == date(2028, 2, 29)


def test_trust_refuses_what_is_no_key():
    public = cose.public_pem(code_key())
    with pytest.raises(HouseFailure, match="twice"):
        trusted(public, public)
    with pytest.raises(HouseFailure):
        trusted(b"not a key")


def test_short_codes():
    codes = {new_short_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 10 and set(code) <= set(SHORT_ALPHABET) for code in codes)
    assert set().union(*codes) == set(SHORT_ALPHABET)
    code = new_short_code()
    assert clean_short_code(f" {grouped(code).lower()} ") == code
    assert clean_short_code("oO-iIlL") == "001111"


def test_no_repr_shows_a_person():
    assert "测试" not in repr(verify_code(URL, code_trust()))
