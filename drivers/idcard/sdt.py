"""A reader that speaks SDT, whatever line it hangs on: wait for a card, read it, watch until it is taken away.

Odd: find is tried twice in a row before *no card* is believed, and *no card* after a read is no proof of removal.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from core.devices import BytePort, Condition, DeviceHealth
from core.failures import DeviceFailure, DeviceGone, Failure, NoCard, TookTooLong
from core.people import IdCard
from core.waiting import Patience
from drivers.idcard import commands
from drivers.idcard.dialogue import Dialogue
from drivers.idcard.line import Line, Missed, Timing
from drivers.idcard.status import Sw3
from drivers.idcard.text_block import parse_text
from drivers.idcard.trouble import Stumble, meaning

ATTEMPTS = 3
BELIEVED = 2
"""Looks in a row that must agree that nothing lies there."""


class SdtReader:
    """Keeps ``core.devices.IdCardReader``. Calls from several threads take turns, one card or one question at a time.

    ``baud`` is the speed the port was opened at; ``knows_number`` is false for a reader that ignores 12 FF.
    """

    def __init__(
        self,
        port: BytePort,
        *,
        baud: int = commands.BAUDS[0],
        timing: Timing | None = None,
        knows_number: bool = True,
    ) -> None:
        self._port = port
        self._baud = baud
        self._timing = timing if timing is not None else Timing()
        self._line = Line(port, baud, self._timing, knows_number=knows_number)
        self._dialogue = Dialogue(self._line)
        self._lock = threading.Lock()
        self._was_read = False

    def read(self, patience: Patience) -> IdCard:
        """Wait for a card and read it, newest address included.

        Raises ``NoCard`` when none was laid down in time, ``TookTooLong`` when the time ended before the reader had
        answered or in the middle of a read, ``CardFailure`` and ``DeviceFailure`` of all kinds, ``Cancelled``.
        """
        stumbles: list[Stumble] = []
        empty = False
        while len(stumbles) < ATTEMPTS:
            try:
                empty = not self._find(stumbles[-1] if stumbles else None, patience)
                if not empty:
                    return self._read_found(patience)
                stumbles = []
                patience.sleep(self._timing.poll)
            except Stumble as error:
                stumbles.append(error)
            except TookTooLong as error:
                raise _out_of_time(error, stumbles, empty) from error
        raise stumbles[-1].failure from stumbles[-1]

    def wait_removed(self, patience: Patience) -> None:
        """Return when the card just read has left the field.

        A reader that has read nothing since it was opened is asked whether it finds a card.
        """
        gone = 0
        while True:
            with self._turn(patience):
                gone = 0 if self._dialogue.lies_there(patience, was_read=self._was_read) else gone + 1
            if gone == BELIEVED:
                self._was_read = False
                return
            patience.sleep(self._timing.held_poll)

    def health(self, patience: Patience) -> DeviceHealth:
        """Ask the module for its state (11 FF) and number (12 FF). Raises only what ``patience`` raises."""
        facts = {"baud": str(self._baud)}
        try:
            with self._turn(patience):
                failure = meaning(self._line.insist(commands.STATUS, patience)).failure
                facts["sam"] = self._number(patience)
        except DeviceGone as error:
            return DeviceHealth("idcard", Condition.GONE, error.code, facts)
        except DeviceFailure as error:
            return DeviceHealth("idcard", Condition.FAULTY, error.code, facts)
        if failure is not None:
            return DeviceHealth("idcard", Condition.FAULTY, failure.code, facts)
        return DeviceHealth("idcard", Condition.READY, None, facts)

    def close(self) -> None:
        self._port.close()

    def _find(self, before: Stumble | None, patience: Patience) -> bool:
        """Look for a card; if there was trouble with one and now there is none, that explains the trouble."""
        with self._turn(patience):
            if before is not None and before.reset:
                self._dialogue.reset(patience)
            found = any(self._dialogue.look(patience) for _ in range(BELIEVED))
        if not found and before is not None and before.gone is not None:
            raise before.gone from before
        return found

    def _read_found(self, patience: Patience) -> IdCard:
        with self._turn(patience):
            self._dialogue.select(patience)
            content = self._dialogue.content(patience)
            self._was_read = True
            card = parse_text(content.text)
            newest = self._dialogue.newest_address(patience)
        return replace(card, newest_address=newest, photo=content.photo, fingerprints=content.fingerprints)

    def _number(self, patience: Patience) -> str:
        try:
            reply = self._line.ask(commands.SAM_NUMBER, patience)
        except Missed:
            return ""
        return commands.format_sam_number(reply.data) if reply.sw3 == Sw3.SUCCESS else ""

    @contextmanager
    def _turn(self, patience: Patience) -> Iterator[None]:
        while not self._lock.acquire(timeout=0.05):
            patience.check()
        try:
            yield
        finally:
            self._lock.release()


def _out_of_time(error: TookTooLong, stumbles: list[Stumble], empty: bool) -> Failure:
    """The truth about a wait that ended without a card; ``empty``: the reader last said that nothing lies there."""
    if stumbles:
        return stumbles[-1].failure
    return NoCard("no card within the time allowed") if empty else error
