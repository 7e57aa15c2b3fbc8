"""Numbered blanks: the range on a packet, which sheet is next in the tray, and the account of all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.failures import BlanksOut
from printing.stores import Blank, BlankState

MOST_IN_RANGE = 100_000


@dataclass(frozen=True, slots=True)
class BlankRange:
    """A packet as loaded: ``first`` to ``last``, both included, same letters, same number of digits (``WJ000001``)."""

    stock: str
    first: str
    last: str

    def __post_init__(self) -> None:
        (prefix, low), (other, high) = _parts(self.first), _parts(self.last)
        if prefix != other or len(low) != len(high) or not 0 <= int(high) - int(low) < MOST_IN_RANGE:
            raise ValueError(f"not a range of blanks: {self.first} to {self.last}")

    def numbers(self) -> Iterator[str]:
        prefix, low = _parts(self.first)
        for number in range(int(low), int(_parts(self.last)[1]) + 1):
            yield f"{prefix}{number:0{len(low)}d}"

    def __len__(self) -> int:
        return int(_parts(self.last)[1]) - int(_parts(self.first)[1]) + 1


def next_blank(available: Iterable[str], held: frozenset[str]) -> str:
    """The lowest number the centre says is available and this terminal's own journal does not hold.

    Sheets lie in the tray in the order of their numbers. Raises ``BlanksOut`` when there is none.
    """
    free = sorted(number for number in available if number not in held)
    if not free:
        raise BlanksOut("no available blank in this tray")
    return free[0]


@dataclass(frozen=True, slots=True)
class Account:
    """How many blanks of a range are in which state, and which numbers nobody can tell of."""

    counts: dict[BlankState, int]
    missing: tuple[str, ...]

    @property
    def closed(self) -> bool:
        """Every sheet is used, spoiled, void or still in the tray: none missing, none in doubt."""
        return not self.missing and self.counts.get(BlankState.RESERVED, 0) == 0


def account(loaded: BlankRange, blanks: Iterable[Blank]) -> Account:
    """The account of one loaded range; blanks of other ranges are left out."""
    states = {blank.number: blank.state for blank in blanks}
    numbers = tuple(loaded.numbers())
    return Account(
        dict(Counter(states[number] for number in numbers if number in states)),
        tuple(number for number in numbers if number not in states),
    )


def _parts(number: str) -> tuple[str, str]:
    match = re.fullmatch(r"([A-Z]*)([0-9]{1,12})", number)
    if match is None:
        raise ValueError(f"not the number of a blank: {number[:20]!r}")
    return match[1], match[2]
