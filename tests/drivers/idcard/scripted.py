"""A ``BytePort`` that plays a conversation, and the parts conversations are made of."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.failures import TookTooLong
from core.waiting import Patience
from drivers.idcard.frame import Reply, pack
from drivers.idcard.line import Timing
from drivers.idcard.sdt import SdtReader

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[2] / "data/sdt_vectors.json").read_text("utf-8"))
AT_ONCE = Timing(answer=5.0, read=5.0, gap=5.0, poll=0.0, held_poll=0.0, late=5.0)
"""Long times, of which nothing is waited for: a scripted port says at once that no more bytes will come."""


def vector(*path: str) -> bytes:
    """The bytes at a place in the vectors, e.g. ``replies find_ok``."""
    value: Any = VECTORS
    for key in path:
        value = value[key]
    return bytes.fromhex(value["hex"] if isinstance(value, dict) else value)


def sw(sw3: int, data: bytes = b"", sw1: int = 0, sw2: int = 0) -> bytes:
    return Reply(sw1, sw2, sw3, data).pack()


FOUND = vector("replies", "find_ok")
SELECTED = vector("replies", "select_ok")
NUMBER = vector("replies", "samid")
NO_CARD = sw(0x80)
OK = sw(0x90)
NONE_STORED = sw(0x91)
CARD = vector("full_frames", "resident", "base_fp_30_10_len1024")
PLAIN_CARD = vector("full_frames", "resident", "base_30_01")
OTHER_CARD = vector("full_frames", "J", "base_fp_30_10_len1024")


@dataclass(frozen=True)
class Turn:
    """One request (CMD PARA in hex), what is answered in time, and what is still under way when the time is over."""

    asks: str
    says: bytes = b""
    late: bytes = b""


@dataclass
class ScriptedPort:
    """Plays ``turns`` in order; what is asked after them is answered by ``otherwise`` or not at all."""

    turns: list[Turn]
    otherwise: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    piece: int = 4096

    def __post_init__(self) -> None:
        self._script = deque(self.turns)
        self._coming: deque[bytes] = deque()
        self._late = b""

    def write(self, data: bytes, patience: Patience) -> None:
        body = data[7:-1].hex().upper()
        assert data == pack(data[7:-1])
        self.asked.append(body)
        self._hear(self._late)
        if self._script:
            turn = self._script.popleft()
            assert turn.asks == body, f"asked {body}, the script has {turn.asks}"
            self._hear(turn.says)
            self._late = turn.late
        else:
            self._hear(self.otherwise.get(body, b""))
            self._late = b""

    def _hear(self, data: bytes) -> None:
        self._coming.extend(data[at : at + self.piece] for at in range(0, len(data), self.piece))

    def read(self, most: int, patience: Patience) -> bytes:
        patience.check()
        if not self._coming:
            raise TookTooLong
        piece = self._coming.popleft()
        if len(piece) > most:
            self._coming.appendleft(piece[most:])
        return piece[:most]

    def discard_input(self) -> None:
        self._coming.clear()

    def close(self) -> None:
        self._coming.clear()

    @property
    def finished(self) -> bool:
        return not self._script


def reader_on(
    *turns: Turn, otherwise: dict[str, bytes] | None = None, piece: int = 4096
) -> tuple[SdtReader, ScriptedPort]:
    port = ScriptedPort(list(turns), otherwise or {}, piece=piece)
    return SdtReader(port, timing=AT_ONCE), port
