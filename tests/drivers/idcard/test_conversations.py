"""Conversations: what the driver asks, what a reader answers, and what it means. Bytes as on the wire."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from core.failures import (
    Cancelled,
    CardMoved,
    CardUnreadable,
    DeviceNoise,
    DeviceSilent,
    Failure,
    NoCard,
    TookTooLong,
)
from core.waiting import Patience
from drivers.idcard.simulated.block import encode_address
from tests.drivers.contract_idcard import Call
from tests.drivers.idcard.scripted import (
    CARD,
    FOUND,
    NO_CARD,
    NONE_STORED,
    NUMBER,
    OK,
    OTHER_CARD,
    PLAIN_CARD,
    SELECTED,
    Turn,
    reader_on,
    sw,
    vector,
)

FIND, SELECT, READ, PLAIN, NEWEST, RESET, FENCE = "2001", "2002", "3010", "3001", "3003", "10FF", "12FF"
LAID = (Turn(FIND, FOUND), Turn(SELECT, SELECTED))
READ_TO_THE_END = (Turn(READ, CARD), Turn(NEWEST, NONE_STORED))
NOTHING = (Turn(FIND, NO_CARD), Turn(FIND, NO_CARD))


def read(*turns: Turn, otherwise: dict[str, bytes] | None = None, piece: int = 4096) -> str:
    """The name on the card that the conversation ends with."""
    reader, port = reader_on(*turns, otherwise=otherwise, piece=piece)
    card = reader.read(Patience(1))
    assert port.finished
    return card.name


def fails(kind: type[Failure], *turns: Turn, otherwise: dict[str, bytes] | None = None, seconds: float = 1) -> Failure:
    reader, port = reader_on(*turns, otherwise=otherwise)
    with pytest.raises(kind) as caught:
        reader.read(Patience(seconds))
    assert type(caught.value) is kind
    assert port.finished
    return caught.value


@pytest.mark.parametrize("kind", ["resident", "J", "I", "Y"])
@pytest.mark.parametrize(
    ("form", "fingerprints"), [("base_fp_30_10_len1024", 1024), ("base_fp_30_10_len0", 0), ("base_30_01", 0)]
)
def test_every_kind_of_card(kind: str, form: str, fingerprints: int) -> None:
    reader, _ = reader_on(*LAID, Turn(READ, vector("full_frames", kind, form)), Turn(NEWEST, NONE_STORED))
    card = reader.read(Patience(1))
    assert card.kind in (kind, "resident")
    assert (len(card.photo), len(card.fingerprints)) == (1024, fingerprints)
    assert card.photo[:4] == b"WL\x66\x00"


@pytest.mark.parametrize("piece", [1, 2, 7, 16, 700])
def test_in_pieces(piece: int) -> None:
    assert read(*LAID, *READ_TO_THE_END, piece=piece) == "测试甲"


def test_a_clone_that_finds_with_90_and_no_data() -> None:
    assert read(Turn(FIND, OK), Turn(SELECT, OK), *READ_TO_THE_END) == "测试甲"


def test_waits_for_a_card() -> None:
    assert read(*NOTHING, *NOTHING, Turn(FIND, NO_CARD), *LAID, *READ_TO_THE_END) == "测试甲"


def test_no_card_in_time() -> None:
    fails(NoCard, *NOTHING, otherwise={FIND: NO_CARD}, seconds=0.02)


def test_the_newest_address() -> None:
    reader, _ = reader_on(*LAID, Turn(READ, CARD), Turn(NEWEST, sw(0x90, encode_address("测试新村5号楼"))))
    card = reader.read(Patience(1))
    assert (card.home, card.address) == ("测试新村5号楼", "北京市东城区测试路1号")


@pytest.mark.parametrize("refusal", [0x21, 0x23, 0x24])
def test_a_reader_that_knows_no_fingerprints_is_remembered(refusal: int) -> None:
    reader, port = reader_on(
        *LAID, Turn(READ, sw(refusal)), Turn(PLAIN, PLAIN_CARD), Turn(NEWEST, NONE_STORED),
        *LAID, Turn(PLAIN, PLAIN_CARD), Turn(NEWEST, NONE_STORED),
    )  # fmt: skip
    assert [reader.read(Patience(1)).fingerprints for _ in range(2)] == [b"", b""]
    assert port.finished


def test_one_refusal_in_passing_is_not_remembered() -> None:
    assert read(*LAID, Turn(READ, sw(0x21)), Turn(PLAIN, sw(0x41)), *LAID, *READ_TO_THE_END) == "测试甲"


def test_a_reader_that_knows_no_newest_address() -> None:
    assert read(*LAID, Turn(READ, CARD), Turn(NEWEST, sw(0x21))) == "测试甲"


def test_select_is_tried_twice() -> None:
    assert read(Turn(FIND, FOUND), Turn(SELECT, sw(0x81)), Turn(SELECT, SELECTED), *READ_TO_THE_END) == "测试甲"


def test_a_card_that_slipped_is_found_again() -> None:
    assert read(*LAID, Turn(READ, sw(0x41)), *LAID, *READ_TO_THE_END) == "测试甲"


def test_a_card_lifted_while_it_was_read() -> None:
    fails(CardMoved, *LAID, Turn(READ, sw(0x41)), *NOTHING)


def test_a_card_lifted_before_its_newest_address() -> None:
    fails(CardMoved, *LAID, Turn(READ, CARD), Turn(NEWEST, sw(0x41)), *NOTHING)


def test_a_card_that_lies_still_and_cannot_be_read() -> None:
    turns = (*LAID, Turn(READ, sw(0x41)))
    fails(CardUnreadable, *turns * 3)


def test_what_we_sent_was_disturbed() -> None:
    assert read(Turn(FIND, sw(0x10)), *LAID, Turn(READ, sw(0x10)), *READ_TO_THE_END) == "测试甲"


def test_the_card_itself_refuses() -> None:
    turns = (*LAID, Turn(READ, sw(0x90, CARD[10:-1], 0x69, 0x82)))
    fails(CardUnreadable, *turns * 3)


def test_lengths_that_lie() -> None:
    data = bytes.fromhex("FFFF00000000") + bytes(300)
    assert "add up" in fails(CardUnreadable, *LAID, Turn(READ, sw(0x90, data))).detail


def test_a_read_without_text() -> None:
    fails(CardUnreadable, *LAID, Turn(READ, sw(0x90, bytes.fromhex("000004000000") + bytes(1024))))


def test_three_questions_without_an_answer() -> None:
    fails(DeviceSilent, Turn(FIND), Turn(FENCE), Turn(FENCE))


@pytest.mark.parametrize("noise", [b"\x13\x37" * 20, CARD[:700], CARD[:-1] + b"\0", b"\xaa" * 6])
def test_three_answers_that_are_none(noise: bytes) -> None:
    fails(DeviceNoise, Turn(FIND, noise), Turn(FENCE, noise), Turn(FENCE, noise))


def test_noise_in_passing() -> None:
    assert read(Turn(FIND, b"\x55" * 30), Turn(FENCE, NUMBER), *LAID, *READ_TO_THE_END) == "测试甲"


def test_a_lost_read_resets_the_module_because_the_card_counts_as_read() -> None:
    lost = (*LAID, Turn(READ, CARD[:-1] + b"\0"), Turn(FENCE, NUMBER), Turn(RESET, OK))
    assert read(*lost, *LAID, *READ_TO_THE_END) == "测试甲"
    fails(DeviceNoise, *lost, *NOTHING)


def test_a_late_card_is_not_the_next_persons_card() -> None:
    """The reply comes after the time-out, when the fence is already out."""
    turns = (*LAID, Turn(READ, late=CARD), Turn(FENCE, NUMBER), Turn(RESET, OK))
    otherwise = (*LAID, Turn(READ, OTHER_CARD), Turn(NEWEST, NONE_STORED))
    assert read(*turns, *otherwise) == "測試乙"


def test_a_late_card_of_a_read_that_was_given_up() -> None:
    reader, port = reader_on(
        *LAID, Turn(READ, late=CARD), Turn(FENCE, NUMBER), *LAID, Turn(READ, OTHER_CARD), Turn(NEWEST, NONE_STORED)
    )
    patience = Patience(1)
    cut_short(port.read, patience, port)
    with pytest.raises(Failure):
        reader.read(patience)
    assert reader.read(Patience(1)).name == "測試乙"
    assert port.finished


def cut_short(original: Callable[[int, Patience], bytes], patience: Patience, port: object) -> None:
    """The program stops waiting in the middle of the third question."""
    reads = iter(range(100))

    def read_once(most: int, given: Patience) -> bytes:
        if next(reads) == 2:
            patience.stop()
        return original(most, given)

    port.read = read_once  # type: ignore[attr-defined]


@pytest.mark.parametrize("stray", [FOUND, SELECTED, NUMBER, CARD, sw(0x90, bytes(70))])
def test_answers_of_other_commands_are_passed_over(stray: bytes) -> None:
    select = Turn(SELECT, SELECTED if stray == SELECTED else stray + SELECTED)
    assert read(Turn(FIND, FOUND), select, *READ_TO_THE_END) == "测试甲"


@pytest.mark.parametrize("stray", [FOUND, SELECTED, NUMBER, OK, sw(0x90, bytes(4)), sw(0x90, bytes(28))])
def test_nothing_else_is_taken_for_a_card(stray: bytes) -> None:
    assert read(*LAID, Turn(READ, stray + CARD), Turn(NEWEST, NONE_STORED)) == "测试甲"


def test_what_still_comes_after_an_answer_is_not_the_next_answer() -> None:
    assert read(Turn(FIND, FOUND + NO_CARD), Turn(SELECT, SELECTED), *READ_TO_THE_END, piece=len(FOUND)) == "测试甲"


def test_who_waits_for_a_turn_waits_no_longer_than_told() -> None:
    reader, port = reader_on(otherwise={FIND: NO_CARD})
    asked, answered = threading.Event(), threading.Event()

    def slow(most: int, patience: Patience) -> bytes:
        asked.set()
        answered.wait(5)
        return NO_CARD

    port.read = slow  # type: ignore[method-assign]
    patience = Patience(5)
    call = Call(lambda: reader.read(patience))
    asked.wait(5)
    with pytest.raises(TookTooLong):
        reader.health(Patience(0.01))
    patience.stop()
    answered.set()
    assert isinstance(call.end(), Cancelled)


def test_time_is_over_before_any_answer() -> None:
    fails(TookTooLong, seconds=0)


def test_removal_is_believed_at_the_second_look() -> None:
    reader, port = reader_on(
        *LAID, *READ_TO_THE_END,
        Turn(NEWEST, NONE_STORED), Turn(NEWEST, sw(0x41)), Turn(NEWEST, sw(0x90, bytes(70))),
        Turn(NEWEST, sw(0x41)), Turn(NEWEST, sw(0x21)),
    )  # fmt: skip
    reader.read(Patience(1))
    reader.wait_removed(Patience(1))
    assert port.finished


def test_removal_without_a_read_asks_for_a_card() -> None:
    reader, port = reader_on(Turn(FIND, FOUND), *NOTHING)
    reader.wait_removed(Patience(1))
    assert port.finished


def test_a_silent_reader_is_no_removed_card() -> None:
    reader, _ = reader_on(*LAID, *READ_TO_THE_END)
    reader.read(Patience(1))
    with pytest.raises(DeviceSilent):
        reader.wait_removed(Patience(1))
