"""The module inside the simulated reader: a pure machine from (request, state of the table) to a reply."""

from __future__ import annotations

from collections.abc import Callable

from drivers.idcard.commands import BAUDS
from drivers.idcard.frame import Reply, pack
from drivers.idcard.simulated.cards import SimulatedCard
from drivers.idcard.simulated.state import ReaderState
from drivers.idcard.status import Sw3

NUMBER = bytes.fromhex("05000200E190320187D61200B1CB7400")
MANAGEMENT = bytes(range(28))


def status(sw3: int, data: bytes = b"") -> bytes:
    """A whole reply frame."""
    return Reply(0, 0, sw3, data).pack()


class SimulatedSam:
    """Remembers which laying of a card was found, selected and read: find → select → read, once for every laying."""

    def __init__(self) -> None:
        self._found = self._selected = self._known = self._read = -1

    def answer(self, body: bytes, state: ReaderState) -> bytes:
        """The reply frame to the request ``body`` (CMD PARA DATA), without the module's time."""
        handler = self._handlers().get(body[:2].hex().upper())
        if handler is None or (body[:1] != b"\x61" and len(body) != 2):
            return self._set_baud(body) if body[:1] == b"\x60" and len(body) == 2 else status(Sw3.WRONG_COMMAND)
        refusal = state.card.refuses.get(body[:2].hex().upper()) if state.card else None
        return status(refusal) if refusal else handler(body, state)

    def _handlers(self) -> dict[str, Callable[[bytes, ReaderState], bytes]]:
        return {
            "10FF": self._reset,
            "11FF": lambda body, state: status(Sw3.SUCCESS),
            "12FF": lambda body, state: status(Sw3.SUCCESS, NUMBER),
            "2001": self._find,
            "2002": self._select,
            "3001": lambda body, state: self._content(state, with_fingerprints=False),
            "3010": lambda body, state: self._content(state, with_fingerprints=True),
            "3003": self._newest_address,
            "3005": self._management,
            "61FF": self._radio_frame,
        }

    def _reset(self, body: bytes, state: ReaderState) -> bytes:
        self._found = self._selected = self._known = -1
        if state.rearms:
            self._read = -1
        return status(Sw3.SUCCESS)

    def _find(self, body: bytes, state: ReaderState) -> bytes:
        self._found = self._selected = -1
        if state.card is None or (self._read == state.laid and not state.repeat_read):
            return status(Sw3.NO_CARD)
        self._found = state.laid
        return status(Sw3.FOUND, bytes(4))

    def _select(self, body: bytes, state: ReaderState) -> bytes:
        if state.card is None or self._found != state.laid:
            return status(Sw3.SELECT_FAILED if self._found >= 0 else Sw3.WRONG_COMMAND)
        self._selected = self._known = state.laid
        return status(Sw3.SUCCESS, bytes(8))

    def _content(self, state: ReaderState, *, with_fingerprints: bool) -> bytes:
        if self._selected < 0 or (with_fingerprints and not state.fingerprints):
            return status(Sw3.WRONG_COMMAND)
        selected, self._selected = self._selected, -1
        if state.card is None or selected != state.laid:
            return status(Sw3.READ_FAILED)
        self._read = state.laid
        return state.card.content(with_fingerprints=with_fingerprints)

    def _present(self, state: ReaderState) -> SimulatedCard | None:
        return state.card if self._known == state.laid else None

    def _newest_address(self, body: bytes, state: ReaderState) -> bytes:
        if self._known < 0:
            return status(Sw3.WRONG_COMMAND)
        card = self._present(state)
        if card is None:
            return status(Sw3.READ_FAILED)
        return status(Sw3.SUCCESS, card.newest_address) if card.newest_address else status(Sw3.NO_SUCH_CONTENT)

    def _management(self, body: bytes, state: ReaderState) -> bytes:
        return status(Sw3.SUCCESS, MANAGEMENT) if self._present(state) else status(Sw3.READ_FAILED)

    def _radio_frame(self, body: bytes, state: ReaderState) -> bytes:
        return status(Sw3.SUCCESS if len(body) == 3 and body[2] >= 24 else Sw3.WRONG_COMMAND)

    def _set_baud(self, body: bytes) -> bytes:
        return status(Sw3.SUCCESS if body[1] < len(BAUDS) else Sw3.WRONG_COMMAND)


def bad_length() -> bytes:
    """A frame that claims to be longer than any."""
    return pack(b"\0\0\x90")[:5] + b"\xff\xff\0\0\x90\x90"
