"""Typing Chinese: letters, offers, the draft, and that nothing is learned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.events import FieldClosed, FieldOpened, FieldTyped
from kiosk.faces import Choice, Editor
from kiosk.keyboard import pinyin
from kiosk.keyboard.draft import Draft, finished, opened, pressed
from kiosk.keyboard.keys import Key
from kiosk.keyboard.pinyin import Pinyin
from tests.glass import samples
from tests.glass.hand import Glass


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pinyin]:
    made = Pinyin(tmp_path_factory.mktemp("pinyin") / "table.sqlite")
    yield made
    made.close()


FIRST = [
    ("baojiegui", "保洁柜"), ("xiaodugui", "消毒柜"), ("ceshilu", "测试路"), ("dongchengqu", "东城区"), ("lifadian", "理发店"),
    ("yingyezhizhao", "营业执照"), ("gongsi", "公司"), ("jianshelu", "建设路"), ("beijing", "北京"), ("shi", "是"), ("wo", "我"), ("nvshi", "女士"),
    ("yyzz", "营业执照"), ("ceshiludongce", "测试路东侧"),
]  # fmt: skip


@pytest.mark.parametrize(("letters", "word"), FIRST)
def test_the_word_meant_comes_first(words: Pinyin, letters: str, word: str) -> None:
    assert words.candidates(letters)[0].text == word


@pytest.mark.parametrize("letters", ["q", "zzz", "xianshi", "abcdefghijklmnopqrstuvwxyz", "v", "lv"])
def test_any_letters_get_some_offer_and_none_claims_more_than_was_typed(words: Pinyin, letters: str) -> None:
    offers = words.candidates(letters)
    assert all(1 <= offer.letters <= min(len(letters), pinyin.LONGEST) for offer in offers)
    assert len({offer.text for offer in offers}) == len(offers)


def test_every_reading_of_a_common_character_finds_it(words: Pinyin) -> None:
    for sound in ("chong", "zhong"):
        assert "重" in [offer.text for offer in words.candidates(sound)]


def test_the_table_is_made_once_and_never_written_again(tmp_path: Path) -> None:
    path = tmp_path / "table.sqlite"
    Pinyin(path).close()
    before = path.stat()
    again = Pinyin(path)
    again.candidates("ceshi")
    again.close()
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_umlauts_and_tones_are_typed_plainly() -> None:
    assert [pinyin.plain(sound) for sound in ("lǜ", "nǚ", "zhōng", "ê̄")] == ["lv", "nv", "zhong", "e"]


# --- the draft ----------------------------------------------------------------------------------


def _editor(kind: str, value: str = "", most: int = 10, choices: tuple[Choice, ...] = ()) -> Editor:
    return Editor("field", "字段", kind, value, "", "", choices, "完成", most)


def _typed(draft: Draft, words: Pinyin, *keys: Key) -> Draft:
    for key in keys:
        draft, event = pressed(draft, key, words.candidates)
        assert event is None
    return draft


def _letters(text: str) -> tuple[Key, ...]:
    return tuple(Key("letter", char) for char in text)


def test_letters_become_a_word_when_it_is_picked(words: Pinyin) -> None:
    draft = _typed(opened(_editor("text"), False), words, *_letters("ceshi"), Key("pick", "0"))
    assert (draft.value, draft.letters, draft.offers) == ("测试", "", ())


def test_letters_a_word_does_not_use_are_offered_anew(words: Pinyin) -> None:
    draft = _typed(opened(_editor("text"), False), words, *_letters("ceshilu"))
    place = next(str(i) for i, offer in enumerate(draft.offers) if offer.text == "测试")
    draft = _typed(draft, words, Key("pick", place))
    assert (draft.value, draft.letters) == ("测试", "lu")
    assert "路" in [offer.text for offer in draft.offers]


def test_space_takes_the_first_word_and_is_a_space_otherwise(words: Pinyin) -> None:
    draft = _typed(opened(_editor("text"), False), words, *_letters("beijing"), Key("space"), Key("space"))
    assert draft.value == "北京 "


def test_erase_takes_letters_first(words: Pinyin) -> None:
    draft = _typed(opened(_editor("text", "北京"), False), words, *_letters("s"), Key("erase"), Key("erase"))
    assert (draft.value, draft.letters) == ("北", "")


def test_erasing_nothing_is_nothing(words: Pinyin) -> None:
    assert _typed(opened(_editor("text"), False), words, Key("erase")).value == ""


def test_a_comma_settles_the_letters_before_it(words: Pinyin) -> None:
    draft = _typed(opened(_editor("text"), False), words, *_letters("beijing"), Key("char", "，"))
    assert draft.value == "北京，"


def test_english_letters_go_straight_in_with_shift_for_one(words: Pinyin) -> None:
    draft = opened(_editor("text"), True)
    draft = _typed(draft, words, Key("shift"), *_letters("ab"))
    assert draft.value == "Ab"


def test_done_ends_with_the_first_word_for_open_letters(words: Pinyin) -> None:
    draft = _typed(opened(_editor("text"), False), words, *_letters("beijing"))
    assert pressed(draft, Key("done"), words.candidates)[1] == FieldTyped("field", "北京")


def test_no_more_than_the_field_takes(words: Pinyin) -> None:
    draft = _typed(opened(_editor("number", most=3), False), words, *(Key("char", digit) for digit in "123456"))
    assert draft.value == "123"


def test_close_leaves_without_a_change(words: Pinyin) -> None:
    assert pressed(opened(_editor("text", "旧"), False), Key("close"), words.candidates)[1] == FieldClosed()


def test_options_are_told_in_the_order_of_the_form(words: Pinyin) -> None:
    choices = (Choice("a", "甲"), Choice("b", "乙", "", True), Choice("c", "丙"))
    draft = _typed(
        opened(_editor("multi", choices=choices), False),
        words,
        Key("option", "c"),
        Key("option", "a"),
        Key("option", "b"),
    )
    assert finished(draft) == "a,c"


def test_a_choice_is_made_by_one_press(words: Pinyin) -> None:
    draft = opened(_editor("choice", choices=(Choice("a", "甲"), Choice("b", "乙"))), False)
    assert pressed(draft, Key("option", "b"), words.candidates)[1] == FieldTyped("field", "b")


def test_what_is_typed_is_in_no_repr(words: Pinyin) -> None:
    draft = _typed(opened(_editor("text", "测试甲"), False), words, *_letters("bei"))
    assert "测试" not in repr(draft)
    assert "bei" not in repr(draft)


# --- on the glass -------------------------------------------------------------------------------


def test_a_citizen_types_an_address(glass: Glass) -> None:
    glass.show(samples.faces()["form_text"])
    for letter in "beice":
        glass.tap(f"key.{letter}")
    assert glass.says("bei'ce")
    assert glass.says("北侧")
    glass.tap("offer.0")
    glass.tap("done")
    assert glass.events == [FieldTyped("business_address", "测试路8号北侧")]


def test_symbols_digits_and_back(glass: Glass) -> None:
    glass.show(samples.faces()["form_text"])
    glass.tap("key.symbols")
    glass.tap("key.2")
    glass.tap("key.symbols")
    for letter in "ceng":
        glass.tap(f"key.{letter}")
    glass.tap("key.space")
    glass.tap("done")
    assert glass.events == [FieldTyped("business_address", "测试路8号2层")]


def test_more_offers_are_a_page_away(glass: Glass) -> None:
    glass.show(samples.faces()["form_text"])
    for letter in "shi":
        glass.tap(f"key.{letter}")
    first = glass.pane.texts()
    glass.tap("offer.more")
    assert glass.pane.texts() != first


def test_a_draft_stays_when_only_the_clock_moved(glass: Glass) -> None:
    from dataclasses import replace

    face = samples.faces()["form_phone"]
    glass.show(face)
    glass.tap("key.5")
    glass.show(replace(face, chrome=replace(face.chrome, when="11月22日 星期日 14:37")))
    assert glass.says("1005")


def test_another_field_starts_with_its_own_value(glass: Glass) -> None:
    glass.show(samples.faces()["form_phone"])
    glass.tap("key.5")
    glass.show(samples.faces()["form_number"])
    assert not glass.says("1005")
    glass.tap("done")
    assert glass.events == [FieldTyped("floor_area", "68")]


def test_opening_another_field_finishes_the_one_before(glass: Glass) -> None:
    glass.show(samples.faces()["form_phone"])
    glass.tap("key.5")
    glass.tap("field.floor_area")
    assert glass.events == [FieldTyped("phone", "1005"), FieldOpened("floor_area")]


def test_opening_another_field_without_a_change_changes_nothing(glass: Glass) -> None:
    glass.show(samples.faces()["form_phone"])
    glass.tap("field.floor_area")
    assert glass.events == [FieldOpened("floor_area")]


@pytest.mark.parametrize(
    ("letters", "spelled"),
    [("baojiegui", "bao'jie'gui"), ("dongchengqu", "dong'cheng'qu"), ("nanguo", "nan'guo"), ("zhuangxiu", "zhuang'xiu"), ("xian", "xian"),
     ("lvse", "lv'se"), ("bjg", "b'j'g"), ("quanjian", "quan'jian"), ("", "")],
)  # fmt: skip
def test_letters_are_spelled_in_syllables(words: Pinyin, letters: str, spelled: str) -> None:
    assert _typed(opened(_editor("text"), False), words, *_letters(letters)).spelled == spelled
