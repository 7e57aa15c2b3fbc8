"""Frames: the published bytes, and a parser that nothing can confuse for long."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drivers.idcard import commands
from drivers.idcard.frame import LONGEST, PREAMBLE, FrameParser, Reply, checksum, pack, parse_reply
from tests.drivers.idcard.scripted import VECTORS, vector

COMMANDS = {
    "reset": commands.RESET.body,
    "status": commands.STATUS.body,
    "samid": commands.SAM_NUMBER.body,
    "find": commands.FIND.body,
    "select": commands.SELECT.body,
    "base": commands.READ.body,
    "base+fp": commands.READ_WITH_FINGERPRINTS.body,
    "newaddr": commands.NEWEST_ADDRESS.body,
    "mnginfo": commands.MANAGEMENT.body,
    "maxrf_0x58": commands.set_rf_bytes(0x58).body,
    **{f"baud{code}": commands.set_baud(baud).body for code, baud in enumerate(commands.BAUDS)},
}
REPLIES = [vector("replies", name) for name in VECTORS["replies"]]
READS = [vector("full_frames", kind, form) for kind in VECTORS["full_frames"] for form in VECTORS["full_frames"][kind]]
bodies = st.binary(min_size=3, max_size=400)
pieces = st.lists(st.integers(1, 40), max_size=200)


def fed(parser: FrameParser, data: bytes, sizes: list[int] | None = None) -> list[bytes]:
    """Bodies found when ``data`` comes in pieces of these sizes, the rest in one."""
    found, at = [], 0
    for size in [*(sizes or []), len(data)]:
        found += parser.feed(data[at : at + size])
        at += size
    return found


@pytest.mark.parametrize("name", VECTORS["requests"])
def test_requests_byte_for_byte(name: str) -> None:
    assert pack(COMMANDS[name]) == vector("requests", name)


@pytest.mark.parametrize("frame", REPLIES + READS, ids=lambda frame: frame[:14].hex())
def test_replies_byte_for_byte(frame: bytes) -> None:
    (body,) = FrameParser().feed(frame)
    assert pack(body) == frame
    assert parse_reply(body).pack() == frame


def test_a_bad_checksum_is_no_frame() -> None:
    parser = FrameParser()
    assert parser.feed(bytes.fromhex("AAAAAA9669000400008085")) == []
    assert (parser.broken, parser.within_frame) == (1, False)


def test_one_aa_too_many() -> None:
    assert FrameParser().feed(b"\x00\xaa\x96\xaa" + REPLIES[0]) == [REPLIES[0][7:-1]]


def test_two_frames_glued() -> None:
    assert FrameParser().feed(REPLIES[0] + READS[0]) == [REPLIES[0][7:-1], READS[0][7:-1]]


@pytest.mark.parametrize("length", ["0000", "0001", "0003", "0FFA", "FFFF"])
def test_a_length_that_cannot_be(length: str) -> None:
    parser = FrameParser()
    assert parser.feed(PREAMBLE + bytes.fromhex(length) + REPLIES[0]) == [REPLIES[0][7:-1]]
    assert parser.broken == 1


def test_the_longest_frame() -> None:
    body = bytes(LONGEST - 8)
    assert FrameParser().feed(pack(body)) == [body]


def test_a_true_frame_inside_a_broken_one() -> None:
    claimed = PREAMBLE + b"\x00\x40" + b"\x01" * 10 + READS[0]
    assert FrameParser().feed(claimed) == [READS[0][7:-1]]


def test_a_true_preamble_where_a_false_one_has_its_length() -> None:
    assert FrameParser().feed(PREAMBLE + REPLIES[0]) == [REPLIES[0][7:-1]]


def test_a_frame_cut_short_is_within_frame() -> None:
    parser = FrameParser()
    assert parser.feed(READS[0][:700]) == []
    assert parser.within_frame


@given(bodies)
def test_packed_and_parsed_again(body: bytes) -> None:
    assert FrameParser().feed(pack(body)) == [body]
    assert checksum(pack(body)[5:]) == 0


@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255), st.binary(max_size=300))
def test_replies_packed_and_parsed_again(sw1: int, sw2: int, sw3: int, data: bytes) -> None:
    reply = Reply(sw1, sw2, sw3, data)
    (body,) = FrameParser().feed(reply.pack())
    assert parse_reply(body) == reply


@given(st.lists(bodies, max_size=6), pieces)
def test_pieces_do_not_matter(all_bodies: list[bytes], sizes: list[int]) -> None:
    stream = b"".join(pack(body) for body in all_bodies)
    assert fed(FrameParser(), stream, sizes) == all_bodies


@given(st.binary(max_size=60).filter(lambda junk: 0x96 not in junk), bodies, pieces)
@example(b"\xaa", b"\x00\x00\x90", [])
@example(b"\xaa\xaa\xaa\xaa\xaa", b"\x00\x00\x90", [1] * 20)
def test_junk_in_front_costs_nothing(junk: bytes, body: bytes, sizes: list[int]) -> None:
    assert fed(FrameParser(), junk + pack(body), sizes) == [body]


@given(st.lists(st.one_of(st.binary(max_size=80), st.just(PREAMBLE), bodies.map(pack)), max_size=12), pieces)
def test_whatever_comes_the_buffer_stays_small(parts: list[bytes], sizes: list[int]) -> None:
    parser = FrameParser()
    stream = b"".join(parts)
    found = fed(parser, stream, sizes)
    assert sum(len(body) + 8 for body in found) + parser.junk <= len(stream)
    # Enough junk ends whatever a false header has claimed: then every frame is seen again.
    assert parser.feed(bytes(LONGEST) + REPLIES[0])[-1] == REPLIES[0][7:-1]
