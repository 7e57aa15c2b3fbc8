"""The verification code on a certificate: a QR code that proves its issue offline, and a short code to type.

The QR holds ``HTTPS://HOST/C/`` and, in base32, a COSE_Sign1 with integer keys; everything upper case, so that the symbol
stays in alphanumeric mode and any phone opens it. It proves that the certificate was issued, not that it is still in force.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.failures import HouseFailure
from core.numbers import LicenceId
from printing.face import CertificateFace
from printing.ports import cbor, cose, qr

MAX_VERSION = 12
SIDE_MM = 30.0
QUIET_MODULES = 4
SHORT_LENGTH = 10
SHORT_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
MOST_CHARACTERS = 419  # alphanumeric capacity of version 12 at level M, ISO/IEC 18004 table 7

_MOST_NAME = 60
_EPOCH = date(1970, 1, 1)
_PATH = "/C/"
_AUTHORITY, _TYPE, _ISSUER, _SERIAL, _VERSION, _HOLDER, _FROM, _TO, _DIGEST = 1, 2, 3, 4, 5, 7, 11, 12, 13
_SHAPE = {
    **dict.fromkeys((_AUTHORITY, _TYPE, _ISSUER, _SERIAL, _HOLDER), str),
    **dict.fromkeys((_VERSION, _FROM), int),
    _DIGEST: bytes,
}


@dataclass(frozen=True, slots=True, repr=False)
class CodeClaims:
    """What a code says. ``holder`` may be cut short (it then ends in …); ``digest`` is that of the face, 16 bytes."""

    identifier: LicenceId
    holder: str
    valid_from: date
    valid_to: date | None
    digest: bytes

    def __repr__(self) -> str:
        return f"CodeClaims({self.identifier})"


@dataclass(frozen=True, slots=True)
class CodeVerdict:
    """``reasons`` is empty for a genuine code, else fixed words: ``not_a_code other_host malformed unknown_key bad_signature face_differs``."""

    claims: CodeClaims | None
    reasons: tuple[str, ...] = ()

    @property
    def genuine(self) -> bool:
        return self.claims is not None and not self.reasons


@dataclass(frozen=True, slots=True)
class VerifyCode:
    """A drawn code: the text inside and its picture."""

    url: str
    picture: qr.QrPicture


def new_short_code() -> str:
    """Ten random characters (50 bits) for typing by hand; the server that checks them must limit the rate."""
    return "".join(secrets.choice(SHORT_ALPHABET) for _ in range(SHORT_LENGTH))


def clean_short_code(typed: str) -> str:
    """A typed code as it was issued: spaces and dashes out, O → 0, I and L → 1."""
    table = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})
    return typed.upper().translate(table)


def grouped(short: str) -> str:
    """``ABCDE-FGHJK``, as printed."""
    return "-".join(short[i : i + 5] for i in range(0, len(short), 5))


def make_code(face: CertificateFace, private_pem: bytes, host: str) -> VerifyCode:
    """The code of ``face`` under the QR key, at most version 12-M.

    A holder's name too long for it is cut and ends in … (the digest binds the whole). ``HouseFailure`` when even a
    nameless code would be too dense, because ``host`` is too long.
    """
    start = f"HTTPS://{host.upper()}{_PATH}"
    for name in _shorter_and_shorter(face.holder):
        url = start + _token(face, name, private_pem)
        if len(url) <= MOST_CHARACTERS:
            return VerifyCode(url, qr.draw(url, MAX_VERSION))
    raise HouseFailure("the verification host is too long for a QR code of version 12")


def _shorter_and_shorter(name: str) -> Iterator[str]:
    yield name
    for kept in range(min(len(name) - 1, _MOST_NAME), -1, -1):
        yield f"{name[:kept]}…"


def _token(face: CertificateFace, name: str, private_pem: bytes) -> str:
    message = cose.sign1(cbor.dumps(_payload(face, name)), private_pem)
    return base64.b32encode(message).decode().rstrip("=")


def _payload(face: CertificateFace, name: str) -> dict[int, Any]:
    named = face.identifier
    payload: dict[int, Any] = {
        _AUTHORITY: named.type_code[:18],
        _TYPE: named.type_code[18:],
        _ISSUER: named.issuer,
        _SERIAL: named.serial,
        _VERSION: named.version,
        _HOLDER: name,
        _FROM: (face.valid_from - _EPOCH).days,
        _DIGEST: face.digest,
    }
    if face.valid_to is not None:
        payload[_TO] = (face.valid_to - _EPOCH).days
    return payload


def verify_code(
    scanned: str, public_pems: Mapping[bytes, bytes], host: str | None = None, face: CertificateFace | None = None
) -> CodeVerdict:
    """Judge a scanned code offline against kid → PEM; with ``face``, whether it is the code of that face.

    ``host`` limits which server the code may lead to. Never raises for bad input.
    """
    scheme, _, rest = scanned.partition("://")
    found_host, slash, token = rest.partition(_PATH)
    if scheme.upper() != "HTTPS" or not slash:
        return CodeVerdict(None, ("not_a_code",))
    verdict = verify_token(token, public_pems)
    reasons = list(verdict.reasons)
    if host is not None and found_host.upper() != host.upper():
        reasons.append("other_host")
    if face is not None and verdict.claims is not None and not _same(verdict.claims, face):
        reasons.append("face_differs")
    return CodeVerdict(verdict.claims, tuple(reasons))


def verify_token(token: str, public_pems: Mapping[bytes, bytes]) -> CodeVerdict:
    """Judge the part after ``/C/`` alone, as a web route receives it."""
    try:
        payload = cose.verify1(_unbase32(token), public_pems)
        return CodeVerdict(_claims(payload))
    except cose.NotAuthentic as error:
        return CodeVerdict(None, (str(error),))
    except (ValueError, OverflowError):
        return CodeVerdict(None, ("malformed",))


def _unbase32(token: str) -> bytes:
    try:
        data = base64.b32decode(token + "=" * (-len(token) % 8))
    except binascii.Error as error:
        raise ValueError("not base32") from error
    if base64.b32encode(data).decode().rstrip("=") != token:
        raise ValueError("not the one spelling of these bytes")
    return data


def _claims(payload: bytes) -> CodeClaims:
    body = cbor.loads(payload)
    if not isinstance(body, dict) or any(type(body.get(key)) is not kind for key, kind in _SHAPE.items()):
        raise ValueError("not the claims of a certificate")
    identifier = LicenceId(body[_AUTHORITY] + body[_TYPE], body[_ISSUER], body[_SERIAL], body[_VERSION])
    until = body.get(_TO)
    if until is not None and type(until) is not int:
        raise ValueError("not a day")
    return CodeClaims(
        identifier=identifier,
        holder=body[_HOLDER],
        valid_from=_EPOCH + timedelta(days=body[_FROM]),
        valid_to=None if until is None else _EPOCH + timedelta(days=until),
        digest=body[_DIGEST],
    )


def _same(claims: CodeClaims, face: CertificateFace) -> bool:
    return claims.digest == face.digest and str(claims.identifier) == str(face.identifier)


def trusted(*public: bytes) -> dict[bytes, bytes]:
    """kid → PEM of public keys, as the verifiers want them. ``HouseFailure`` for a key that is not Ed25519."""
    keys = {cose.key_id(pem): pem for pem in public}
    if len(keys) != len(public):
        raise HouseFailure("a public key twice")
    return keys
