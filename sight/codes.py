"""QR codes and barcodes in a picture.

zxing-cpp alone: of the decoders measured it read most and invented nothing, while OpenCV's barcode reader made up EAN
numbers. OpenCV only opens the picture. Text is UTF-8 if it can be, else GB18030, because Chinese codes come in both.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy
import zxingcpp

_MOST_PIXELS = 50_000_000


class NotAPicture(ValueError):
    """The bytes are no picture we open, or one too large to be honest."""


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """``format`` as zxing names it (``QRCode``, ``Code128`` …); ``corners`` clockwise from top left, in pixels."""

    format: str
    data: bytes
    corners: tuple[tuple[int, int], ...]

    @property
    def text(self) -> str:
        try:
            return self.data.decode()
        except UnicodeDecodeError:
            return self.data.decode("gb18030", errors="replace")

    def __repr__(self) -> str:
        return f"Code({self.format}, {len(self.data)} bytes)"


def read_codes(picture: bytes) -> tuple[Code, ...]:
    """All codes in an encoded picture (PNG, JPEG …), in reading order. ``NotAPicture`` if it cannot be opened."""
    pixels = _pixels(picture)
    found = zxingcpp.read_barcodes(pixels)
    codes = [Code(str(one.format).replace(" ", ""), bytes(one.bytes), _corners(one.position)) for one in found]
    return tuple(sorted(codes, key=lambda code: (code.corners[0][1], code.corners[0][0])))


def _pixels(picture: bytes) -> numpy.ndarray:
    if not picture:
        raise NotAPicture("empty")
    try:
        pixels = cv2.imdecode(numpy.frombuffer(picture, numpy.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error as error:
        raise NotAPicture("cannot be decoded") from error
    if pixels is None:
        raise NotAPicture("not a PNG, JPEG or the like")
    if pixels.size > _MOST_PIXELS:
        raise NotAPicture(f"{pixels.size} pixels are too many")
    return pixels


def _corners(position: zxingcpp.Position) -> tuple[tuple[int, int], ...]:
    points = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return tuple((int(point.x), int(point.y)) for point in points)
