"""The sealed original: poppler accepts it, every tampering is found, and each key signs one kind of thing."""

from __future__ import annotations

import io
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from core.failures import FormIncomplete, HouseFailure
from core.papers import Document
from printing.original import seal_certificate, sign_receipt
from printing.ports import cose, pki
from printing.ports.pades import PadesTestSigner, verify_pdf
from printing.receipts import ReceiptKind, render_receipt
from printing.render import render_face
from printing.signing import Check, KeyUse, SignerPems, all_passed
from printing.verify_code import trusted
from tests.printing.face import pages
from tests.printing.face.samples import FACE, NOW, RECEIPTS, authority, code_of, face_with, signer

DPI = 300


@cache
def original() -> Document:
    return seal_certificate(FACE, code_of(FACE), signer(KeyUse.SEAL))


def checks(pdf: bytes, use: KeyUse = KeyUse.SEAL, *trust: bytes) -> tuple[Check, ...]:
    return verify_pdf(pdf, trust or (authority().certificate,), use, NOW)


def failed(pdf: bytes, use: KeyUse = KeyUse.SEAL, *trust: bytes) -> set[str]:
    return {check.name for check in checks(pdf, use, *trust) if not check.passed}


def test_every_check_passes():
    found = checks(original().data)
    assert all_passed(found)
    assert [check.name for check in found] == [
        *("readable", "signed", "whole_file", "intact", "signature", "unchanged", "chain", "use", "padding")
    ]


def test_poppler_accepts_it(tmp_path: Path):
    said = pages.pdfsig(original().data, tmp_path)
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "test signer" in said
    assert "Signing Time: Nov 22 2026" in said


def test_poppler_finds_tampering(tmp_path: Path):
    assert "Signature is Valid" not in pages.pdfsig(_flipped(original().data, 5000), tmp_path)


def test_it_is_the_page_plus_a_line_end_plus_the_signature():
    """The line end keeps PDF/A 6.1.9; typst's own file has none after %%EOF."""
    page = render_face(FACE, code_of(FACE)).data
    assert page.endswith(b"%%EOF")
    assert original().data.startswith(page + b"\n")


def test_still_marked_pdf_a(tmp_path: Path):
    reader = PdfFileReader(io.BytesIO(original().data))
    metadata = reader.root["/Metadata"].data
    assert b"pdfaid:part" in metadata
    assert len(reader.root["/OutputIntents"]) == 1
    field = reader.embedded_signatures[0].sig_field
    assert field["/F"] & 4  # PDF/A 6.3.3: an annotation is printed
    assert not field["/F"] & 0b10_0011  # and neither invisible, hidden nor barred from view
    assert "/N" in field["/AP"]
    for line in pages.fonts(original().data, tmp_path):
        assert line[-5:-2] == ["yes", "yes", "yes"]


def test_the_seal_is_the_visible_part_of_the_signature(tmp_path: Path):
    seal = pages.red(pages.raster(original().data, tmp_path, DPI))
    seal[: int(70 / 25.4 * DPI)] = False
    assert pages.extent(seal, DPI) == pytest.approx((202, 139, 244, 181), abs=25.4 / DPI + 0.02)


@pytest.mark.parametrize("place", [20, 1000, 20000, 60000, 85000])
def test_a_flipped_bit_is_found(place: int):
    assert failed(_flipped(original().data, place))


def _flipped(pdf: bytes, place: int) -> bytes:
    changed = bytearray(pdf)
    changed[place] ^= 1
    return bytes(changed)


def test_a_changed_name_is_found():
    """As a forger would: the page of another face in place of the signed one, the rest kept."""
    mine, other = (render_face(face, code_of(face)).data for face in (FACE, face_with("unit_name", "别家")))
    forged = other + original().data[len(mine) :]
    assert failed(forged)


def test_what_is_added_later_is_found():
    assert "whole_file" in failed(original().data + b"\n% later\n")
    writer = IncrementalPdfFileWriter(io.BytesIO(original().data))
    writer.root["/Lang"] = writer.root["/Type"]
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert {"whole_file", "unchanged"} & failed(out.getvalue())


