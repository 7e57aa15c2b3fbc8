"""Every sample face as a picture: ``python -m tests.glass.gallery --out DIR [--wide] [--elder] [--english] [NAME …]``.

``--sheet FILE`` lays them side by side on one picture.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from core.settings import Screen
from core.words import Language
from kiosk import environment

ROOT = Path(__file__).resolve().parents[2]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--wide", action="store_true")
    parser.add_argument("--elder", action="store_true")
    parser.add_argument("--english", action="store_true")
    parser.add_argument("--inches", type=float, default=32.0)
    parser.add_argument("--scale", type=float, default=1.0)
    return parser.parse_args()


def main() -> None:
    told = _arguments()
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    size = (1920, 1080) if told.wide else (1080, 1920)
    environment.prepare(Screen(width=round(size[0] * told.scale), height=round(size[1] * told.scale), fullscreen=False))
    _draw(told)


def _draw(told: argparse.Namespace) -> None:
    """Kivy is imported only here: its window opens on import of the first widget."""
    from kivy.base import EventLoop, runTouchApp, stopTouchApp
    from kivy.core.window import Window

    from kiosk import fonts
    from kiosk.keyboard.pinyin import Pinyin
    from kiosk.widgets.pane import Pane
    from tests.glass import samples
    from tests.glass.picture import save_picture, save_sheet

    fonts.register()
    words = Pinyin()
    pane = Pane(send=lambda event: None, offers=words.candidates, diagonal=told.inches)
    Window.add_widget(pane)
    runTouchApp(embedded=True)
    made = samples.faces(Language.EN if told.english else Language.ZH, told.elder)
    told.out.mkdir(parents=True, exist_ok=True)
    for name in told.names or made:
        pane.show(made[name])
        if name == "form_text":
            _type(pane, "baojiegui")
        for _ in range(3):
            EventLoop.idle()
        save_picture(told.out / f"{name}.png")
    words.close()
    stopTouchApp()
    if told.sheet is not None:
        save_sheet([told.out / f"{name}.png" for name in told.names or made], told.sheet)


def _type(pane: object, letters: str) -> None:
    from kiosk.keyboard.keys import Key

    for letter in letters:
        pane.act(Key("letter", letter))


if __name__ == "__main__":
    main()
