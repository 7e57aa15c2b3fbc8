"""The sealed original: face → page → PAdES signature whose appearance is the seal."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from core.failures import HouseFailure
from core.papers import Document
from printing.face import CertificateFace
from printing.ports.typst_port import compile_pdf
from printing.render import PDF, TEMPLATES, midnight, render_face, seal_box, template_path
from printing.seal_art import DIAMETER_MM, seal_svg
from printing.signing import DocumentSigner, KeyUse, Stamp
from printing.verify_code import VerifyCode


def seal_certificate(
    face: CertificateFace, code: VerifyCode, signer: DocumentSigner, *, templates: Path = TEMPLATES
) -> Document:
    """The sealed original of ``face``: PDF/A-2b, certified, its seal the visible part of the signature.

    Raises as ``render_face`` does, and ``HouseFailure`` when ``signer`` is not a seal's.
    """
    if signer.use is not KeyUse.SEAL:
        raise HouseFailure(f"a certificate needs a seal key, not one for {signer.use}")
    page = render_face(face, code, templates=templates)
    stamp = Stamp(seal_page(seal_svg(face.issuer), face.issued_on, templates), seal_box(face.template, templates))
    return Document(page.title, PDF, signer.sign(page.data, stamp))


def sign_receipt(receipt: Document, signer: DocumentSigner) -> Document:
    """``receipt`` with an invisible PAdES signature: its seal is drawn in the page. ``HouseFailure`` for another key."""
    if signer.use is not KeyUse.RECEIPT:
        raise HouseFailure(f"a receipt needs a receipts key, not one for {signer.use}")
    return Document(receipt.title, PDF, signer.sign(receipt.data))


@lru_cache(maxsize=32)
def seal_page(seal: str, day: date, templates: Path = TEMPLATES) -> bytes:
    """A one-page PDF that is nothing but the seal."""
    return compile_pdf(template_path("seal", templates), {"side": DIAMETER_MM}, {"seal": seal}, midnight(day))
