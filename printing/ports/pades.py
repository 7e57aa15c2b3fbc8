"""PAdES signatures by pyHanko: the test signer and the verifier.

pyHanko runs its own event loop (``asyncio.run``): call from a thread without one. It cannot do SM2; the seal of a PDF is
P-256 and the national algorithms' seal belongs to OFD.
"""

from __future__ import annotations

import binascii
import io
import uuid
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from asn1crypto import cms, keys, pem, x509
from pyhanko.pdf_utils import content, layout
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from core.clock import Clock, SystemClock
from core.failures import HouseFailure
from printing.signing import Box, Check, KeyUse, SignerPems, Stamp

FIELD = "TongbanSeal"
POINTS_PER_MM = 72 / 25.4
# What pyHanko was seen to raise for broken files (or may: it hands on what its parsers raise).
BROKEN = (
    *(PdfError, SignatureValidationError, ValueError, LookupError, TypeError, AttributeError),
    *(ArithmeticError, RecursionError, zlib.error),
)


class PadesTestSigner:
    """A ``DocumentSigner`` with a software key: for development and tests only. May be shared by threads."""

    def __init__(self, pems: SignerPems, clock: Clock | None = None) -> None:
        self._pems = pems
        self._clock = clock or SystemClock()
        self._signer = _simple_signer(pems)

    @property
    def use(self) -> KeyUse:
        return self._pems.use

    def sign(self, pdf: bytes, stamp: Stamp | None = None) -> bytes:
        # PDF/A 6.1.9 wants a line end before the next object; typst's file ends right after %%EOF.
        source = io.BytesIO(pdf if pdf.endswith(b"\n") else pdf + b"\n")
        try:
            writer = IncrementalPdfFileWriter(source)
            signer = self._pdf_signer(writer, stamp)
            return bytes(signer.sign_pdf(writer).getvalue())
        except (PdfError, SigningError, ValueError) as error:
            raise HouseFailure(f"test signer ({self.use}): {type(error).__name__}") from error

    def _pdf_signer(self, writer: IncrementalPdfFileWriter, stamp: Stamp | None) -> _ClockedSigner:
        meta = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            reason="电子签章（测试签名，无法律效力）",
            name=f"Tongban test signer ({self.use})",
            subfilter=fields.SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        )
        style = None if stamp is None else _seal_style(stamp)
        box: Any = None if stamp is None else _rectangle(writer, stamp.box)
        spec = fields.SigFieldSpec(FIELD, on_page=0, box=box)
        return _ClockedSigner(self._clock.now(), meta, signer=self._signer, stamp_style=style, new_field_spec=spec)


class _ClockedSigner(signers.PdfSigner):
    """Takes the time of signing from the house's clock."""

    def __init__(self, at: datetime, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._at = at

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


class _SealPage(content.PdfContent):
    """The first page of a PDF in memory as a vector picture."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        imported = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        name = b"/Seal" + binascii.hexlify(uuid.uuid4().bytes)
        self.resources.xobject[name.decode()] = imported
        left, bottom, right, top = imported.get_object()["/BBox"]
        self.box = layout.BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return name + b" Do"


def _seal_style(stamp: Stamp) -> StaticStampStyle:
    fill = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID, y_align=layout.AxisAlignment.ALIGN_MID, margins=layout.Margins()
    )
    return StaticStampStyle(
        border_width=0, background=_SealPage(stamp.page), background_layout=fill, background_opacity=1
    )


def _rectangle(writer: IncrementalPdfFileWriter, box: Box) -> tuple[float, float, float, float]:
    """The box in PDF units from the bottom left of page 1."""
    pages: Any = writer
    page = pages.find_page_for_modification(0)[0].get_object()
    top = float(page["/MediaBox"][3]) - box.y * POINTS_PER_MM
    left = box.x * POINTS_PER_MM
    return (left, top - box.height * POINTS_PER_MM, left + box.width * POINTS_PER_MM, top)


def _simple_signer(pems: SignerPems) -> signers.SimpleSigner:
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(_certificates((pems.authority,)))
    (certificate,) = _certificates((pems.certificate,))
    try:
        key = keys.PrivateKeyInfo.load(pem.unarmor(pems.key)[2])
    except (ValueError, TypeError) as error:
        raise HouseFailure("the signing key is not a PEM private key") from error
    return signers.SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=registry)


def _certificates(pems: Iterable[bytes]) -> list[x509.Certificate]:
    try:
        return [x509.Certificate.load(pem.unarmor(text)[2]) for text in pems]
    except (ValueError, TypeError) as error:
        raise HouseFailure("not a PEM certificate") from error


def verify_pdf(pdf: bytes, trust_pems: Iterable[bytes], use: KeyUse, at: datetime | None = None) -> tuple[Check, ...]:
    """Judge a signed file against trusted authority certificates and the use its key should have.

    ``at`` is the moment to judge the certificates at, by default now. Revocation is not asked: a test authority has none.
    Never raises for a bad file; ``HouseFailure`` when ``trust_pems`` are no certificates.
    """
    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        readable = Check("readable", True)
    except BROKEN as error:
        return (Check("readable", False, type(error).__name__),)
    if len(found) != 1:
        return (readable, Check("signed", False, f"{len(found)} signatures"))
    context = ValidationContext(trust_roots=_certificates(trust_pems), moment=at, allow_fetching=False)
    try:
        status = validate_pdf_signature(found[0], context)
    except BROKEN as error:
        return (readable, Check("signed", False, type(error).__name__))
    return (readable, Check("signed", True), *_findings(status, use), _padding(found[0].pkcs7_content))


def _padding(contents: bytes) -> Check:
    """What stands behind the signature in its reserved place is covered by nothing, so it must be zeros."""
    used = len(cms.ContentInfo.load(contents).dump())
    return Check("padding", not contents[used:].strip(b"\0"))


def _findings(status: PdfSignatureStatus, use: KeyUse) -> tuple[Check, ...]:
    coverage = status.coverage or SignatureCoverageLevel.UNCLEAR
    unit = status.signing_cert.subject.native.get("organizational_unit_name", "")
    return (
        Check("whole_file", coverage == SignatureCoverageLevel.ENTIRE_FILE, coverage.name),
        Check("intact", bool(status.intact)),
        Check("signature", bool(status.valid)),
        Check("unchanged", bool(status.docmdp_ok)),
        Check(
            "chain",
            bool(status.trusted),
            "" if status.trusted else f"not judged or not ours: {status.trust_problem_indic}",
        ),
        Check("use", unit == use, f"key is for {unit}"),
    )