def test_hidden_bytes_behind_the_signature_are_found():
    pdf = original().data
    end = pdf.index(b">", pdf.index(b"/Contents <"))
    assert pdf[end - 2 : end] == b"00"
    assert failed(pdf[: end - 2] + b"ff" + pdf[end:]) == {"padding"}


@pytest.mark.parametrize("cut", [0, 10, 50000, -1, -600, -3000])
def test_a_part_of_a_file_is_no_file(cut: int):
    assert failed(original().data[:cut])


def test_not_signed_at_all():
    assert failed(render_face(FACE, code_of(FACE)).data) == {"signed"}
    assert failed(b"hello") == {"readable"}


def test_another_authority_is_not_ours():
    stranger = pki.create_test_authority(NOW)
    assert failed(original().data, KeyUse.SEAL, stranger.certificate) == {"chain"}
    forger = PadesTestSigner(pki.create_test_signer(stranger, KeyUse.SEAL, NOW))
    assert failed(seal_certificate(FACE, code_of(FACE), forger).data) == {"chain"}


def test_certificates_end():
    late = NOW + timedelta(days=pki.SIGNER_DAYS + 1)
    found = verify_pdf(original().data, (authority().certificate,), KeyUse.SEAL, late)
    assert {check.name for check in found if not check.passed} == {"chain"}


def test_trust_must_be_certificates():
    with pytest.raises(HouseFailure, match="certificate"):
        checks(original().data, KeyUse.SEAL, b"no certificate")


def test_each_key_signs_one_kind_of_thing():
    receipt = render_receipt(ReceiptKind.DECISION, RECEIPTS[ReceiptKind.DECISION])
    with pytest.raises(HouseFailure, match="seal key"):
        seal_certificate(FACE, code_of(FACE), signer(KeyUse.RECEIPT))
    with pytest.raises(HouseFailure, match="receipts key"):
        sign_receipt(receipt, signer(KeyUse.SEAL))
    assert failed(signer(KeyUse.RECEIPT).sign(render_face(FACE, code_of(FACE)).data)) == {"use"}
    with pytest.raises(HouseFailure, match="Ed25519"):
        cose.sign1(b"", pki.create_test_signer(authority(), KeyUse.SEAL, NOW).key)
    with pytest.raises(HouseFailure):
        trusted(authority().certificate)


def test_a_signed_receipt_verifies(tmp_path: Path):
    receipt = render_receipt(ReceiptKind.DECISION, RECEIPTS[ReceiptKind.DECISION])
    signed = sign_receipt(receipt, signer(KeyUse.RECEIPT))
    assert all_passed(checks(signed.data, KeyUse.RECEIPT))
    assert "Signature is Valid" in pages.pdfsig(signed.data, tmp_path)


def test_a_certified_file_is_not_signed_again():
    with pytest.raises(HouseFailure):
        signer(KeyUse.SEAL).sign(original().data)


@pytest.mark.parametrize("pdf", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_not_signed(pdf: bytes):
    with pytest.raises(HouseFailure):
        signer(KeyUse.SEAL).sign(pdf)


def test_broken_keys_are_refused():
    good = pki.create_test_signer(authority(), KeyUse.SEAL, NOW)
    for key, certificate in ((b"x", good.certificate), (good.key, b"x")):
        with pytest.raises(HouseFailure):
            PadesTestSigner(SignerPems(KeyUse.SEAL, key, certificate, good.authority))


@pytest.mark.parametrize("key", [b"x", cose.new_key()])
def test_an_authority_needs_its_own_kind_of_key(key: bytes):
    with pytest.raises(HouseFailure, match="authority"):
        pki.create_test_signer(pki.AuthorityPems(key, authority().certificate), KeyUse.SEAL, NOW)


def test_nothing_is_sealed_that_cannot_be_printed():
    face = face_with("address", "测" * 200)
    with pytest.raises(FormIncomplete):
        seal_certificate(face, code_of(face), signer(KeyUse.SEAL))


def test_no_repr_shows_a_key():
    assert "PRIVATE" not in repr(pki.create_test_signer(authority(), KeyUse.SEAL, NOW)) + repr(authority())


def test_no_checks_is_not_all_passed():
    assert not all_passed(())
