"""Where things go, by arithmetic that a person can check; and where Chinese lines may break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.theme import Theme, Type, theme_for
from kiosk.widgets import ruler
from kiosk.widgets.layout import Layout, Placed, Rect, overflowing
from kiosk.widgets.nodes import Area, Box, Node, Text
from kiosk.widgets.typesetting import cut

KIND = Type(10, False, 1.0)


class Squares:
    """A ruler for which every character is as wide as it is high."""

    def width(self, text: str, size: int, bold: bool) -> float:
        return float(len(text) * size)

    def broken(self, text: str, size: int, bold: bool, width: float) -> tuple[str, ...]:
        each = max(1, int(width // size))
        return tuple(text[at : at + each] for at in range(0, len(text), each)) or ("",)


def place(node: Node, width: float = 100, height: float = 100) -> Placed:
    return Layout(Squares()).place(node, Rect(0, 0, width, height))


def text(words: str, **more: object) -> Text:
    return Text(text=words, type=KIND, **more)  # type: ignore[arg-type]


def test_a_row_shares_what_is_left_among_those_that_grow() -> None:
    row = Box(children=(Box(width=20), Box(grow=1), Box(grow=3)), axis="x", gap=10)
    assert [child.rect.w for child in place(row).children] == [20, 15, 45]


def test_a_column_stacks_and_stretches() -> None:
    column = Box(children=(text("ab"), text("cd")), gap=5, pad=(1, 2, 3, 4))
    assert [child.rect for child in place(column).children] == [Rect(1, 2, 96, 10), Rect(1, 17, 96, 10)]


def test_the_middle_and_the_end() -> None:
    column = Box(children=(text("ab"),), main="center", cross="end")
    assert place(column).children[0].rect == Rect(80, 45, 20, 10)


def test_room_between_when_a_column_is_stretched() -> None:
    column = Box(children=(Box(height=10), Box(height=10), Box(height=10)), main="stretch")
    assert [child.rect.y for child in place(column).children] == [0, 45, 90]


def test_a_text_shrinks_before_it_wraps_and_never_loses_a_character() -> None:
    lines = (
        place(Box(children=(Text(text="甲乙丙丁戊己庚辛", type=Type(40, False, 1.0), shrink=0.5),)), 200)
        .children[0]
        .lines
    )
    assert lines is not None
    assert (lines.size, lines.lines) == (24, ("甲乙丙丁戊己庚辛",))
    wrapped = (
        place(Box(children=(Text(text="甲乙丙丁戊己庚辛壬癸子丑", type=Type(40, False, 1.0), shrink=0.9),)), 200)
        .children[0]
        .lines
    )
    assert wrapped is not None
    assert "".join(wrapped.lines) == "甲乙丙丁戊己庚辛壬癸子丑"
    assert wrapped.size == 40


def test_no_line_of_a_single_character() -> None:
    lines = place(Box(children=(text("甲乙丙丁戊己庚辛壬癸子"),))).children[0].lines
    assert lines is not None
    assert min(len(line) for line in lines.lines) > 2


def test_an_area_shows_its_arrows_only_when_it_must() -> None:
    strip = Box(height=20)
    short = place(Area(child=Box(height=100), strip=strip))
    assert len(short.children) == 1
    long = place(Area(child=Box(height=101), strip=strip))
    assert len(long.children) == 2
    assert (long.rect.h, long.children[1].rect.y) == (80, 80)


def test_what_sticks_out_is_told() -> None:
    assert list(overflowing(place(Box(children=(Box(height=102),)))))
    assert not list(overflowing(place(Box(children=(Box(height=100),)))))


# --- breaking lines with the real face ----------------------------------------------------------

chinese = st.text(st.sampled_from("测试公共场所卫生许可，。、；：？！“”（）《》ab c1 2.5%"), max_size=60)


@given(chinese, st.integers(60, 400))
def test_nothing_is_lost_and_no_line_is_too_wide(window: object, words: str, room: int) -> None:
    lines = ruler.broken(words, 30, False, room)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(ruler.width(line, 30, False) <= room or len(line) == 1 for line in lines)


@given(chinese, st.integers(150, 400))
def test_no_comma_begins_a_line_unless_there_is_no_other_way(window: object, words: str, room: int) -> None:
    for before, line in zip(
        ruler.broken(words, 30, False, room), ruler.broken(words, 30, False, room)[1:], strict=False
    ):
        if line and line[0] in ruler.NO_LINE_STARTS:
            clinging = len(before) - len(before.rstrip("".join(ruler.NO_LINE_STARTS | ruler.NO_LINE_ENDS)))
            assert clinging >= 2 or ruler.width(before[-1:] + line[:1], 30, False) > room or len(before) <= 3


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("请核对姓名，再取证", ("请核对姓", "名，再取", "证")),
        ("《卫生监督》", ("《卫生监", "督》")),
        ("Please take it", ("Please", "take it")),
        ("一\n二", ("一", "二")),
        ("", ("",)),
    ],
)
def test_lines_break_where_a_reader_expects(window: object, words: str, lines: tuple[str, ...]) -> None:
    assert ruler.broken(words, 30, False, 125) == lines


# --- sizes --------------------------------------------------------------------------------------


def test_sizes_follow_the_glass_not_its_pixels() -> None:
    large = theme_for(1080, 1920, 32.0, False)
    small = theme_for(1080, 1920, 21.5, False)
    coarse = theme_for(540, 960, 32.0, False)
    assert large.px(100) == 100
    assert small.px(100) > 110
    assert coarse.px(100) == 50


@pytest.mark.parametrize("elder", [False, True])
def test_targets_are_as_large_as_a_finger_needs(elder: bool) -> None:
    theme = theme_for(1080, 1920, 32.0, elder)
    assert theme.target * theme.pitch_mm >= (30 if elder else 20) - 0.4


def test_the_smallest_type_of_reading_is_legible_at_600_mm() -> None:
    """EN 301 549: capital H of 7.3 mm; ours is 0.733 of the size. The status line alone may be smaller when it shrinks."""
    theme = Theme()
    for role in ("caption", "body", "label"):
        assert theme.type(role).size * 0.733 * theme.pitch_mm >= 7.3


@pytest.mark.parametrize(
    ("words", "lines", "is_cut"),
    [
        ("Government", ("Govern", "ment"), True),
        ("Normal print", ("Normal", "print"), False),
        ("面积68平方米", ("面积6", "8平方米"), True),
        ("测试，abc", ("测试，", "abc"), False),
        ("a-b", ("a-", "b"), False),
    ],
)
def test_a_word_cut_in_two_is_noticed(words: str, lines: tuple[str, ...], is_cut: bool) -> None:
    assert cut(words, lines) is is_cut


def test_a_long_word_shrinks_rather_than_being_cut(window: object) -> None:
    label = Text(text="Normal print", type=Type(38, False, 1.4), shrink=0.7, lines=2)
    lines = Layout(ruler).place(Box(children=(label,)), Rect(0, 0, 112, 200)).children[0].lines
    assert lines is not None
    assert lines.lines == ("Normal", "print")
    assert lines.size < 38
