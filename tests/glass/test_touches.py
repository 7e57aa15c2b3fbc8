"""Fingers that slip, shake, come in twos or draw."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.events import Confirmed, HelpPressed, RouteChosen, StrokeDrawn
from kiosk.faces import SignBody
from tests.glass import samples
from tests.glass.hand import Glass


def test_a_press_that_slides_off_its_target_does_nothing(glass: Glass) -> None:
    glass.show(samples.faces()["materials"])
    touch = glass.down(*glass.middle(glass.targets()["go"]))
    glass.move(touch, 500, 400)
    touch.touch_up()
    assert glass.events == []


def test_a_press_that_begins_outside_does_nothing(glass: Glass) -> None:
    glass.show(samples.faces()["materials"])
    touch = glass.down(20, 700)
    glass.move(touch, *glass.middle(glass.targets()["bar.help"]))
    touch.touch_up()
    assert glass.events == []


def test_a_shaking_finger_presses_once(glass: Glass) -> None:
    glass.show(samples.faces()["materials"])
    x, y = glass.middle(glass.targets()["go"])
    glass.tap_at(x, y)
    glass.time -= 0.9
    glass.tap_at(x, y)
    assert glass.events == [Confirmed()]
    glass.time += 0.3
    glass.tap_at(x, y)
    assert glass.events == [Confirmed(), Confirmed()]


def test_a_second_tap_does_not_fall_through_to_the_next_screen(glass: Glass) -> None:
    """The forward button of two screens lies at one place; a double tap must not press both."""
    made = samples.faces()
    glass.show(made["materials"])
    x, y = glass.middle(glass.targets()["go"])
    glass.tap_at(x, y)
    glass.show(made["review"])
    glass.time -= 0.85
    glass.tap_at(x, y)
    assert glass.events == [Confirmed()]


def test_a_press_does_not_count_when_the_screen_changed_under_the_finger(glass: Glass) -> None:
    made = samples.faces()
    glass.show(made["materials"])
    touch = glass.down(*glass.middle(glass.targets()["go"]))
    glass.show(made["pledge"])
    touch.touch_up()
    assert RouteChosen(True) not in glass.events
    assert glass.events == []


def test_keys_may_follow_each_other_at_once(glass: Glass) -> None:
    glass.show(samples.faces()["form_phone"])
    for _ in range(3):
        glass.tap_at(*glass.middle(glass.targets()["key.0"]))
        glass.time -= 0.95
    assert glass.says("100000")


def test_a_second_finger_is_ignored_until_the_first_is_gone(glass: Glass) -> None:
    glass.show(samples.faces()["materials"])
    first = glass.down(20, 700)
    glass.tap("bar.help")
    assert glass.events == []
    first.touch_up()
    glass.tap("bar.help")
    assert glass.events == [HelpPressed()]


def test_every_touch_tells_that_someone_is_there_but_not_more_than_once_a_second(glass: Glass) -> None:
    glass.show(samples.faces()["question"])
    for _ in range(5):
        glass.tap_at(540, 1700)
        glass.time -= 0.9
    assert glass.touched == 1
    glass.time += 1.0
    glass.tap_at(540, 1700)
    assert glass.touched == 2


def test_a_drag_scrolls_and_presses_nothing(glass: Glass) -> None:
    glass.show(samples.faces()["form"])
    before = glass.targets()["field.phone"].rect
    touch = glass.down(*glass.middle(glass.targets()["field.phone"]))
    glass.move(touch, 500, before.y - 200)
    touch.touch_up()
    after = glass.targets()["field.phone"].rect
    assert glass.events == []
    assert after.y < before.y - 100


def test_a_row_scrolled_out_of_sight_cannot_be_pressed_where_it_would_be(glass: Glass) -> None:
    glass.show(samples.faces()["form"])
    hidden = glass.targets()["field.facilities"]
    assert not hidden.seen
    glass.tap("form.down")
    assert glass.targets()["field.facilities"].seen


def test_the_open_field_is_scrolled_into_sight(glass: Glass) -> None:
    made = samples.faces()
    glass.show(made["form"])
    glass.show(made["form_multi"])
    assert glass.says("已经装好的都选上")
    window = next(one for one in glass.pane.seen_now().targets if one.press.id == "form.down").rect
    row = next(one for one in _rows(glass) if one == "facilities")
    assert row
    assert window.y > 0


def _rows(glass: Glass) -> list[str]:
    from kiosk.widgets.layout import every

    assert glass.pane.placed is not None
    return [one.node.key for one in every(glass.pane.placed) if one.node.key]


def test_scrolling_stays_when_only_the_clock_moved(glass: Glass) -> None:
    face = samples.faces()["form"]
    glass.show(face)
    glass.tap("form.down")
    before = glass.targets()["field.phone"].rect
    glass.show(replace(face, chrome=replace(face.chrome, bar=replace(face.chrome.bar, seconds_left=9))))
    assert glass.targets()["field.phone"].rect == before


def test_a_finger_draws_in_thousandths_of_the_box(glass: Glass) -> None:
    glass.show(samples.faces()["sign_empty"])
    box = glass.targets()["sign.box"].rect
    touch = glass.down(box.x + box.w * 0.1, box.y + box.h * 0.2)
    glass.move(touch, box.x + box.w * 0.5, box.y + box.h * 0.5)
    glass.move(touch, box.x + box.w * 2, box.y + box.h * 0.9)
    touch.touch_up()
    (drawn,) = glass.events
    assert isinstance(drawn, StrokeDrawn)
    assert drawn.stroke.points == ((100, 200), (500, 500), (1000, 900))
    assert drawn.stroke.aspect == pytest.approx(box.w / box.h, abs=0.001)


def test_a_touch_in_the_box_is_a_dot(glass: Glass) -> None:
    glass.show(samples.faces()["sign_empty"])
    glass.tap("sign.box")
    (drawn,) = glass.events
    assert isinstance(drawn, StrokeDrawn)
    assert drawn.stroke.points == ((500, 500),)


def test_ink_has_every_place_felt_within_one_frame(glass: Glass) -> None:
    """Kivy's touch tells only the last of them; the first ones come before it tells of the finger at all."""
    from kivy.core.window import Window

    glass.show(samples.faces()["sign_empty"])
    box = glass.targets()["sign.box"].rect
    places = [(box.x + box.w * part, box.y + box.h * part) for part in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)]
    Window.dispatch("on_mouse_down", *places[0], "left", [])
    for place in places[1:4]:
        Window.dispatch("on_mouse_move", *place, [])
    touch = glass.down(*places[3])
    Window.dispatch("on_mouse_move", *places[4], [])
    glass.move(touch, *places[5])
    touch.touch_up()
    (drawn,) = glass.events
    assert isinstance(drawn, StrokeDrawn)
    assert [x for x, _ in drawn.stroke.points] == [100, 200, 300, 400, 500, 600]


def test_strokes_come_back_where_they_were_drawn(glass: Glass) -> None:
    face = samples.faces()["sign"]
    assert isinstance(face.body, SignBody)
    glass.show(face)
    painter = glass.pane._layer.painter(glass.targets()["sign.box"].path)
    assert painter is not None
    one = len(painter.group.children)
    glass.show(replace(face, body=replace(face.body, strokes=face.body.strokes[:-1])))
    assert len(painter.group.children) < one
