"""What must hold on every screen, in both languages, both type sizes, both ways round: nothing lost, nothing too small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pytest

from core.words import Language
from flows.visit import Visit
from kiosk import fonts, theme
from kiosk.widgets.layout import Placed, every, overflowing
from kiosk.widgets.nodes import Area, Box, Live, Picture, Text
from kiosk.widgets.touches import Target
from kiosk.words import face_of, load_texts
from tests.flows.citizen import CONFIG
from tests.flows.scenes import every_visit
from tests.glass import samples
from tests.glass.hand import HIGH, WIDE, Glass

LOOKS = [
    pytest.param(
        language, elder, size, id=f"{language}-{'elder' if elder else 'standard'}-{'high' if size == HIGH else 'wide'}"
    )
    for language in Language
    for elder in (False, True)
    for size in (HIGH, WIDE)
]
LEAST_TYPE = {False: 24, True: 28}
CONTRAST, LARGE_CONTRAST, LARGE = 4.5, 3.0, 42


@pytest.mark.parametrize(("language", "elder", "size"), LOOKS)
def test_nothing_is_cut_off_too_small_or_on_top_of_another(
    glass: Glass, language: Language, elder: bool, size: tuple[int, int]
) -> None:
    problems: list[str] = []
    for name, face in samples.faces(language, elder).items():
        glass.show(face, size)
        problems += [f"{name}: {problem}" for problem in _problems(glass, elder)]
    assert not problems, "\n".join(problems)


def _problems(glass: Glass, elder: bool) -> Iterator[str]:
    assert glass.pane.placed is not None
    yield from overflowing(glass.pane.placed)
    yield from _texts(glass.pane.placed, elder)
    yield from _targets(glass, glass.pane.theme.target)
    yield from _contrasts(glass.pane.placed, [])


def _texts(placed: Placed, elder: bool) -> Iterator[str]:
    """Every character has a shape; type is large enough, but on the certificate's picture."""
    if any(
        child.node == Picture(name="paper", width=child.node.width, height=child.node.height)
        for child in placed.children
    ):
        return
    if isinstance(placed.node, Text) and placed.lines is not None:
        if lost := fonts.missing(placed.node.text):
            yield f"no shape for {lost!r}"
        if placed.lines.size < LEAST_TYPE[elder] and placed.node.text:
            yield f"{placed.node.text!r} is set in {placed.lines.size} px"
    for child in placed.children:
        yield from _texts(child, elder)


def _targets(glass: Glass, least: int) -> Iterator[str]:
    seen = [target for target in glass.pane.seen_now().targets if target.seen]
    for target in seen:
        if min(target.rect.w, target.rect.h) < least - 1:
            yield f"{target.press.id} is {target.rect.w:.0f}x{target.rect.h:.0f}, least {least}"
    for one, other in combinations(seen, 2):
        if one.area == other.area and _cross(one, other):
            yield f"{one.press.id} lies on {other.press.id}"


def _cross(one: Target, other: Target) -> bool:
    a, b = one.rect, other.rect
    return a.x < b.x + b.w - 1 and b.x < a.x + a.w - 1 and a.y < b.y + b.h - 1 and b.y < a.y + a.h - 1


# --- contrast -----------------------------------------------------------------------------------


