"""Does the requests of a visit on worker threads that it owns and ends; their answers go to ``post``. Knows no Kivy.

Every worker belongs to a visit's scope. At ``Wipe`` the scope stops, and whatever a worker still says is dropped here; the
visit's number drops it once more. What was promised to the centre (rating, "taken") is written, whatever happens.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from core.failures import Cancelled, Failure, HouseFailure
from core.journal import Disposition, Entry, Journal
from core.waiting import Patience
from flows.events import Event, Failed
from flows.requests import AwaitCardLifted, Note, ReadCard, Request, StopReading, Wipe
from kiosk.errands import ERRANDS, Outside
from kiosk.visit_scope import VisitScope

JOIN_S = 10.0
CHEERFUL = frozenset(
    {"visit.done", "card.read", "licences.fetched", "signed", "case.submitted", "print.printed", "rated"}
)


class Runner:
    """``do`` and ``close`` on the main thread; ``post`` is called on workers. ``forget`` empties caches at the end of a visit."""

    def __init__(
        self,
        outside: Outside,
        post: Callable[[Event], None],
        journal: Journal,
        temporary: Path,
        forget: Callable[[], None] = lambda: None,
    ) -> None:
        self._outside, self._post, self._journal = outside, post, journal
        self._temporary, self._forget = temporary, forget
        self._scope: VisitScope | None = None
        self._lock = threading.Lock()
        self._workers: set[threading.Thread] = set()
        self._reading: list[Callable[[], None]] = []
        self._closed = False

    def do(self, visit: int, requests: Iterable[Request]) -> None:
        """Start what the visit asks for, in order. Returns at once."""
        for request in requests:
            match request:
                case Note(code, failure):
                    self._note(visit, code, failure)
                case StopReading():
                    self._stop_reading()
                case Wipe():
                    self._wipe(visit)
                case _:
                    self._start(visit, request)

    def scope(self, visit: int) -> VisitScope:
        """The scope of a visit; a new number ends the one before."""
        if self._scope is None or self._scope.number != visit:
            self._end(self._scope)
            self._scope = VisitScope(visit, self._temporary, self._forget)
        return self._scope

    def close(self) -> None:
        """Stop everything and wait for it. Raises ``HouseFailure`` if a worker does not end: that is a fault of ours."""
        self._closed = True
        self._end(self._scope)
        self._scope = None
        deadline = time.monotonic() + JOIN_S
        for worker in self.workers():
            worker.join(max(0.0, deadline - time.monotonic()))
        if left := [worker.name for worker in self.workers()]:
            raise HouseFailure(f"still running: {', '.join(sorted(left))}")

    def workers(self) -> tuple[threading.Thread, ...]:
        with self._lock:
            return tuple(self._workers)

    def _start(self, visit: int, request: Request) -> None:
        if self._closed:
            return
        scope = self.scope(visit)
        patience = scope.patience()
        if isinstance(request, ReadCard | AwaitCardLifted):
            self._reading.append(patience.stop)
        self._spawn(type(request).__name__, lambda: self._run(scope, request, patience))

    def _spawn(self, name: str, work: Callable[[], None]) -> None:
        def body() -> None:
            try:
                work()
            finally:
                with self._lock:
                    self._workers.discard(threading.current_thread())

        worker = threading.Thread(target=body, name=f"runner-{name}", daemon=True)
        with self._lock:
            self._workers.add(worker)
        worker.start()

    def _run(self, scope: VisitScope, request: Request, patience: Patience) -> None:
        name, start = type(request).__name__, time.monotonic()
        failure: Failure | None = None
        try:
            for event in ERRANDS[type(request)](self._outside, scope.number, request, patience):
                self._say(patience, event)
        except Failure as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - the thread's border: a bug must reach the person as a sentence, not vanish
            failure = HouseFailure(type(error).__name__)
        self._write(
            scope.number, f"request.{_snake(name)}", failure.code if failure else None, time.monotonic() - start
        )
        if failure is not None and not isinstance(failure, Cancelled):
            self._say(patience, Failed(scope.number, name, failure.code))

    def _say(self, patience: Patience, event: Event) -> None:
        """Unless nobody wants to hear it any more: the visit is over, or this very request was stopped."""
        if not patience.stopped:
            self._post(event)

    def _stop_reading(self) -> None:
        for stop in self._reading:
            stop()
        self._reading.clear()

    def _wipe(self, visit: int) -> None:
        if self._scope is not None and self._scope.number == visit:
            self._end(self._scope)
            self._scope = None

    def _end(self, scope: VisitScope | None) -> None:
        """Stop and forget at once; what late workers still write is deleted when they are gone."""
        if scope is None:
            return
        mine = self.workers()
        self._reading.clear()
        scope.close()
        if mine:
            self._spawn("wipe", lambda: _close_after(mine, scope))

    def _note(self, visit: int, code: str, failure: str | None) -> None:
        self._write(visit, code, failure, None)

    def _write(self, visit: int, code: str, failure: str | None, seconds: float | None) -> None:
        good = seconds is not None or code in CHEERFUL
        disposition = Disposition.FAILURE if failure else Disposition.SUCCESS if good else Disposition.NOT_APPLICABLE
        milliseconds = None if seconds is None else round(seconds * 1000)
        entry = Entry(self._outside.clock.now(), code, disposition, visit, milliseconds, failure)
        try:
            self._journal.write(entry)
        except Failure as error:  # a full disk must not cost the person their visit; staff hear of it as of any failure
            self._post(Failed(visit, "Note", error.code))


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _close_after(workers: Iterable[threading.Thread], scope: VisitScope) -> None:
    for worker in workers:
        worker.join(JOIN_S)
    scope.close()
