"""Whole visits with real widgets: the real app on an X server, pressed by a robot citizen, on a house of real services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from drivers.printer.sim_control import Fault, change_control
from kiosk.robot.moves import Call, Scene, Tap
from kiosk.robot.plans import first_visit, submitted, taken, to_card, to_review
from kiosk.stage.house import House
from tests.whole.front import Front, noted

BEGIN = ["home", "question", "question", "notice", "card"]
MIDDLE = ["form", "materials", "pledge", "sign", "review"]
END = ["take", "rate", "goodbye", "home"]
LEAST_COLOURS, MOST_OF_ONE = 200, 0.75
"""An empty glass has one colour, a broken one a few; no screen of ours is three quarters one colour."""


@pytest.fixture(scope="module")
def standing_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One of our own: what other tests left open for a person would be printed when they lay their card."""
    with House(tmp_path_factory.mktemp("screens") / "house") as house:
        yield house


def looked_at(front: Front, size: tuple[int, int]) -> None:
    """Every picture is of the whole glass, and something is on it."""
    assert front.pictures
    for path in front.pictures:
        with Image.open(path) as picture:
            assert picture.size == size
            colours = colours_of(picture)
        assert len(colours) > LEAST_COLOURS, path.name
        assert max(colours.values()) < MOST_OF_ONE * sum(colours.values()), path.name


def colours_of(picture: Image.Image) -> dict[tuple[int, int, int], int]:
    """Colour → how many dots have it, of every third dot of every third line."""
    small = picture.convert("RGB").resize((picture.width // 3, picture.height // 3), Image.Resampling.NEAREST)
    return {colour: count for count, colour in small.getcolors(2**24)}


def without_waiting(screens: list[str]) -> list[str]:
    return [screen for screen in screens if screen not in ("busy", "printing")]


def test_a_visit_from_card_to_sheet(house: House, tmp_path: Path) -> None:
    before = len(house.sheets())
    with Front(house, tmp_path / "front") as front:
        screens = front.walks(first_visit(front.lays("jia"), front.lifts))
    assert without_waiting(screens) == [*BEGIN, *MIDDLE, *END]
    assert len(house.sheets()) == before + 1
    looked_at(front, (1080, 1920))


def test_a_card_past_its_day_and_help_in_large_print_on_a_wide_glass(house: House, tmp_path: Path) -> None:
    size = (1920, 1080)
    plan = (
        Scene("home", (Tap("home.elder"),), patience_s=60),
        *to_card(),
        Scene("card", (Tap("bar.help"),)),
        Scene("card", (Tap("overlay.stay"),), target="overlay.stay"),
    )
    with Front(house, tmp_path / "front", size=size) as front:
        screens = front.walks(
            (
                *plan,
                Scene("card", (Call(front.lays("xin")),)),
                Scene("trouble", (Call(front.lifts), Tap("way.home")), patience_s=60),
                Scene("home", patience_s=60),
            )
        )
    assert screens == ["home", *BEGIN, "card", "card", "trouble", "home"]
    looked_at(front, size)


def test_a_jam_is_said_and_goes_on_when_it_is_cleared(house: House, tmp_path: Path) -> None:
    before = len(house.sheets())

    def cleared() -> None:
        assert len(house.sheets()) == before
        change_control(house.certificates, fault=Fault.NONE)

    change_control(house.certificates, fault=Fault.JAM)
    with Front(house, tmp_path / "front") as front:
        plan = (
            *to_review(front.lays("jia")),
            *submitted(),
            Scene("printing", (Call(noted(house, "print.held")),)),
            Scene("printing", (Call(cleared),)),
            *taken(front.lifts),
        )
        screens = front.walks(plan)
    assert without_waiting(screens) == [*BEGIN, *MIDDLE, *END]
    assert len(house.sheets()) == before + 1
    held = front.pictures[len(screens) - len(END) - 1]
    assert held.stem.endswith("printing")
    assert brown(held) > 0.03
    looked_at(front, (1080, 1920))


def brown(path: Path) -> float:
    """The share of the colour that says: wait here, staff are coming."""
    with Image.open(path) as picture:
        colours = colours_of(picture)
    wanted = (n for (red, green, blue), n in colours.items() if 100 < red < 145 and 50 < green < 82 and blue < 8)
    return sum(wanted) / sum(colours.values())