def _contrasts(placed: Placed, under: list[str], enabled: bool = True) -> Iterator[str]:
    """Text against the worse end of the ground it stands on. What cannot be pressed may be faint (WCAG 1.4.3)."""
    node = placed.node
    if isinstance(node, Box):
        if node.surface is not None and node.surface.fill and len(node.surface.fill) == 7:
            under = [node.surface.fill, *([node.surface.fill2] if node.surface.fill2 else [])]
        enabled = enabled and (node.press is None or node.press.enabled)
        if node.axis == "z" and len(placed.children) > 1 and isinstance(placed.children[0].node, Box):
            ground = placed.children[0].node.surface
            under = [ground.fill] if ground is not None and len(ground.fill) == 7 else under
    if isinstance(node, Text) and node.text.strip() and enabled and placed.lines is not None:
        least = LARGE_CONTRAST if placed.lines.size >= LARGE and node.type.bold else CONTRAST
        worst = min(contrast(node.colour, ground) for ground in under)
        if worst < least:
            yield f"{node.text!r} {node.colour} on {under}: contrast {worst:.2f} < {least}"
    if not isinstance(node, Live):
        for child in placed.children:
            yield from _contrasts(child, under, enabled)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in theme.rgba(colour)[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


def test_an_overflow_is_found() -> None:
    """The check above can fail: a text that needs two lines in a box of one."""
    from kiosk.widgets import ruler
    from kiosk.widgets.layout import Layout, Rect

    kind = theme.Type(40, False, 1.4)
    box = Box(children=(Text(text="这一行放不下这么多字", type=kind),), height=56)
    fits = Box(children=(Text(text="放得下", type=kind),), height=56)
    assert list(overflowing(Layout(ruler).place(box, Rect(0, 0, 200, 56))))
    assert not list(overflowing(Layout(ruler).place(fits, Rect(0, 0, 200, 56))))


def test_screens_that_must_be_seen_at_once_do_not_scroll(glass: Glass) -> None:
    """Signing, laying the card down and taking the paper: nothing of them may hide under an edge."""
    for elder in (False, True):
        for size in (HIGH, WIDE):
            made = samples.faces(Language.ZH, elder)
            for name in (
                "card",
                "card_failed",
                "sign",
                "sign_empty",
                "take",
                "printing",
                "goodbye",
                "busy",
                "question",
            ):
                glass.show(made[name], size)
                assert glass.pane.placed is not None
                areas = [one for one in every(glass.pane.placed) if isinstance(one.node, Area)]
                assert all(len(area.children) == 1 for area in areas), f"{name} scrolls, elder={elder}, {size}"


def test_on_half_the_pixels_everything_is_half_as_large(glass: Glass) -> None:
    """Sizes follow the glass, not its pixels."""
    for name in ("home", "form_text", "materials", "take"):
        face = samples.faces()[name]
        glass.show(face)
        whole = {id: target.rect for id, target in glass.targets().items() if not target.area}
        glass.show(face, (540, 960))
        for id, rect in whole.items():
            half = glass.targets()[id].rect
            assert abs(half.x * 2 - rect.x) < 12, (name, id)
            assert abs(half.y * 2 - rect.y) < 24, (name, id)
            assert abs(half.w * 2 - rect.w) < 12, (name, id)


MOST_OF_A_KIND = 10


@cache
def _visited() -> tuple[Visit, ...]:
    """Visits whose screens differ, a few of each kind, from among all a citizen can get into."""
    texts, kept, seen = load_texts(CONFIG / "languages"), [], Counter()
    bodies = set()
    for visit in every_visit():
        body = face_of(visit, visit.now, texts).body
        kind = type(body), bool(getattr(body, "editor", None))
        if seen[kind] < MOST_OF_A_KIND and body not in bodies:
            seen[kind] += 1
            bodies.add(body)
            kept.append(visit)
    return tuple(kept)


@pytest.mark.parametrize(
    ("language", "elder", "size"), [(Language.ZH, False, HIGH), (Language.EN, True, HIGH), (Language.ZH, True, WIDE)]
)
def test_the_real_words_fit_too(glass: Glass, language: Language, elder: bool, size: tuple[int, int]) -> None:
    texts, problems = load_texts(CONFIG / "languages"), []
    for visit in _visited():
        face = face_of(visit.but(language=language, elder=elder), visit.now, texts)
        glass.show(face, size)
        problems += [f"{type(face.body).__name__}: {problem}" for problem in _problems(glass, elder)]
    assert len(_visited()) > 80
    assert not problems, "\n".join(problems)
