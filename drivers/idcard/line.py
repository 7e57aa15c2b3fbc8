"""One question, one answer on a half-duplex line that may be silent, noisy or late.

Odd: replies carry no number. After a question that got no answer in time, its reply may still come and must not be
taken for the answer to the next one (it may be the card of the person before). So the line is *dirty* until a fence
has been answered: the module number (12 FF), whose reply has a length no other reply has. A reader that is known not
to answer 12 FF is listened to until it has been quiet for longer than any command takes.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from math import inf

from core.devices import BytePort
from core.failures import DeviceNoise, DeviceSilent, Failure, TookTooLong
from core.waiting import Patience
from drivers.idcard.commands import FENCE, Command
from drivers.idcard.frame import FrameParser, Reply, pack, parse_reply
from drivers.idcard.status import Remedy, meaning_of

MISSES_ALLOWED = 3


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. ``answer``/``read`` from request to reply without wire time; ``gap`` between bytes of one frame;
    ``settle`` of quiet after a frame that was broken; ``poll`` between two looks for a card; ``held_poll`` between two looks whether it was taken away; ``late`` is how
    long after a time-out a reply may still come; ``probe`` is the time for an answer at a speed that is but a guess."""

    answer: float = 1.0
    read: float = 3.0
    gap: float = 1.0
    settle: float = 0.2
    poll: float = 0.25
    held_poll: float = 0.3
    late: float = 3.0
    probe: float = 0.4


class Missed(Exception):
    """One question went unanswered, but not yet three in a row."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


class Line:
    def __init__(self, port: BytePort, baud: int, timing: Timing, *, knows_number: bool = True) -> None:
        self._port = port
        self._baud = baud
        self._timing = timing
        self.knows_number = knows_number
        self._dirty = False
        self._misses = 0
        self._disturbed = False

    def ask(self, command: Command, patience: Patience) -> Reply:
        """The reply to ``command``.

        Raises ``Missed`` when none came, ``DeviceSilent`` or ``DeviceNoise`` at the third miss in a row,
        ``DeviceGone`` when the line is cut, and what ``patience`` raises.
        """
        if self._dirty:
            self._fence(patience)
        reply = self._exchange(command, patience)
        if meaning_of(reply.sw1, reply.sw2, reply.sw3).remedy is Remedy.RESEND:
            reply = self._exchange(command, patience)
        return reply

    def insist(self, command: Command, patience: Patience) -> Reply:
        """Ask until there is an answer or the line is given up."""
        for _ in range(MISSES_ALLOWED - 1):
            with suppress(Missed):
                return self.ask(command, patience)
        try:
            return self.ask(command, patience)
        except Missed as error:
            raise error.failure from error

    def _fence(self, patience: Patience) -> None:
        while self._dirty and self.knows_number:
            try:
                self._exchange(FENCE, patience)
            except Missed:
                continue
        if self._dirty:
            self._listen_until_quiet(patience)

    def _listen_until_quiet(self, patience: Patience) -> None:
        limit = patience.within(2 * self._timing.late)
        while not limit.over:
            try:
                self._port.read(512, limit.within(self._timing.late))
            except TookTooLong:
                break
        patience.check()
        self._dirty = False

    def _exchange(self, command: Command, patience: Patience) -> Reply:
        patience.check()
        self._port.discard_input()
        self._dirty = True
        allowed = self._timing.read if command.slow else self._timing.answer
        limit = patience.within(allowed + 1.5 * 10 * command.wire_bytes / self._baud)
        parser = FrameParser()
        try:
            self._port.write(pack(command.body), limit)
            reply = self._reply(command, parser, limit)
        except TookTooLong as error:
            patience.check()
            raise self._missed(command, parser) from error
        self._dirty, self._disturbed, self._misses = False, False, 0
        return reply

    def _reply(self, command: Command, parser: FrameParser, limit: Patience) -> Reply:
        """The first reply that can belong to ``command``; frames that cannot are left over from before."""
        while True:
            data = self._port.read(512, limit.within(self._patience_for(parser)))
            for body in parser.feed(data):
                reply = parse_reply(body)
                if command.fits(reply):
                    return reply
            limit.check()

    def _patience_for(self, parser: FrameParser) -> float:
        """Once a frame has begun, or was broken, nothing is gained by waiting for the whole time."""
        if parser.within_frame:
            return self._timing.gap
        return self._timing.settle if parser.broken else inf

    def _missed(self, command: Command, parser: FrameParser) -> Missed | Failure:
        self._misses += 1
        self._disturbed = self._disturbed or bool(parser.junk or parser.broken or parser.within_frame)
        kind = DeviceNoise if self._disturbed else DeviceSilent
        failure = kind(f"{command.name} not answered")
        if self._misses < MISSES_ALLOWED:
            return Missed(failure)
        self._misses = 0
        return failure
