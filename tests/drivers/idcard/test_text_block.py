"""The text block: the published cards, and what a block may hold that no published one does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.failures import CardKindNotServed, CardUnreadable
from core.people import CardKind, IdCard, Sex
from drivers.idcard.nations import NATIONS, nation_name
from drivers.idcard.simulated.block import encode_address, encode_text
from drivers.idcard.text_block import parse_newest_address, parse_text
from tests.drivers.idcard.scripted import VECTORS, vector

CARDS = {
    "resident": IdCard(
        kind=CardKind.RESIDENT,
        name="测试甲",
        number="110101190001010014",
        sex=Sex.MALE,
        birth=date(1900, 1, 1),
        valid_from=date(2020, 1, 1),
        valid_to=None,
        nation="汉",
        address="北京市东城区测试路1号",
        issuer="测试公安局东城分局",
    ),
    "J": IdCard(
        kind=CardKind.HMT_RESIDENCE,
        name="測試乙",
        number="810000190001010026",
        sex=Sex.FEMALE,
        birth=date(1900, 1, 1),
        valid_from=date(2024, 1, 1),
        valid_to=date(2029, 1, 1),
        address="广东省深圳市测试区测试路2号",
        issuer="深圳市公安局",
        pass_number="H00000000",
        issue_count="01",
    ),
    "I": IdCard(
        kind=CardKind.FOREIGNER_2017,
        name="测试丙",
        english_name="TEST, SPECIMEN A",
        number="USA110000010104",
        sex=Sex.MALE,
        birth=date(1900, 1, 1),
        valid_from=date(2018, 1, 1),
        valid_to=date(2028, 1, 1),
        nationality="USA",
        issuer="1100",
    ),
    "Y": IdCard(
        kind=CardKind.FOREIGNER_2023,
        name="测试丁",
        english_name="TEST, SPECIMEN WITH A LONG ENGLISH NAME FIELD",
        number="911840190001010017",
        sex=Sex.MALE,
        birth=date(1900, 1, 1),
        valid_from=date(2023, 12, 1),
        valid_to=date(2033, 11, 30),
        nationality="USA",
        issue_count="00",
    ),
}
JIA = CARDS["resident"]
BLOCK = encode_text(JIA)
PLACES = {"sex": 30, "nation": 32, "birth": 36, "address": 52, "number": 122, "valid_from": 188, "valid_to": 204}


def having(offset: int, text: str, width: int = 0) -> bytes:
    """The block of JIA with ``text`` at ``offset``, blanks behind it up to ``width`` characters."""
    raw = text.ljust(width).encode("utf-16-le", "surrogatepass")
    return BLOCK[:offset] + raw + BLOCK[offset + len(raw) :]


@pytest.mark.parametrize("kind", VECTORS["text_blocks"])
def test_published_blocks_both_ways(kind: str) -> None:
    block = vector("text_blocks", kind)
    assert parse_text(block) == CARDS[kind]
    assert encode_text(CARDS[kind]) == block


@pytest.mark.parametrize(
    "name",
    ["测试𬭎", "测试\ue000", "测\u3000试", "MIHRAY·TEST", "欧阳 测试", "𬭎" * 7 + "甲", "测试\u3000"],
    ids=["supplementary", "private use", "ideographic space", "dot", "inner space", "full", "space at end"],
)
def test_names_are_kept_to_the_character(name: str) -> None:
    assert parse_text(encode_text(replace(JIA, name=name))).name == name


def test_zero_padding_is_padding() -> None:
    assert parse_text(having(0, "测试甲".ljust(15, "\0"))).name == "测试甲"
    assert parse_text(having(248, "\0")).kind is CardKind.RESIDENT


@pytest.mark.parametrize(
    "block",
    [
        b"",
        BLOCK[:255],
        b" \0" * 128,
        bytes(256),
        b"\xff" * 256,
        having(0, "", 15),
        having(0, "测\ud862", 15),
        having(0, "测\0甲", 15),
        having(0, "测\x07甲", 15),
        having(122, "", 18),
        having(122, "11010119000101001", 18),
        having(122, "１１0101190001010014", 18),
        having(188, "00000000"),
        having(188, "20201301"),
        having(204, "00000000"),
        having(204, "20230229"),
        having(204, "", 8),
        having(204, "长 期", 8),
        having(204, "２０２０0101"),
    ],
    ids=lambda block: f"{len(block)}:{block[:8].hex()}",
)
def test_content_that_cannot_be_relied_on(block: bytes) -> None:
    with pytest.raises((CardUnreadable, CardKindNotServed)) as caught:
        parse_text(block)
    assert "测" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_an_unknown_type_letter() -> None:
    with pytest.raises(CardKindNotServed):
        parse_text(having(248, "Z"))


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("0", Sex.UNKNOWN),
        ("1", Sex.MALE),
        ("2", Sex.FEMALE),
        ("9", Sex.UNSPECIFIED),
        ("3", Sex.UNKNOWN),
        (" ", Sex.UNKNOWN),
    ],
)
def test_sex(written: str, sex: Sex) -> None:
    assert parse_text(having(30, written)).sex is sex


@pytest.mark.parametrize("written", ["19000230", "1900 101", "        ", "19000000"])
def test_a_birth_date_that_is_no_day_is_unknown(written: str) -> None:
    assert parse_text(having(36, written)).birth is None


def test_a_small_x_in_the_number() -> None:
    assert parse_text(having(122, "11010119000102001x")).number == "11010119000102001X"


def test_a_character_cut_in_two_at_the_end_of_an_address_is_visible() -> None:
    assert parse_text(having(52, "路" * 34 + "\ud862")).address == "路" * 34 + "\ufffd"


def test_a_blank_first_day_is_unknown() -> None:
    assert parse_text(having(188, "", 8)).valid_from is None


def test_nations() -> None:
    assert len(NATIONS) == 58
    assert [nation_name(code) for code in ("01", "56", "98", "57", "??", "")] == [
        "汉", "基诺", "外国血统中国籍人士", "其他(57)", "其他(??)", "",
    ]  # fmt: skip


def test_the_newest_of_several_addresses() -> None:
    first, second = encode_address("测试路1号"), encode_address("测试路 2号")
    assert parse_newest_address(first) == "测试路1号"
    assert parse_newest_address(first + second) == "测试路 2号"
    assert parse_newest_address(first + second + b" \0" * 70) == "测试路 2号"
    assert parse_newest_address(b" \0" * 35) == ""


@given(st.binary(min_size=256, max_size=256))
def test_any_block_is_a_card_or_a_card_failure(block: bytes) -> None:
    try:
        card = parse_text(block)
    except (CardUnreadable, CardKindNotServed):
        return
    assert (card.name + card.address).encode("utf-8")


@given(st.sampled_from(sorted(PLACES)), st.binary(min_size=2, max_size=16).filter(lambda raw: len(raw) % 2 == 0))
def test_any_field_is_a_card_or_a_card_failure(place: str, raw: bytes) -> None:
    start = PLACES[place]
    try:
        card = parse_text(BLOCK[:start] + raw + BLOCK[start + len(raw) :])
    except (CardUnreadable, CardKindNotServed):
        return
    assert card.name == "测试甲"
    assert card.valid_to is None or card.valid_to.year
