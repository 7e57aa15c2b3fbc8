"""Device signatures: bound to door and body, deaf to rubbish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.device import public_bytes, sign, verify
from vault.keys import FileKeys


@pytest.fixture
def key(tmp_path):
    return FileKeys(tmp_path).signing("device")


def test_a_signature_holds_for_its_door_and_body_only(key):
    signature = sign(key, "/v1/sync", b"{}")
    public = public_bytes(key)
    assert verify(public, "/v1/sync", b"{}", signature)
    assert not verify(public, "/v1/call/hello", b"{}", signature)
    assert not verify(public, "/v1/sync", b"{ }", signature)


def test_another_device_is_not_this_one(key, tmp_path):
    other = FileKeys(tmp_path / "other").signing("device")
    assert not verify(public_bytes(other), "/v1/sync", b"{}", sign(key, "/v1/sync", b"{}"))


@given(st.text(max_size=200))
def test_no_text_is_a_signature_and_none_raises(text):
    assert not verify(bytes(32), "/v1/sync", b"{}", text)
