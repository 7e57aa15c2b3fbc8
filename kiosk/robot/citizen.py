"""Walks a plan on a running terminal: looks where things are, presses there, waits for what follows.

It waits for conditions, never for a time; what does not come within a scene's patience is an error that names the scene.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kiosk.robot.moves import Call, Draw, Fill, Keys, Move, Scene, StepTiming, Tap, TapEach
from kiosk.robot.pointer import Pointer
from kiosk.robot.where import Where

LOOK_EVERY_S = 0.015
MOST_SCROLLS = 30
ANSWER_S = 10.0

View = dict[str, Any]


class RobotStuckError(RuntimeError):
    """What the robot waited for did not come: which screen, which target."""


def walk(display: str, where_socket: Path, out_dir: Path, plan: Sequence[Scene]) -> list[StepTiming]:
    """Do ``plan`` on the terminal shown at ``display``; pictures go to ``out_dir``. Raises ``RobotStuckError``."""
    out_dir.mkdir(parents=True, exist_ok=True)
    pointer, where = Pointer(display), Where(where_socket)
    try:
        return Citizen(pointer, where, out_dir).walk(plan)
    finally:
        where.close()
        pointer.close()


class Citizen:
    def __init__(self, pointer: Pointer, where: Where, out_dir: Path) -> None:
        self._pointer = pointer
        self._where = where
        self._out = out_dir
        self._rest = threading.Event()
        self._pressed_at = time.monotonic()

    def walk(self, plan: Sequence[Scene]) -> list[StepTiming]:
        steps: list[StepTiming] = []
        for place, scene in enumerate(plan):
            follows = {later.screen for later in _next(plan, place)}
            if not self._arrive(scene, follows):
                continue
            ms = (time.monotonic() - self._pressed_at) * 1000
            picture = f"{len(steps) + 1:02d}-{scene.picture or scene.screen}.png"
            self._pointer.picture(self._out / picture)
            steps.append(StepTiming(len(steps) + 1, scene.screen, ms, picture))
            for move in scene.moves:
                self._do(scene, move)
        return steps

    # --- waiting ----------------------------------------------------------------------------

    def _arrive(self, scene: Scene, follows: set[str]) -> bool:
        """Wait for the scene's screen. False: it is optional and over already."""
        wanted = {scene.screen} | (follows if scene.optional else set())
        what = f"screen {scene.screen}" + (f" with {scene.target}" if scene.target else "")
        view = self._until(lambda v: _is_there(v, scene, wanted), scene.patience_s, what)
        return view["screen"] == scene.screen

    def _until(self, met: Callable[[View], bool], patience_s: float, what: str) -> View:
        deadline = time.monotonic() + patience_s
        while True:
            view = dict(self._where.look())
            if met(view):
                return view
            if time.monotonic() > deadline:
                ids = ", ".join(target["id"] for target in view["targets"])
                raise RobotStuckError(f"waited {patience_s:.0f} s for {what}; on {view['screen']!r} with {ids}")
            self._rest.wait(LOOK_EVERY_S)

    # --- moving -----------------------------------------------------------------------------

    def _do(self, scene: Scene, move: Move) -> None:
        if isinstance(move, Tap):
            self._tap(scene, move.id)
        elif isinstance(move, TapEach):
            self._tap_each(scene, move)
        elif isinstance(move, Keys):
            for char in move.text:
                self._tap(scene, f"key.{char}")
        elif isinstance(move, Fill):
            self._fill(scene, move)
        elif isinstance(move, Draw):
            self._draw(scene, move)
        elif isinstance(move, Call):
            self._pressed_at = time.monotonic()
            move.what()

    def _tap(self, scene: Scene, id: str) -> None:
        view = self._until(lambda v: v["ready"] and _enabled(v, id), ANSWER_S, f"target {id}")
        target = self._in_sight(scene, view, id)
        self._press(target)

    def _press(self, target: View) -> None:
        before = dict(self._where.look())["count"]
        self._pressed_at = time.monotonic()
        self._pointer.press(_middle(target["rect"]))
        self._until(
            lambda v: v["count"] > before and v["drawn"] >= v["count"], ANSWER_S, f"an answer to {target['id']}"
        )

    def _in_sight(self, scene: Scene, view: View, id: str) -> View:
        """Scroll with the arrows until the target can be reached."""
        for direction in ("down", "up"):
            for _ in range(MOST_SCROLLS):
                target = _find(view, id)
                if target is None or target["seen"]:
                    break
                arrow = _find(view, f"{target['area']}.{direction}")
                if arrow is None or not arrow["enabled"]:
                    break
                self._press(arrow)
                view = self._until(lambda v: bool(v["ready"]), ANSWER_S, "a rest after scrolling")
        target = _find(view, id)
        if target is None or not target["seen"] or not target["enabled"]:
            raise RobotStuckError(f"{id} cannot be pressed on {scene.screen}")
        return target

    def _tap_each(self, scene: Scene, move: TapEach) -> None:
        view = self._until(lambda v: bool(v["ready"]), ANSWER_S, "a rest")
        ids = [t["id"] for t in view["targets"] if t["id"].startswith(move.prefix) and t["enabled"]][: move.most]
        if len(ids) < move.least:
            raise RobotStuckError(f"{len(ids)} targets {move.prefix}* on {scene.screen}, {move.least} wanted")
        for id in ids:
            self._tap(scene, id)

    def _fill(self, scene: Scene, move: Fill) -> None:
        view = self._until(lambda v: bool(v["ready"]), ANSWER_S, "a rest")
        if _find(view, f"field.{move.field}") is None:
            return
        self._tap(scene, f"field.{move.field}")
        for inner in move.moves:
            self._do(scene, inner)
        if move.done:
            self._tap(scene, "done")

    def _draw(self, scene: Scene, move: Draw) -> None:
        view = self._until(lambda v: v["ready"] and _find(v, move.id) is not None, ANSWER_S, f"box {move.id}")
        x, y, width, height = self._in_sight(scene, view, move.id)["rect"]
        for stroke in move.strokes:
            before = dict(self._where.look())["count"]
            points = [(x + px * width // 1000, y + py * height // 1000) for px, py in stroke.points]
            self._pointer.draw(points)
            self._until(lambda v, seen=before: v["count"] > seen, ANSWER_S, "the stroke")  # type: ignore[misc]


def table(steps: Sequence[StepTiming]) -> str:
    """Number, screen, milliseconds: one line a step."""
    lines = [f"{step.number:3d}  {step.screen:12s} {step.ms:8.0f} ms  {step.picture}" for step in steps]
    return "\n".join(lines)


def _next(plan: Sequence[Scene], place: int) -> list[Scene]:
    """The scenes that may follow: up to and with the next that is not optional."""
    later: list[Scene] = []
    for scene in plan[place + 1 :]:
        later.append(scene)
        if not scene.optional:
            break
    return later


def _is_there(view: View, scene: Scene, wanted: set[str]) -> bool:
    drawn = view["screen"] in wanted and view["drawn"] >= view["count"]
    return drawn and (not scene.target or _find(view, scene.target) is not None)


def _find(view: View, id: str) -> View | None:
    return next((target for target in view["targets"] if target["id"] == id), None)


def _enabled(view: View, id: str) -> bool:
    target = _find(view, id)
    return target is not None and bool(target["enabled"])


def _middle(rect: Sequence[int]) -> tuple[int, int]:
    return rect[0] + rect[2] // 2, rect[1] + rect[3] // 2
