"""Every target of every screen, pressed with a real touch, sends its event: no button without a wire."""

from __future__ import annotations

import pytest

from core.words import Language
from flows.events import (
    Answered,
    BackPressed,
    Confirmed,
    ConflictChosen,
    ElderSwitched,
    FieldClosed,
    FieldOpened,
    FieldTyped,
    HelpClosed,
    HelpPressed,
    HomePressed,
    ItemChosen,
    LanguageChosen,
    NoticeTicked,
    PaperTaken,
    PrintSheetPressed,
    Rated,
    RatingSkipped,
    ReasonTicked,
    RetryPressed,
    RouteChosen,
    StayPressed,
    StrokesCleared,
    StrokeUndone,
)
from kiosk.keyboard.keys import Key
from kiosk.widgets.nodes import Scroll
from tests.glass import samples
from tests.glass.hand import Glass

NAMES = tuple(samples.faces())


@pytest.mark.parametrize("name", NAMES)
def test_every_target_sends_what_it_promises(glass: Glass, name: str) -> None:
    face = samples.faces()[name]
    glass.show(face)
    for target in glass.targets().values():
        if isinstance(target.press.action, Scroll | Key) or target.draws:
            continue
        if name.startswith("overlay") and not target.press.id.startswith("overlay"):
            continue
        glass.show(face)
        glass.events.clear()
        glass.tap(target.press.id)
        assert glass.events == ([target.press.action] if target.press.enabled else []), target.press.id


PROMISES = [
    ("home", "item.public_place_health_licence", ItemChosen("public_place_health_licence")),
    ("home", "bar.language", LanguageChosen(Language.EN)),
    ("home", "home.elder", ElderSwitched(True)),
    ("question", "answer.none", Answered("central_air", "none")),
    ("question", "bar.back", BackPressed()),
    ("question", "bar.help", HelpPressed()),
    ("ending", "print", PrintSheetPressed()),
    ("ending", "leave", HomePressed()),
    ("notice", "tick.consent", NoticeTicked("consent", True)),
    ("notice", "tick.read", NoticeTicked("read", False)),
    ("notice", "no", HomePressed()),
    ("card_failed", "retry", RetryPressed()),
    ("form", "field.phone", FieldOpened("phone")),
    (
        "form",
        "conflict.business_address.licence.lease_registration.premises",
        ConflictChosen("business_address", "licence.lease_registration.premises"),
    ),
    ("form_full", "go", Confirmed()),
    ("form_text", "close", FieldClosed()),
    ("form_text", "done", FieldTyped("business_address", "测试路8号")),
    ("form_choice", "option.fitted", FieldTyped("central_air", "fitted")),
    ("form_multi", "done", FieldTyped("facilities", "disinfection,washing")),
    ("materials", "go", Confirmed()),
    ("pledge", "pledge", RouteChosen(True)),
    ("pledge", "normal", RouteChosen(False)),
    ("sign", "undo", StrokeUndone()),
    ("sign", "clear", StrokesCleared()),
    ("sign", "go", Confirmed()),
    ("review", "go", Confirmed()),
    ("take", "taken", PaperTaken()),
    ("rate", "level.5", Rated(5)),
    ("rate_low", "reason.hard", ReasonTicked("hard", True)),
    ("rate_low", "go", Confirmed()),
    ("rate", "skip", RatingSkipped()),
    ("goodbye", "leave", HomePressed()),
    ("trouble", "way.help", HelpPressed()),
    ("trouble", "way.retry", RetryPressed()),
    ("trouble", "way.home", HomePressed()),
    ("overlay_stay", "overlay.stay", StayPressed()),
    ("overlay_stay", "overlay.leave", HomePressed()),
    ("overlay_help", "overlay.stay", HelpClosed()),
]


@pytest.mark.parametrize(("name", "id", "event"), PROMISES, ids=[f"{name}-{id}" for name, id, _ in PROMISES])
def test_presses(glass: Glass, name: str, id: str, event: object) -> None:
    glass.show(samples.faces()[name])
    glass.tap(id)
    assert glass.events == [event]


def test_what_is_not_allowed_now_sends_nothing(glass: Glass) -> None:
    glass.show(samples.faces()["form"])
    glass.tap("go")
    assert glass.events == []


def test_the_pledge_cannot_be_chosen_when_it_is_not_offered(glass: Glass) -> None:
    glass.show(samples.faces()["pledge_refused"])
    assert "pledge" not in glass.targets()
    glass.tap("normal")
    assert glass.events == [RouteChosen(False)]


def test_under_an_overlay_nothing_can_be_pressed(glass: Glass) -> None:
    glass.show(samples.faces()["form_full"])
    places = [glass.middle(target) for target in glass.targets().values() if target.seen]
    glass.show(samples.faces()["overlay_stay"])
    over = [target for target in glass.targets().values() if target.seen]
    assert {target.press.id for target in over} == {"overlay.stay", "overlay.leave"}
    for x, y in places:
        if not any(target.at(x, y) for target in over):
            glass.tap_at(x, y)
    assert glass.events == []
