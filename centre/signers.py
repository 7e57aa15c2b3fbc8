"""The keys that sign certificates, receipts and verification codes.

The built-in signer is a test signer: for development only. In production a certified signature server stands behind
``DocumentSigner``; there is no adapter for one yet, so a production centre says so and does not start.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from core.clock import Clock
from core.failures import HouseFailure
from core.settings import Settings
from core.ulid import new_ulid
from printing.ports.pades import PadesTestSigner
from printing.ports.pki import create_test_authority, create_test_signer
from printing.signing import DocumentSigner, KeyUse, SignerPems
from printing.verify_code import trusted
from vault.keys import KeyStore

CODE_KEY = "verify-code"
_FILE = "test-signers.json"


@dataclass(frozen=True, slots=True, repr=False)
class Signers:
    """``code_pem``: the Ed25519 key of the QR code; ``code_keys``: kid → public PEM; ``authority``: PEM to judge seals by."""

    seal: DocumentSigner
    receipt: DocumentSigner
    code_pem: bytes
    code_keys: dict[bytes, bytes]
    authority: bytes


def open_signers(settings: Settings, keys: KeyStore, clock: Clock) -> Signers:
    folder = settings.centre.keys.folder
    if settings.profile != "development" or folder is None:
        raise HouseFailure("no certified signature server is connected, and the test signer is for development")
    pems = _test_pems(folder, clock)
    code = keys.signing(CODE_KEY)
    return Signers(
        seal=PadesTestSigner(pems[KeyUse.SEAL], clock),
        receipt=PadesTestSigner(pems[KeyUse.RECEIPT], clock),
        code_pem=code.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        code_keys=trusted(_public(code)),
        authority=pems[KeyUse.SEAL].authority,
    )


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _test_pems(folder: Path, clock: Clock) -> dict[KeyUse, SignerPems]:
    path = folder / _FILE
    if not path.exists():
        _make(path, clock)
    told = json.loads(path.read_text())
    return {
        KeyUse(use): SignerPems(KeyUse(use), *(pems[part].encode() for part in ("key", "certificate", "authority")))
        for use, pems in told.items()
    }


def _make(path: Path, clock: Clock) -> None:
    authority = create_test_authority(clock.now())
    signers = [create_test_signer(authority, use, clock.now()) for use in KeyUse]
    told = {signer.use.value: {name: pem.decode() for name, pem in _pems(signer).items()} for signer in signers}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{_FILE}.{new_ulid(clock)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(told, file)
    try:
        path.hardlink_to(draft)  # of two processes that start together the first one's keys count
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _pems(signer: SignerPems) -> dict[str, bytes]:
    return {"key": signer.key, "certificate": signer.certificate, "authority": signer.authority}
