"""The application: a face set is a face drawn; a thread's word arrives on the main thread; errors end in "sorry"."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from kivy.base import ExceptionManager
from kivy.clock import Clock

from core.settings import Screen
from flows.events import Event, HelpPressed, Touched
from kiosk import bridge, idle_loop
from kiosk.app import Sorry, TerminalApp
from kiosk.dock.drawer import DockButton
from tests.glass import samples
from tests.glass.hand import Glass

SCREEN = Screen(width=1080, height=1920, fullscreen=False, dock=True)


class Bench:
    """A dock that notes what is pressed."""

    def __init__(self) -> None:
        self.pressed: list[str] = []

    def buttons(self) -> tuple[DockButton, ...]:
        return (
            DockButton("lay.jia", "放卡：测试甲", "id_card", "读卡器"),
            DockButton("lift", "取走卡", "up", "读卡器"),
            DockButton("paper", "缺纸", "printer", "打印机", on=True),
        )

    def press(self, id: str) -> None:
        self.pressed.append(id)


@pytest.fixture
def app(window: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[TerminalApp]:
    monkeypatch.setattr(idle_loop, "install", lambda: None)
    heard: list[Event] = []
    app = TerminalApp(SCREEN, heard.append, lambda kind: None, dock=Bench())
    app.heard = heard
    root = app.build()
    window.add_widget(root)
    root.size = (1080, 1920)
    root.do_layout()
    yield app
    app.on_stop()
    window.remove_widget(root)


def test_a_face_that_is_set_is_drawn(app: TerminalApp) -> None:
    app.face = samples.faces()["materials"]
    assert "需要的材料，您都不用带" in app.pane.texts()
    count = app.looks()[0].count
    app.face = samples.faces()["materials"]
    assert app.looks()[0].count == count, "an equal face draws nothing"
    assert app.looks()[0].screen == "materials"


def test_touches_become_events(app: TerminalApp) -> None:
    app.face = samples.faces()["materials"]
    target = next(one for one in app.looks()[0].targets if one.press.id == "bar.help")
    app.pane.act(target.press.action)
    assert HelpPressed() in app.heard


def test_the_dock_is_not_in_the_way_and_opens(app: TerminalApp) -> None:
    app.face = samples.faces()["form"]
    handle = next(one for one in app.looks()[0].targets if one.press.id == "dock.handle")
    margin = 32
    assert handle.rect.x + handle.rect.w <= margin
    app.drawer.act(handle.press.action)
    assert app.looks()[0].screen == "dock"
    assert "放卡：测试甲" in app.drawer.texts()
    lay = next(one for one in app.looks()[0].targets if one.press.id == "dock.lay.jia")
    app.drawer.act(lay.press.action)
    assert app._dock.pressed == ["lay.jia"]


def test_there_is_no_dock_unless_the_settings_want_one(window: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_loop, "install", lambda: None)
    app = TerminalApp(Screen(dock=False), lambda event: None, lambda kind: None, dock=Bench())
    app.build()
    assert app.drawer is None
    app.on_stop()


def test_the_settings_of_kivy_cannot_be_opened(app: TerminalApp) -> None:
    assert app.open_settings() is False


def test_an_error_is_told_by_its_class_only_and_the_loop_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    with caplog.at_level(logging.ERROR):
        answer = Sorry(told.append).handle_exception(ValueError("测试甲 110101190001010014"))
    assert answer == ExceptionManager.PASS
    assert told == ["ValueError"]
    assert "测试甲" not in caplog.text


def test_an_interrupt_is_no_error() -> None:
    assert Sorry(lambda kind: None).handle_exception(KeyboardInterrupt()) == ExceptionManager.RAISE


def test_what_a_thread_posts_runs_on_the_main_thread_in_order(glass: Glass) -> None:
    ran: list[tuple[int, int]] = []

    def work() -> None:
        for number in range(20):
            bridge.post(lambda number=number: ran.append((number, threading.get_ident())))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    glass.until(lambda: len(ran) == 20)
    assert ran == [(number, threading.main_thread().ident) for number in range(20)]


def test_the_idle_loop_refuses_another_kivy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_loop.kivy, "__version__", "2.4.0")
    before = Clock.idle
    with pytest.raises(RuntimeError, match=r"2\.4\.0"):
        idle_loop.install()
    assert Clock.idle == before


def test_the_idle_loop_still_runs_the_clock(glass: Glass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Clock, "idle", Clock.idle)
    idle_loop.install()
    rang: list[float] = []
    event = Clock.schedule_interval(rang.append, 0.05)
    glass.until(lambda: len(rang) >= 3)
    event.cancel()


def test_moving_things_stop_when_their_screen_is_gone(glass: Glass) -> None:
    before = len(Clock.get_events())
    glass.show(samples.faces()["busy"])
    assert len(Clock.get_events()) == before + 1
    glass.show(samples.faces()["home"])
    assert len(Clock.get_events()) == before


def test_a_touch_that_is_the_docks_does_not_reach_the_screen(app: TerminalApp) -> None:
    app.face = samples.faces()["form"]
    app.drawer.act(next(one for one in app.drawer.seen_now().targets if one.press.id == "dock.handle").press.action)
    from kivy.tests.common import UnitTestTouch

    touch = UnitTestTouch(200, 1000)
    touch.touch_down()
    touch.touch_up()
    assert [event for event in app.heard if not isinstance(event, Touched)] == []
