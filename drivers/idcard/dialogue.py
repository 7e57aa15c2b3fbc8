"""The questions put to one card, in their order: find, select, read, newest address; and whether it still lies there.

Odd things it lives with:

* Select is tried twice before it is believed to have failed.
* Some readers do not know 30 10 (text, photo and fingerprints), and say so or say nothing: 30 01 is used from then on.
* A read whose reply was lost on the line has used up the card's one read: the module is reset before the next look.
* After a read many readers answer 20 01 with *no card* until the card is lifted. Whether it still lies there is
  asked by 30 03: 90 and 91 mean yes.
"""

from __future__ import annotations

from contextlib import suppress

from core.failures import CardMoved, DeviceFailure, DeviceSilent
from core.waiting import Patience
from drivers.idcard import commands
from drivers.idcard.commands import Command, Content, parse_content
from drivers.idcard.frame import Reply
from drivers.idcard.line import Line, Missed
from drivers.idcard.status import Remedy, Sw3
from drivers.idcard.text_block import parse_newest_address
from drivers.idcard.trouble import Stumble, accept, meaning, trouble

_UNKNOWN_COMMAND = frozenset({Sw3.WRONG_COMMAND, Sw3.NOT_AUTHORISED, Sw3.UNRECOGNISED})

DEAF = 2
"""So often in a row without one byte of an answer is no accident."""


class Dialogue:
    """Remembers what the reader cannot do. Raises ``Stumble`` where another attempt may help, else failures."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._knows_fingerprints = True
        self._unheard = 0

    def reset(self, patience: Patience) -> None:
        self._ask(commands.RESET, patience)

    def look(self, patience: Patience) -> bool:
        """Whether a card is found that can be read."""
        reply = self._ask(commands.FIND, patience)
        if meaning(reply).remedy is Remedy.WAIT:
            return False
        if reply.sw3 in commands.FIND.successes:
            return True
        raise trouble(reply, card=False)

    def select(self, patience: Patience) -> None:
        reply = self._ask(commands.SELECT, patience)
        if reply.sw3 == Sw3.SELECT_FAILED:
            reply = self._ask(commands.SELECT, patience)
        accept(reply)

    def content(self, patience: Patience) -> Content:
        """Text, photo and, where the reader can, fingerprints."""
        if self._knows_fingerprints and self._unheard < DEAF:
            reply = self._read_all(patience)
            if reply.sw3 not in _UNKNOWN_COMMAND:
                return parse_content(accept(reply).data)
        reply = accept(self._read(commands.READ, patience))
        self._knows_fingerprints = False
        return parse_content(reply.data)

    def _read_all(self, patience: Patience) -> Reply:
        try:
            reply = self._read(commands.READ_WITH_FINGERPRINTS, patience)
        except Stumble as error:
            self._unheard += isinstance(error.failure, DeviceSilent)
            raise
        self._unheard = 0
        return reply

    def newest_address(self, patience: Patience) -> str:
        """The address written to the chip after it was issued, ``""`` if none; a reader that cannot tell has none."""
        reply = self._newest_address(patience)
        if reply is None or reply.sw3 == Sw3.NO_SUCH_CONTENT or reply.sw3 in _UNKNOWN_COMMAND:
            return ""
        return parse_newest_address(accept(reply).data)

    def _newest_address(self, patience: Patience) -> Reply | None:
        """Asked twice if need be; once if the reader is so plain that it keeps its own number to itself."""
        for _ in range(2 if self._line.knows_number else 1):
            with suppress(Missed):
                return self._line.ask(commands.NEWEST_ADDRESS, patience)
        return None

    def lies_there(self, patience: Patience, *, was_read: bool) -> bool:
        """Whether a card is in the field. A module that says it is broken knows nothing of cards: raises."""
        asked = commands.NEWEST_ADDRESS if was_read else commands.FIND
        try:
            reply = self._line.ask(asked, patience)
        except Missed:
            return False
        found = meaning(reply)
        if found.remedy is Remedy.GIVE_UP and found.failure and issubclass(found.failure, DeviceFailure):
            raise found.failure(found.words)
        return reply.sw3 in (Sw3.SUCCESS, Sw3.FOUND, Sw3.NO_SUCH_CONTENT)

    def _ask(self, command: Command, patience: Patience) -> Reply:
        try:
            return self._line.ask(command, patience)
        except Missed as error:
            gone = CardMoved(f"{command.name} not answered") if command is commands.SELECT else None
            raise Stumble(error.failure, gone) from error

    def _read(self, command: Command, patience: Patience) -> Reply:
        try:
            return self._line.ask(command, patience)
        except Missed as error:
            raise Stumble(error.failure, error.failure, reset=True) from error
