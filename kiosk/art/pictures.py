"""The larger drawings: the card on its reader, the certificate's paper and seal, the slot, the big tick.

Each is a list of layers on a grid of its own, drawn to fit a rectangle at its true size.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from kiosk import theme
from kiosk.art import raster
from kiosk.art.paths import box, circle
from kiosk.art.surfaces import Pixels


class Layer(NamedTuple):
    """``line`` 0 fills ``path``; else a line of that width follows it."""

    path: str
    colour: str
    opacity: float = 1.0
    line: float = 0.0


class Scene(NamedTuple):
    width: float
    height: float
    layers: tuple[Layer, ...]


STAR = "".join(
    f"{'ML'[bool(i)]}{100 + r * math.sin(i * math.pi / 5):.2f} {100 - r * math.cos(i * math.pi / 5):.2f}"
    for i in range(10)
    for r in [34 if i % 2 == 0 else 13]
)


def _card(dx: float, dy: float) -> tuple[Layer, ...]:
    lines = ((22, 26, 62), (22, 46, 44), (22, 66, 76), (22, 86, 52), (22, 108, 152))
    return (
        Layer(box(dx + 2, dy + 5, 196, 128, 13), "#0B2A66", 0.10),
        Layer(box(dx, dy, 196, 126, 12), "#CFE4FF"),
        Layer(box(dx, dy, 196, 126, 12), "#8FB8EF", 1.0, 2.4),
        *(Layer(box(dx + x, dy + y, w, 7, 3.5), "#5E84BE", 0.9) for x, y, w in lines),
        Layer(box(dx + 124, dy + 20, 54, 68, 6), "#F5FAFF"),
        Layer(circle(dx + 151, dy + 45, 13), "#6E96CF"),
        Layer(f"M{dx + 129} {dy + 84}A22 19 0 0 1 {dx + 173} {dy + 84}Z", "#6E96CF"),
    )


def _reader(light: str, dy: float = 0.0) -> tuple[Layer, ...]:
    waves = "".join(
        f"M{140 - r} {y + dy}A{r * 1.5} {r * 1.5} 0 0 1 {140 + r} {y + dy}" for r, y in ((28, 190), (18, 200), (8, 209))
    )
    return (
        Layer(box(12, 152 + dy, 256, 86, 22), "#0B2A66", 0.08),
        Layer(box(10, 146 + dy, 260, 86, 20), "#D9E5F8"),
        Layer(box(10, 146 + dy, 260, 86, 20), "#B9CDEC", 1.0, 2),
        Layer(box(26, 160 + dy, 228, 58, 12), "#16346F"),
        Layer(waves, light, 1.0, 4),
    )


SCENES: dict[str, Scene] = {
    "reader": Scene(280, 244, (*_reader("#9FD0FF"), *_card(42, 18))),
    "reader_busy": Scene(280, 244, (*_reader("#6BE39A"), *_card(42, 34))),
    "lift_card": Scene(
        280, 300, (*_reader("#9FD0FF", 56), *_card(42, 46), Layer("M140 34V6M126 19L140 5L154 19", theme.GREEN, 1.0, 7))
    ),
    "slot": Scene(640, 60, (Layer(box(0, 0, 640, 60, 24), "#1B2E57"), Layer(box(34, 18, 572, 18, 9), "#081430"))),
    "sheet": Scene(
        280,
        250,
        (
            Layer(box(10, 12, 260, 66, 20), "#1B2E57"),
            Layer(box(30, 40, 220, 20, 10), "#081430"),
            Layer(box(30, 22, 220, 6, 3), "#35C46E"),
            Layer(box(56, 52, 172, 164, 3), "#0B2A66", 0.10),
            Layer("M54 50H226V208A4 4 0 0 1 222 212H58A4 4 0 0 1 54 208Z", theme.CREAM),
            Layer("M63 52V203H217V52", theme.GOLD, 0.8, 2),
            *(Layer(box(82, y, w, 7, 3.5), "#7C8BA6", 0.55) for y, w in ((96, 116), (116, 92), (136, 104))),
            Layer(box(104, 66, 72, 13, 3), theme.SEAL, 0.85),
            Layer(circle(186, 172, 21), theme.SEAL, 0.9, 3),
            Layer(
                "M186 160L189.5 168.5L198 169L191.5 174.5L194 183L186 178L178 183L180.5 174.5L174 169L182.5 168.5Z",
                theme.SEAL,
            ),
            Layer("M140 222V246M129 236L140 247L151 236", theme.GREEN, 1.0, 5),
        ),
    ),
    "done": Scene(
        280,
        280,
        (
            Layer(circle(140, 140, 138), theme.GREEN, 0.08),
            Layer(circle(140, 140, 112), theme.GREEN, 0.14),
            Layer(circle(140, 140, 84), theme.GREEN),
            Layer("M104 142L130 168L178 116", "#FFFFFF", 1.0, 15),
        ),
    ),
    "seal": Scene(
        200,
        200,
        (
            Layer(circle(100, 100, 92), theme.SEAL, 0.86, 6),
            Layer(circle(100, 100, 80), theme.SEAL, 0.5, 1.6),
            Layer(STAR + "Z", theme.SEAL, 0.86),
        ),
    ),
}


def picture(name: str, width: int, height: int) -> Pixels:
    """The scene called ``name`` in the middle of ``width`` × ``height`` px. Raises ``KeyError`` when there is none."""
    if name == "paper":
        return _paper(width, height)
    scene = SCENES[name]
    scale = min(width / scene.width, height / scene.height)
    size = (max(1, round(scene.width * scale)), max(1, round(scene.height * scale)))
    pixels = raster.painted([_covered(layer, size, scale) for layer in scene.layers], size)
    out = np.zeros((height, width, 4), np.uint8)
    top, left = (height - size[1]) // 2, (width - size[0]) // 2
    out[top : top + size[1], left : left + size[0]] = pixels
    return out


def _covered(layer: Layer, size: tuple[int, int], scale: float) -> tuple[raster.Patch, tuple[int, int, int], float]:
    if layer.line:
        patch = raster.stroked(layer.path, size, scale, layer.line)
    else:
        patch = raster.filled(layer.path, size, scale)
    return patch, raster.rgb(layer.colour), layer.opacity


def _paper(width: int, height: int) -> Pixels:
    """The certificate's ground: cream paper, fine waves, a double golden frame with square corners."""
    waves = _waves(width, height)
    frame = Layer(box(9, 9, width - 18, height - 18), theme.GOLD, 1.0, 3.4)
    inner = Layer(box(16, 16, width - 32, height - 32), theme.GOLD, 0.7, 1.2)
    squares = "".join(box(x, y, 16, 16) for x in (8, width - 24) for y in (8, height - 24))
    layers = [
        (raster.Patch(np.ones((height, width), np.float32), 0, 0), raster.rgb(theme.CREAM), 1.0),
        (raster.Patch(waves, 0, 0), raster.rgb("#B9A66A"), 0.22),
        *(_covered(layer, (width, height), 1.0) for layer in (frame, inner)),
        _covered(Layer(squares, theme.CREAM), (width, height), 1.0),
        _covered(Layer(squares, theme.GOLD, 1.0, 2), (width, height), 1.0),
    ]
    return raster.painted(layers, (width, height))


def _waves(width: int, height: int) -> raster.Mask:
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    y = np.arange(height, dtype=np.float32)[:, None]
    mask = np.zeros((height, width), np.float32)
    for line in range(-1, height // 26 + 2):
        middle = line * 26 + 9 * np.sin(x * 9 + line * 0.7) + 5 * np.sin(x * 23 + line)
        mask = np.maximum(mask, np.clip(1.1 - np.abs(y - middle), 0, 1))
    return mask
