"""What the courier does with answers: nothing is lost because a number was used before, nothing is sent for ever."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.clock import MovedClock
from core.waiting import Patience
from core.wire import Ack, Body, Message, SyncTold
from kiosk.printd.courier import Courier
from kiosk.store.terminal import TerminalStore, open_store
from printing.stores import Notice

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAST = [(seq, f"earlier-{seq}") for seq in range(1, 4)]


class Centre:
    """Keeps messages by number, as the real one: a number of another message is refused and not stored."""

    def __init__(self, past: Sequence[tuple[int, str]] = (), unknown: str = "") -> None:
        self.known, self.unknown = dict(past), unknown
        self.heard: list[str] = []
        self.rounds = 0

    def call(self, name: str, body: Body, *, key: str | None = None, patience: Patience) -> Body:
        raise AssertionError("the courier only syncs")

    def sync(self, messages: Sequence[Message], health: Mapping[str, str], patience: Patience) -> SyncTold:
        self.rounds += 1
        return SyncTold(acks=tuple(map(self._ack, messages)), now=NOW)

    def _ack(self, message: Message) -> Ack:
        if message.name == self.unknown or self.known.setdefault(message.seq, message.id) != message.id:
            return Ack(seq=message.seq, status="refused", code="CENTRE_CONFUSED")
        self.heard.append(str(message.body["n"]))
        return Ack(seq=message.seq, status="accepted")


def opened(folder: Path) -> TerminalStore:
    return open_store(folder / "printd.db", "printd", MovedClock(NOW))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TerminalStore]:
    with opened(tmp_path) as store:
        yield store


def carried(store: TerminalStore, centre: Centre) -> list[str]:
    """Run until everything is told; what was noted."""
    noted: list[Any] = []
    stop = threading.Event()
    courier = Courier(centre, store.outbox, dict, lambda code, failure: noted.append(code), stop)
    courier.start()
    try:
        assert courier.drained(Patience(10))
    finally:
        stop.set()
        courier.wake()
        courier.join()
    return noted


def test_a_number_used_in_an_earlier_life_loses_no_outcome(store: TerminalStore) -> None:
    """The store was lost, or an older copy put back: its numbers begin again where they were before."""
    centre = Centre(PAST)
    for number in range(5):
        store.outbox.put(Notice("print.outcome", f'{{"n": {number}}}'))
    assert carried(store, centre) == ["print.told_again"] * len(PAST)
    assert sorted(centre.heard) == ["0", "1", "2", "3", "4"]
    assert [number for number in centre.heard if number in "012"] == ["0", "1", "2"]


def test_after_a_leap_numbers_go_on_rising_also_after_a_restart(tmp_path: Path) -> None:
    centre = Centre(PAST)
    with opened(tmp_path) as store:
        store.outbox.put(Notice("print.outcome", '{"n": 0}'))
        carried(store, centre)
    leapt = max(centre.known)
    with opened(tmp_path) as again:
        again.outbox.put(Notice("print.outcome", '{"n": 1}'))
        assert again.outbox.pending()[0].seq == leapt + 1
        assert carried(again, centre) == []


def test_what_is_really_not_understood_is_given_up_and_blocks_nothing(store: TerminalStore) -> None:
    centre = Centre(unknown="news")
    store.outbox.put(Notice("news", '{"n": 0}'))
    store.outbox.put(Notice("print.outcome", '{"n": 1}'))
    assert carried(store, centre) == ["print.told_again", "print.told_refused"]
    assert centre.heard == ["1"]
    assert centre.rounds <= 3
