"""What is in the window's frame buffer now, as a PNG file; and many of them on one sheet."""

from __future__ import annotations

from pathlib import Path

from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
from PIL import Image

GAP = 16


def save_picture(path: Path) -> None:
    width, height = int(Window.width), int(Window.height)
    Window.dispatch("on_draw")
    pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
    Image.frombytes("RGB", (width, height), pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM).save(path)


def save_sheet(pictures: list[Path], sheet: Path) -> None:
    """All ``pictures`` (of one size) in rows on grey, two fifths as large."""
    shown = [Image.open(path).convert("RGB") for path in pictures]
    width, height = shown[0].width * 2 // 5, shown[0].height * 2 // 5
    across = 4 if height > width else 2
    down = -(-len(shown) // across)
    whole = Image.new("RGB", (across * (width + GAP) + GAP, down * (height + GAP) + GAP), "#8A94A6")
    for place, picture in enumerate(shown):
        corner = GAP + place % across * (width + GAP), GAP + place // across * (height + GAP)
        whole.paste(picture.resize((width, height), Image.Resampling.LANCZOS), corner)
    sheet.parent.mkdir(parents=True, exist_ok=True)
    whole.save(sheet, quality=86, subsampling=0, optimize=True)
