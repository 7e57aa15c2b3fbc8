"""A device proves who speaks: Ed25519 over method, path and body (RFC 8032; shape of RFC 9421)."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from core.wire import signing_input


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 raw bytes by which the centre knows the device."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def sign(key: Ed25519PrivateKey, path: str, body: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(key.sign(signing_input(path, body))).rstrip(b"=").decode()


def verify(public: bytes, path: str, body: bytes, signature: str) -> bool:
    """Whether the device with this public key signed exactly this request. Never raises on hostile input."""
    try:
        raw = base64.b64decode(signature + "=" * (-len(signature) % 4), altchars=b"-_", validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(raw, signing_input(path, body))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
