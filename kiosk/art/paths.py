"""Outlines written as short texts, flattened to points: ``M L H V C Q A Z`` in capitals and small letters, as in SVG."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

Point = tuple[float, float]
Line = list[Point]

TOKEN = re.compile(r"[MLHVCQAZmlhvcqaz]|-?\d*\.?\d+")
COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "A": 7, "Z": 0}
STEPS = 24


def flattened(path: str) -> list[Line]:
    """One list of points for every ``M`` of ``path``. Raises ``ValueError`` on a letter it does not know."""
    lines: list[Line] = []
    for letter, numbers in _commands(path):
        if letter == "M":
            lines.append([(numbers[0], numbers[1])])
        elif letter == "Z":
            lines[-1].append(lines[-1][0])
        else:
            lines[-1] += _drawn(letter, lines[-1][-1], numbers)
    return lines


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    tokens = TOKEN.findall(path)
    if "".join(tokens) != re.sub(r"[\s,]+", "", path):
        raise ValueError(f"not a path: {path!r}")
    at, letter = 0, ""
    here = first = (0.0, 0.0)
    while at < len(tokens):
        if tokens[at].isalpha():
            letter = tokens[at]
            at += 1
        count = COUNTS[letter.upper()]
        numbers = [float(token) for token in tokens[at : at + count]]
        at += count
        numbers = _absolute(letter, numbers, here)
        here = first if letter in "Zz" else _end(letter.upper(), numbers, here)
        first = here if letter in "Mm" else first
        yield letter.upper(), numbers
        letter = {"M": "L", "m": "l"}.get(letter, letter)


def _absolute(letter: str, numbers: list[float], here: Point) -> list[float]:
    if letter.isupper():
        return numbers
    if letter == "h":
        return [numbers[0] + here[0]]
    if letter == "v":
        return [numbers[0] + here[1]]
    if letter == "a":
        return [*numbers[:5], numbers[5] + here[0], numbers[6] + here[1]]
    return [number + here[index % 2] for index, number in enumerate(numbers)]


def _end(letter: str, numbers: list[float], here: Point) -> Point:
    if letter == "H":
        return numbers[0], here[1]
    if letter == "V":
        return here[0], numbers[0]
    return numbers[-2], numbers[-1]


def _drawn(letter: str, start: Point, numbers: list[float]) -> Line:
    if letter == "A":
        return _arc(start, numbers)
    if letter in "CQ":
        controls = [start, *zip(numbers[::2], numbers[1::2], strict=True)]
        return [_bezier(controls, step / STEPS) for step in range(1, STEPS + 1)]
    return [_end(letter, numbers, start)]


def _bezier(controls: list[Point], t: float) -> Point:
    while len(controls) > 1:
        controls = [((1 - t) * a[0] + t * b[0], (1 - t) * a[1] + t * b[1]) for a, b in pairwise(controls)]
    return controls[0]


def _arc(start: Point, numbers: list[float]) -> Line:
    """A circular arc (equal radii), by the two flags of SVG."""
    radius, _, _, large, sweep, x, y = numbers
    (x1, y1), chord = start, math.hypot(x - start[0], y - start[1])
    if not chord:
        return []
    radius = max(radius, chord / 2)
    height = math.sqrt(max(0.0, radius * radius - chord * chord / 4))
    side = 1 if bool(large) == bool(sweep) else -1
    cx = (x1 + x) / 2 + side * height * (y - y1) / chord
    cy = (y1 + y) / 2 - side * height * (x - x1) / chord
    begin, end = math.atan2(y1 - cy, x1 - cx), math.atan2(y - cy, x - cx)
    turn = (end - begin) % math.tau if sweep else -((begin - end) % math.tau)
    steps = [begin + turn * step / STEPS for step in range(1, STEPS + 1)]
    return [(cx + radius * math.cos(angle), cy + radius * math.sin(angle)) for angle in steps]


def circle(cx: float, cy: float, r: float) -> str:
    return f"M{cx - r} {cy}A{r} {r} 0 1 1 {cx + r} {cy}A{r} {r} 0 1 1 {cx - r} {cy}Z"


def box(x: float, y: float, w: float, h: float, r: float = 0.0) -> str:
    if not r:
        return f"M{x} {y}H{x + w}V{y + h}H{x}Z"
    return (
        f"M{x + r} {y}H{x + w - r}A{r} {r} 0 0 1 {x + w} {y + r}V{y + h - r}A{r} {r} 0 0 1 {x + w - r} {y + h}"
        f"H{x + r}A{r} {r} 0 0 1 {x} {y + h - r}V{y + r}A{r} {r} 0 0 1 {x + r} {y}Z"
    )
