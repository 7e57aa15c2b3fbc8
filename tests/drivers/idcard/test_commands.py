"""What belongs to which command, and how a read reply is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.failures import CardUnreadable
from drivers.idcard import commands
from drivers.idcard.commands import format_sam_number, parse_content
from drivers.idcard.frame import Reply
from tests.drivers.idcard.scripted import VECTORS, vector

SUCCESSES = {
    commands.RESET: [0],
    commands.STATUS: [0],
    commands.SAM_NUMBER: [16],
    commands.FIND: [0, 4],
    commands.SELECT: [0, 8],
    commands.NEWEST_ADDRESS: [70, 140, 210, 280],
    commands.MANAGEMENT: [28],
    commands.READ: [1284, 260, 1028],
    commands.READ_WITH_FINGERPRINTS: [1286, 1798, 2310],
}


@pytest.mark.parametrize("command", SUCCESSES, ids=lambda command: command.name)
def test_what_belongs_to_it(command: commands.Command) -> None:
    assert all(command.fits(Reply(0, 0, 0x90, bytes(length))) for length in SUCCESSES[command])
    others = {length for lengths in SUCCESSES.values() for length in lengths if length < 300} - {*SUCCESSES[command]}
    strangers = [n for n in others if command.fits(Reply(0, 0, 0x90, bytes(n))) and n < 260]
    assert strangers == []
    assert command.fits(Reply(0, 0, 0x41))


def test_a_fence_believes_no_bare_refusal_but_a_broken_module() -> None:
    assert not commands.FENCE.fits(Reply(0, 0, 0x41))
    assert not commands.FENCE.fits(Reply(0, 0, 0x90))
    assert commands.FENCE.fits(Reply(0, 0, 0x60))


def test_an_illegal_speed() -> None:
    with pytest.raises(ValueError):
        commands.set_baud(300)


def test_the_number_of_the_module() -> None:
    assert format_sam_number(vector("replies", "samid")[10:-1]) == VECTORS["replies"]["samid"]["decoded"]


@given(st.binary(max_size=400), st.binary(max_size=1100), st.binary(max_size=1100))
def test_cut_by_its_own_lengths(text: bytes, photo: bytes, prints: bytes) -> None:
    for parts in ((text, photo), (text, photo, prints)):
        header = b"".join(len(part).to_bytes(2, "big") for part in parts)
        content = parse_content(header + b"".join(parts))
        assert content.text == text[:256]
        assert content.photo == photo[:1024]
        assert content.fingerprints == (prints[:1024] if len(parts) == 3 else b"")


@given(st.binary(max_size=40))
def test_lengths_that_do_not_add_up(data: bytes) -> None:
    try:
        content = parse_content(data)
    except CardUnreadable:
        return
    assert len(content.text) + len(content.photo) + len(content.fingerprints) in (len(data) - 4, len(data) - 6)
