"""Over TLS: only a centre whose certificate is trusted and bears its name is spoken to."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from core.failures import CentreAway
from core.waiting import Patience
from kiosk.ports.http import HttpDoor
from tests.kiosk.misbehaving import Misbehaving, answer


def certificate(folder: Path, address: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server that calls itself ``address``, and a client that trusts just that certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .sign(key, SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return server, ssl.create_default_context(cafile=str(folder / "cert.pem"))


def asked(url: str, trust: ssl.SSLContext | None) -> bytes:
    door = HttpDoor(url, 1000, trust)
    try:
        return door.post("/", {}, b"body", Patience(10)).data
    finally:
        door.close()


def test_a_trusted_centre_is_spoken_to(tmp_path: Path) -> None:
    server, client = certificate(tmp_path, "127.0.0.1")
    with Misbehaving(answer(200, b"hello"), tls=server) as centre:
        assert asked(centre.url, client) == b"hello"


def test_a_stranger_is_told_nothing(tmp_path: Path) -> None:
    server, _ = certificate(tmp_path, "127.0.0.1")
    with Misbehaving(answer(200, b"hello"), tls=server) as centre, pytest.raises(CentreAway):
        asked(centre.url, None)
    assert centre.requests == []


def test_nor_is_somebody_of_another_name(tmp_path: Path) -> None:
    server, client = certificate(tmp_path, "127.0.0.2")
    with Misbehaving(answer(200, b"hello"), tls=server) as centre, pytest.raises(CentreAway):
        asked(centre.url, client)
    assert centre.requests == []
