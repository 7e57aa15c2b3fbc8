"""Rounded rectangles, rings and shadows as small textures to be stretched (9-slice); exact coverage by distance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from kiosk.art.raster import Mask, rgb

Pixels = NDArray[np.uint8]
SHADOWS = {
    "card": (0.10, 18, 7),
    "key": (0.22, 2, 4),
    "button": (0.20, 10, 6),
    "up": (0.10, 16, -4),
    "float": (0.22, 34, 14),
}
"""Opacity, blur and fall (points) of each kind of shadow."""
SHADOW_INK = (16, 36, 84)


def distance(width: int, height: int, radius: float, inset: float = 0.0) -> Mask:
    """Distance in px of every pixel's middle from a rounded rectangle's edge; negative inside."""
    x = np.abs(np.arange(width, dtype=np.float32) + 0.5 - width / 2) - (width / 2 - radius - inset)
    y = np.abs(np.arange(height, dtype=np.float32) + 0.5 - height / 2) - (height / 2 - radius - inset)
    outside = np.hypot(np.maximum(x, 0)[None, :], np.maximum(y, 0)[:, None])
    inside = np.minimum(np.maximum(x[None, :], y[:, None]), 0)
    far: Mask = (outside + inside - radius).astype(np.float32)
    return far


def covered(depth: NDArray[np.float32]) -> Mask:
    """Coverage of a pixel whose middle lies ``depth`` px inside an edge, less half a pixel."""
    mask: Mask = np.clip(depth, 0, 1)
    return mask


def rounded(width: int, height: int, radius: float) -> Mask:
    return covered(0.5 - distance(width, height, radius))


def ring(width: int, height: int, radius: float, line: float) -> Mask:
    """Coverage of an edge ``line`` px wide inside a rounded rectangle."""
    hole = covered(0.5 - distance(width, height, max(0.0, radius - line), line))
    mask: Mask = rounded(width, height, radius) - hole
    return mask


def white(mask: Mask) -> Pixels:
    """A mask as white pixels of that opacity, to be tinted when drawn."""
    pixels = np.full((*mask.shape, 4), 255, np.uint8)
    pixels[..., 3] = np.round(mask * 255)
    return pixels


def shadow(radius: int, blur: int, opacity: float, side: int) -> Pixels:
    """The shadow of a rounded square of ``side`` px, with ``2 * blur`` px around it."""
    room = 2 * blur
    body = np.zeros((side + 2 * room, side + 2 * room), np.float32)
    body[room : room + side, room : room + side] = rounded(side, side, radius)
    image = Image.fromarray((body * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(blur * 0.62))
    pixels = np.empty((*body.shape, 4), np.uint8)
    pixels[..., :3] = SHADOW_INK
    pixels[..., 3] = np.round(np.asarray(image, np.float32) * opacity)
    return pixels


def gradient(width: int, height: int, first: str, second: str, slant: float = 0.6) -> NDArray[np.float32]:
    """RGB floats from the top left to the bottom right; half a step of noise keeps bands away."""
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    t = np.clip((x * slant + y) / (1 + slant), 0, 1)[..., None]
    one, two = np.asarray(rgb(first), np.float32), np.asarray(rgb(second), np.float32)
    noise = np.random.default_rng(7).random((height, width, 1), np.float32) - 0.5
    picture: NDArray[np.float32] = np.clip(one + (two - one) * t + noise, 0, 255)
    return picture


def lit(picture: NDArray[np.float32], mask: Mask, opacity: float) -> None:
    """Lay white of ``opacity`` over the part of ``picture`` that ``mask`` covers."""
    picture += (255 - picture) * (mask * opacity)[..., None]


def cut(picture: NDArray[np.float32], mask: Mask) -> Pixels:
    pixels = np.empty((*mask.shape, 4), np.uint8)
    pixels[..., :3] = np.round(picture)
    pixels[..., 3] = np.round(mask * 255)
    return pixels
