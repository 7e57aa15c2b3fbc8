"""COSE_Sign1 (RFC 9052) with Ed25519: one protected header, one payload, nothing unprotected.

``kid`` is the first 8 bytes of SM3 over the DER public key. Any other shape, spelling or algorithm is refused.
"""

from __future__ import annotations

from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from core.failures import HouseFailure
from printing.face import sm3
from printing.ports import cbor

SIGN1_TAG = 18
ALG, KID = 1, 4
EDDSA = -8
KID_BYTES = 8


class NotAuthentic(ValueError):
    """Not signed by a key we know. ``args[0]`` is one fixed word: ``malformed``, ``unknown_key`` or ``bad_signature``."""


def new_key() -> bytes:
    """A fresh Ed25519 key as unencrypted PKCS#8 PEM; where it is kept is the key store's business."""
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_pem(private_pem: bytes) -> bytes:
    """The public half as PEM."""
    return (
        _private(private_pem)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def key_id(public: bytes) -> bytes:
    """8-byte kid of a PEM public key."""
    return _kid(_public(public))


def sign1(payload: bytes, private_pem: bytes) -> bytes:
    """Untagged COSE_Sign1 bytes, canonical CBOR."""
    key = _private(private_pem)
    protected = cbor.dumps({ALG: EDDSA, KID: _kid(key.public_key())})
    return cbor.dumps([protected, {}, payload, key.sign(_to_be_signed(protected, payload))])


def verify1(message: bytes, public_pems: Mapping[bytes, bytes]) -> bytes:
    """The payload of ``message``, checked against kid → PEM. Raises ``NotAuthentic``."""
    protected, payload, signature, kid = _parts(message)
    known = public_pems.get(kid)
    if known is None:
        raise NotAuthentic("unknown_key")
    try:
        _public(known).verify(signature, _to_be_signed(protected, payload))
    except InvalidSignature as error:
        raise NotAuthentic("bad_signature") from error
    return payload


def _parts(message: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    try:
        value = cbor.loads(message)
        protected, unprotected, payload, signature = value
        header = cbor.loads(protected)
        kid = header[KID]
    except (ValueError, TypeError, KeyError) as error:
        raise NotAuthentic("malformed") from error
    exact = header == {ALG: EDDSA, KID: kid} and unprotected == {}
    kinds = all(isinstance(part, bytes) for part in (protected, payload, signature, kid))
    if not (exact and kinds):
        raise NotAuthentic("malformed")
    return protected, payload, signature, kid


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return cbor.dumps(["Signature1", protected, b"", payload])


def _kid(key: Ed25519PublicKey) -> bytes:
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return sm3(der)[:KID_BYTES]


def _private(pem: bytes) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise HouseFailure("the code key is no private key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise HouseFailure("the code key is not Ed25519")
    return key


def _public(pem: bytes) -> Ed25519PublicKey:
    try:
        key = serialization.load_pem_public_key(pem)
    except ValueError as error:
        raise HouseFailure("the code's public key is no public key") from error
    if not isinstance(key, Ed25519PublicKey):
        raise HouseFailure("the code's public key is not Ed25519")
    return key
