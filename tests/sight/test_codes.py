"""Codes: what was printed is what is read; what is no code is not read."""

import io

import pytest
import qrcode
from PIL import Image

from sight.codes import NotAPicture, read_codes


def png(text: bytes) -> bytes:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    out = io.BytesIO()
    code.make_image().save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_survives_in_both_encodings(encoding):
    (code,) = read_codes(png("卫生许可证 𬭎".encode(encoding)))
    assert code.format == "QRCode"
    assert code.text == "卫生许可证 𬭎"


def test_two_codes_come_in_reading_order():
    both = Image.new("L", (900, 450), 255)
    for index, text in enumerate((b"LEFT", b"RIGHT")):
        both.paste(Image.open(io.BytesIO(png(text))).resize((400, 400)), (index * 450, 20))
    out = io.BytesIO()
    both.save(out, "PNG")
    assert [code.text for code in read_codes(out.getvalue())] == ["LEFT", "RIGHT"]


def test_a_blank_page_has_no_code():
    out = io.BytesIO()
    Image.new("L", (600, 800), 250).save(out, "PNG")
    assert read_codes(out.getvalue()) == ()


@pytest.mark.parametrize("rubbish", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_rubbish_is_refused(rubbish):
    with pytest.raises(NotAPicture):
        read_codes(rubbish)
