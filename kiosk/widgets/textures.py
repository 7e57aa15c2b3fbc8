"""Textures of everything that is not text, made when first needed. They show no person, so they stay for good."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from kivy.graphics.texture import Texture

from kiosk.art import icons, pictures, raster, surfaces
from kiosk.art.patterns import PATTERNS
from kiosk.widgets.nodes import Surface


def texture(pixels: surfaces.Pixels) -> Texture:
    """Rows from the top become a texture as OpenGL likes it, from the bottom."""
    height, width = pixels.shape[:2]
    made = Texture.create(size=(width, height), colorfmt="rgba")
    made.blit_buffer(np.ascontiguousarray(pixels[::-1]).tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    return made


@lru_cache(maxsize=64)
def fill(radius: int) -> Texture:
    side = 2 * radius + 4
    return texture(surfaces.white(surfaces.rounded(side, side, radius)))


@lru_cache(maxsize=64)
def edge(radius: int, line: int) -> Texture:
    side = 2 * max(radius, line) + 4
    return texture(surfaces.white(surfaces.ring(side, side, radius, line)))


@lru_cache(maxsize=64)
def shadow(radius: int, blur: int, opacity: float) -> Texture:
    return texture(surfaces.shadow(radius, blur, opacity, 2 * radius + 4 * blur + 8))


@lru_cache(maxsize=48)
def ground(surface: Surface, width: int, height: int) -> Texture:
    """A gradient with its pattern, cut to its rounded shape at its true size."""
    picture = surfaces.gradient(width, height, surface.fill, surface.fill2 or surface.fill)
    if surface.art:
        PATTERNS[surface.art](picture)
    return texture(surfaces.cut(picture, surfaces.rounded(width, height, surface.radius)))


@lru_cache(maxsize=512)
def icon(name: str, size: int, duo: float) -> Texture:
    drawing, box, scale = icons.drawing(name), (size, size), size / 24
    layers = []
    if drawing.area:
        layers.append((raster.filled(drawing.area, box, scale), duo))
    if drawing.lines:
        layers.append((raster.stroked(drawing.lines, box, scale, icons.STROKE), 1.0))
    if drawing.solid:
        layers.append((raster.filled(drawing.solid, box, scale), 1.0))
    return texture(surfaces.white(raster.opacity(layers, box)))


@lru_cache(maxsize=24)
def picture(name: str, width: int, height: int) -> Texture:
    return texture(pictures.picture(name, width, height))


@lru_cache(maxsize=16)
def disc(diameter: int) -> Texture:
    return texture(surfaces.white(surfaces.rounded(diameter, diameter, diameter / 2)))


def arc(side: int, line: int, fraction: float) -> Texture:
    """The part of a ring that is left, clockwise from the top."""
    mask = surfaces.ring(side, side, side / 2, line)
    at = np.arange(side, dtype=np.float32) + 0.5 - side / 2
    angle = np.arctan2(at[None, :], -at[:, None]) % (2 * np.pi)
    reach = np.hypot(at[None, :], at[:, None])
    return texture(surfaces.white(mask * np.clip((fraction * 2 * np.pi - angle) * reach + 0.5, 0, 1)))
