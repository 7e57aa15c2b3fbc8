"""The robot citizen on a real X server: real presses on real pixels of the real app, in three processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kiosk.robot.citizen import RobotStuckError, table, walk
from kiosk.robot.moves import Draw, Fill, Keys, Scene, Tap, TapEach
from kiosk.robot.plans import first_visit, signature
from kiosk.robot.where import Where, WhereService
from kiosk.widgets.layout import Rect
from kiosk.widgets.nodes import Command, Press
from kiosk.widgets.touches import Seen, Target

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1080, 1920)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A virtual screen of our own; the server picks a free number."""
    read, write = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture
def terminal(display: str) -> Iterator[Path]:
    """The demonstration terminal on that screen; gives its where socket."""
    folder = Path(tempfile.mkdtemp(prefix="where"))
    socket = folder / "where.sock"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.glass.demo", str(socket)],
        cwd=ROOT,
        env=os.environ | {"DISPLAY": display},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    yield socket
    process.terminate()
    process.wait(10)
    process.stdout.close()
    folder.rmdir() if not any(folder.iterdir()) else None


VISIT = (
    Scene("home", (Tap("item.public_place_health_licence"),)),
    Scene("question", (Tap("answer.fitted"),)),
    Scene("notice", (Tap("tick.consent"), Tap("go"))),
    Scene("busy", optional=True),
    Scene("card"),
    Scene(
        "form", (Fill("phone", (Keys("10000000000"),)), Fill("facilities", (TapEach("option.", most=2),)), Tap("go"))
    ),
    Scene("materials", (Tap("go"),)),
    Scene("pledge", (Tap("pledge"),)),
    Scene("sign", (Draw("sign.box", signature()), Tap("go"))),
    Scene("review", (Tap("go"),)),
    Scene("take", (Tap("taken"),)),
    Scene("rate", (Tap("level.5"), Tap("go"))),
    Scene("goodbye", (Tap("leave"),)),
    Scene("home"),
)


def test_a_robot_walks_a_visit_and_keeps_a_picture_of_every_screen(
    terminal: Path, display: str, tmp_path: Path
) -> None:
    steps = walk(display, terminal, tmp_path, VISIT)
    assert [step.screen for step in steps] == [scene.screen for scene in VISIT if not scene.optional]
    for step in steps:
        with Image.open(tmp_path / step.picture) as picture:
            assert picture.size == SIZE
            assert len(picture.resize((108, 192)).getcolors(108 * 192) or ()) > 100, f"{step.screen} is blank"
    assert len(table(steps).splitlines()) == len(steps)


def test_the_robot_says_where_it_is_stuck(terminal: Path, display: str, tmp_path: Path) -> None:
    with pytest.raises(RobotStuckError, match=r"screen take; on 'home' with .*bar\.help"):
        walk(display, terminal, tmp_path, (Scene("home"), Scene("take", patience_s=0.2)))


# --- without a screen ---------------------------------------------------------------------------


def _seen(screen: str, count: int) -> Seen:
    target = Target(
        Press("go", Command("x"), enabled=False),
        Rect(10.4, 20.6, 100, 50),
        "glass/high/form/0",
        area="glass/high/form",
        seen=False,
    )
    return Seen(screen, count, count, True, (target,))


def test_where_tells_rectangles_on_the_screen_and_no_text(tmp_path: Path) -> None:
    service = WhereService(tmp_path / "where.sock", lambda: (_seen("form", 7), (100, 200)))
    try:
        where = Where(tmp_path / "where.sock")
        assert where.look() == {
            "screen": "form",
            "count": 7,
            "drawn": 7,
            "ready": True,
            "targets": [{"id": "go", "rect": [110, 221, 100, 50], "enabled": False, "seen": False, "area": "form"}],
        }
        where.close()
        again = Where(tmp_path / "where.sock")
        assert again.look()["count"] == 7
        again.close()
    finally:
        service.close()
    assert not (tmp_path / "where.sock").exists()


def test_where_is_for_its_own_user_only(tmp_path: Path) -> None:
    service = WhereService(tmp_path / "where.sock", lambda: (_seen("home", 1), (0, 0)))
    try:
        assert (tmp_path / "where.sock").stat().st_mode & 0o077 == 0
    finally:
        service.close()


def test_where_closes_while_a_robot_is_looking(tmp_path: Path) -> None:
    service = WhereService(tmp_path / "where.sock", lambda: (_seen("home", 1), (0, 0)))
    where = Where(tmp_path / "where.sock")
    where.look()
    service.close()
    with pytest.raises(OSError, match=r"gone|pipe|reset"):
        where.look()
    where.close()
    deadline = time.monotonic() + 5
    while any(thread.name == "where" for thread in threading.enumerate()):
        assert time.monotonic() < deadline


def test_the_first_visit_goes_from_home_to_home() -> None:
    plan = first_visit(lambda: None, lambda: None)
    assert plan[0].screen == plan[-1].screen == "home"
    assert {"form", "pledge", "sign", "take", "rate"} <= {scene.screen for scene in plan}
