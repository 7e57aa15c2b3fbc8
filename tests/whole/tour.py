"""Every screen of a visit as a picture, from real visits: ``python -m tests.whole.tour DIR``, for ``docs/pictures``.

One robot on one house: the way to "you need nothing", a bad card, help, a whole visit with a jam in it, the first
screens in large print and in English, and the normal procedure. Pictures are named after what they show.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from drivers.printer.sim_control import Fault, change_control
from kiosk.robot.moves import Call, Draw, Fill, Keys, Scene, Tap
from kiosk.robot.plans import ITEM, form, signature, submitted, taken, to_card, to_review
from kiosk.stage.house import House
from tests.whole.front import Front, noted

Plan = tuple[Scene, ...]
AGAIN = "again"
"""Walked through without a picture worth keeping: seen before, or too short to be seen every time."""


def needs_nothing() -> Plan:
    return (
        Scene("home", (Tap(f"item.{ITEM}"),), patience_s=60),
        Scene("question", (Tap("answer.shop"),)),
        Scene("question", (Tap("answer.city_small"),), picture="question-size"),
        Scene("ending", (Tap("bar.home"),)),
    )


def looks() -> Plan:
    """Large print, and English, both put back."""
    return (
        Scene("home", (Tap("home.elder"),), patience_s=60, picture=AGAIN),
        Scene("home", (Tap("bar.elder"),), picture="home-large-print"),
        Scene("home", (Tap("bar.language"),), picture=AGAIN),
        Scene("home", (Tap("bar.language"),), picture="home-english"),
    )


def troubled_card(front: Front) -> Plan:
    return (
        *to_card(),
        Scene("card", (Tap("bar.help"),)),
        Scene("card", (Tap("overlay.stay"),), target="overlay.stay", picture="help"),
        Scene("card", (Call(front.lays("xin")),), picture=AGAIN),
        Scene("trouble", (Call(front.lifts), Tap("way.retry")), patience_s=60, picture="trouble-card"),
        Scene("card", (Call(front.lays("jia")),), picture=AGAIN),
        Scene("busy", optional=True, patience_s=60, picture=AGAIN),
    )


def to_signature() -> Plan:
    rest = tuple(move for move in form() if not (isinstance(move, Fill) and move.field == "phone"))
    return (
        Scene("form", (Tap("field.phone"), Keys("130")), patience_s=60),
        Scene("form", (Keys("00000000"), Tap("done"), *rest), picture="form-typing"),
        Scene("materials", (Tap("go"),)),
        Scene("busy", optional=True, patience_s=60, picture=AGAIN),
        Scene("pledge", (Tap("pledge"),), patience_s=60),
        Scene("sign", (Draw("sign.box", signature()),), picture=AGAIN),
        Scene("sign", (Tap("go"),)),
    )


def jammed(house: House) -> Plan:
    """The printer jams with the sheet; somebody clears it."""
    clear = Call(lambda: change_control(house.certificates, fault=Fault.NONE, seconds_per_page=2.0))
    return (
        Scene("review", (Tap("go"),)),
        Scene("busy", optional=True, patience_s=60, picture="busy"),
        Scene("printing", (Call(noted(house, "print.held")),), patience_s=120),
        Scene("printing", (clear,), picture="printing-held"),
    )


def normal_way(front: Front) -> Plan:
    scenes = (*to_review(front.lays("geng"), "normal"), *submitted(), *taken(front.lifts))
    return tuple(replace(scene, picture="received" if scene.screen == "take" else AGAIN) for scene in scenes)


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as made, House(Path(made) / "house") as house, Front(house, folder) as front:
        change_control(house.certificates, fault=Fault.JAM)
        visit = (*troubled_card(front), *to_signature(), *jammed(house), *taken(front.lifts))
        front.walks((*needs_nothing(), *looks(), *visit[:-1], *normal_way(front)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
