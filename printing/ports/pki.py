"""A small test authority and test signers (P-256). Every name in them says *test signer*; nothing here has legal force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

from core.failures import HouseFailure
from printing.signing import KeyUse, SignerPems

ORGANISATION = "Tongban test signer, no legal force"
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
AUTHORITY_DAYS, SIGNER_DAYS = 3650, 1825


@dataclass(frozen=True, slots=True, repr=False)
class AuthorityPems:
    """The test authority: unencrypted key and self-signed certificate."""

    key: bytes
    certificate: bytes


def create_test_authority(now: datetime) -> AuthorityPems:
    """A fresh test authority, valid from the day before ``now`` (aware)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Tongban test authority", "authority")
    builder = _builder(name, name, key.public_key(), now, AUTHORITY_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    certificate = builder.sign(key, hashes.SHA256())
    return AuthorityPems(_key_pem(key), certificate.public_bytes(serialization.Encoding.PEM))


def create_test_signer(authority: AuthorityPems, use: KeyUse, now: datetime) -> SignerPems:
    """A fresh key for ``use`` with a certificate from ``authority``; ``HouseFailure`` if that is no authority."""
    try:
        issuer = x509.load_pem_x509_certificate(authority.certificate)
        issuer_key = serialization.load_pem_private_key(authority.key, password=None)
    except (ValueError, TypeError) as error:
        raise HouseFailure("the test authority's key or certificate is not PEM") from error
    if not isinstance(issuer_key, ec.EllipticCurvePrivateKey):
        raise HouseFailure("the test authority's key is not an elliptic curve key")
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name(f"Tongban test signer ({use})", use), issuer.subject, key.public_key(), now, SIGNER_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
    authority_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    builder = builder.add_extension(authority_id, critical=False)
    certificate = builder.sign(issuer_key, hashes.SHA256())
    return SignerPems(use, _key_pem(key), certificate.public_bytes(serialization.Encoding.PEM), authority.certificate)


def _name(common: str, unit: str) -> x509.Name:
    parts = (
        (NameOID.COUNTRY_NAME, "CN"),
        (NameOID.ORGANIZATION_NAME, ORGANISATION),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
        (NameOID.COMMON_NAME, common),
    )
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
