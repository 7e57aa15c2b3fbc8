"""What the simulated reader is up to, in a JSON file, so that another process can lay a card or set a fault meanwhile.

The file is replaced atomically; writers take turns by a lock file beside it. Every function here may be called from
any process while the simulator runs.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from drivers.idcard.simulated.cards import SimulatedCard, card_from_json


class Fault(StrEnum):
    SILENCE = "silence"
    """No reply."""
    LATE = "late"
    """The reply, ``ms`` too late."""
    NOISE = "noise"
    """Junk, then the reply."""
    GARBAGE = "garbage"
    """Junk instead of the reply."""
    HALF = "half"
    """Half of the reply."""
    BAD_XOR = "bad_xor"
    EXTRA_AA = "extra_aa"
    """One AA too many in front."""
    GLUED = "glued"
    """The reply, and a second frame at once behind it."""
    STALE = "stale"
    """A frame of some other command glued in front of the reply."""
    LENGTH = "length"
    """A LEN field that cannot be."""
    STATUS = "status"
    """SW3 is ``sw3``, without data."""
    PULLED = "pulled"
    """The card is lifted while the module works on it."""
    UNPLUG = "unplug"
    """The cable is pulled in the middle of the reply."""


@dataclass(frozen=True, slots=True)
class Misbehaviour:
    """``on`` is a command in hex (``"3010"``) or empty for any; ``times`` 0 means until told to stop."""

    kind: Fault
    on: str = ""
    times: int = 1
    sw3: int = 0
    ms: int = 0


@dataclass(frozen=True, slots=True)
class ReaderState:
    """``laid`` counts every laying and lifting. ``sam_ms`` is the module's time for a read, an eighth of it for find and
    select. ``repeat_read``: finds a card again without lifting; ``rearms``: 10 FF has the same effect once;
    ``fingerprints``: knows 30 10; ``baud`` is kept as a module keeps it; not ``paced`` is as fast as the machine."""

    card: SimulatedCard | None = None
    laid: int = 0
    plugged: bool = True
    sam_ms: int = 400
    baud: int = 115200
    paced: bool = True
    repeat_read: bool = False
    rearms: bool = True
    fingerprints: bool = True
    faults: tuple[Misbehaviour, ...] = field(default=())


def parse_state(text: bytes) -> ReaderState:
    raw: dict[str, Any] = json.loads(text)
    raw["card"] = card_from_json(raw["card"]) if raw["card"] else None
    raw["faults"] = tuple(Misbehaviour(**(one | {"kind": Fault(one["kind"])})) for one in raw["faults"])
    return ReaderState(**raw)


def read_state(path: Path) -> ReaderState:
    """The present state; an absent file is a reader at rest."""
    try:
        return parse_state(path.read_bytes())
    except FileNotFoundError:
        return ReaderState()


def change(path: Path, how: Callable[[ReaderState], ReaderState]) -> ReaderState:
    """Read, change and replace the state; returns the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path):
        state = how(read_state(path))
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        fresh.write_text(json.dumps(_plain(state), ensure_ascii=False), "utf-8")
        fresh.replace(path)
    return state


def _plain(state: ReaderState) -> dict[str, Any]:
    card = state.card.to_json() if state.card else None
    return asdict(replace(state, card=None)) | {"card": card}


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.with_name(f"{path.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def lay(path: Path, card: SimulatedCard) -> None:
    """Lay a card on the reader, instead of what lies there."""
    change(path, lambda state: replace(state, card=card, laid=state.laid + 1))


def lift(path: Path) -> None:
    change(path, lambda state: replace(state, card=None, laid=state.laid + 1))


def misbehave(path: Path, kind: Fault, on: str = "", times: int = 1, *, sw3: int = 0, ms: int = 0) -> None:
    """Add a fault; faults are used up in order."""
    fault = Misbehaviour(kind, on.upper(), times, sw3, ms)
    change(path, lambda state: replace(state, faults=(*state.faults, fault)))


def behave(path: Path) -> None:
    """Forget all faults."""
    change(path, lambda state: replace(state, faults=()))


def unplug(path: Path) -> None:
    change(path, lambda state: replace(state, plugged=False))


def plug(path: Path) -> None:
    change(path, lambda state: replace(state, plugged=True))
