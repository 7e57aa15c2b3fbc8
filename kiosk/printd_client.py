"""How the screen asks ``printd``: it may be killed and come back at any time, and so may we, without a second sheet."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from core.failures import Failure, HouseFailure, PrinterGone, failure_named
from core.waiting import Patience
from core.wire import Outcome
from kiosk.printd.frames import read_frame, send_frame
from kiosk.printd.words import Answer, Ask, AskPrint, AskStatus, AskWatch, Progress, Stage, Status

ANSWER_S = 10.0
WATCH_S = 1.0
AWAY_S = 15.0
PAUSE_S = 0.2


class PrintdClient:
    """Every call is one connection. Raises ``PrinterGone`` when ``printd`` does not answer, or the failure it names."""

    def __init__(self, socket_path: Path) -> None:
        self._path = socket_path

    def status(self) -> Status:
        answer = self._ask(AskStatus(), ANSWER_S)
        if answer.status is None:
            raise HouseFailure("printd answered another question")
        return answer.status

    def print_order(self, order_no: str, again: bool = False) -> Progress:
        """Print this order. Asked twice it prints once."""
        return self._progress(AskPrint(order_no=order_no, again=again), ANSWER_S)

    def watch(self, order_no: str, seen: Progress | None = None, wait_s: float = 0.0) -> Progress:
        """How far the order is: as soon as that differs from ``seen``, or after ``wait_s`` seconds."""
        return self._progress(AskWatch(order_no=order_no, seen=seen, wait_s=wait_s), ANSWER_S + wait_s)

    def follow(self, order_no: str, patience: Patience, again: bool = False) -> Iterator[Progress]:
        """Print this order and yield every change of its progress, the last with stage ``ended``.

        ``again``: a person asks anew: an attempt that ended without a sheet is followed by another, if the centre agrees.
        Outlives a restart of ``printd``, which then settles the attempt or is asked again. Raises ``PrinterGone``
        after ``AWAY_S`` seconds without it, ``Cancelled``, ``TookTooLong``.
        """
        if again:
            self._ask_anew(order_no)
        seen: Progress | None = None
        away: Patience | None = None
        while seen is None or seen.stage is not Stage.ENDED:
            patience.check()
            try:
                found = self._moved(order_no, seen)
            except PrinterGone:
                away = away or patience.within(AWAY_S)
                if away.over and not patience.over:
                    raise
                patience.sleep(PAUSE_S)
                continue
            away = None
            if found != seen:
                yield found
            seen = found

    def _ask_anew(self, order_no: str) -> None:
        """Once: whether the question arrived is not asked, so that no loss on the way can become a second attempt."""
        with suppress(PrinterGone):
            before = self.watch(order_no)
            if before.stage is Stage.ENDED and before.outcome is not Outcome.PRINTED:
                self.print_order(order_no, again=True)

    def _moved(self, order_no: str, seen: Progress | None) -> Progress:
        if seen is None:
            return self.print_order(order_no)
        found = self.watch(order_no, seen, WATCH_S)
        # It was restarted before anything was promised: it has never heard of the order.
        return self.print_order(order_no) if found.stage is Stage.UNASKED else found

    def _progress(self, ask: Ask, seconds: float) -> Progress:
        answer = self._ask(ask, seconds)
        if answer.progress is None:
            raise HouseFailure("printd answered another question")
        return answer.progress

    def _ask(self, ask: Ask, seconds: float) -> Answer:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as line:
                line.settimeout(seconds)
                line.connect(str(self._path))
                send_frame(line, ask.model_dump_json().encode(), seconds)
                answer = Answer.model_validate_json(read_frame(line, seconds))
        except (OSError, ValidationError) as error:
            raise PrinterGone(f"printd: {type(error).__name__}") from error
        if answer.failure is not None:
            raise _named(answer.failure)
        return answer


def _named(code: str) -> Failure:
    return failure_named(code, "printd")
