"""Durable work by DBOS 3.4, tamed by what was measured of it.

* ``application_version`` never changes: a new one leaves the old one's work behind.
* ``executor_id`` is a fixed name: DBOS takes up only the work of its own name, so a reaper resumes that of the dead.
* Workflow ids are business keys and never used again. Rows are JSON, not pickles.
* One workflow, one step: the handler's own guarded transaction is the effect, DBOS only remembers that it is to be done.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions

from centre.guard import where
from centre.work.port import Handler, Payload
from core.failures import HouseFailure

VERSION = "1"
QUEUE = "work"
NAME = "tongban"
_WORKFLOW = "work"
_POLL_S = 0.1
_AT_ONCE = 4
_TRIES = 6  # within 13 s; what still fails then is asked for again by the sweep
_DRAIN_S = 5.0

_running: DbosWork | None = None


class DbosWork:
    """One per process: DBOS keeps one instance. Its tables live in our database, so that asking for work is transactional."""

    def __init__(self, engine: sa.Engine, executor: str) -> None:
        self._url = engine.url.render_as_string(hide_password=False)
        self._executor = executor
        self._handlers: dict[str, Handler] = {}
        self._client = DBOSClient(
            system_database_engine=engine, serializer=DBOSPortableJSONSerializer(), application_name=NAME, lazy=True
        )
        self._idle = threading.Condition()
        self._under_way = 0

    def handler(self, kind: str, does: Handler) -> None:
        self._handlers[kind] = does

    def enqueue(self, connection: sa.Connection, kind: str, key: str, payload: Payload) -> None:
        options: EnqueueOptions = {
            "workflow_name": _WORKFLOW,
            "queue_name": QUEUE,
            "workflow_id": f"{kind}:{key}",
            "app_version": VERSION,
        }
        self._client.enqueue_in_transaction(connection, options, kind, dict(payload))

    def run(self) -> None:
        global _running
        if _running is not None:
            raise HouseFailure("durable work runs once in a process")
        _running = self
        logging.getLogger("dbos").setLevel(logging.WARNING)
        DBOS(config=self._config())
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=_AT_ONCE, polling_interval_sec=_POLL_S)

    def _config(self) -> DBOSConfig:
        return {
            "name": NAME,
            "system_database_url": self._url,
            "application_version": VERSION,
            "executor_id": self._executor,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "WARNING",
            "use_listen_notify": False,
            "max_executor_threads": 4 * _AT_ONCE,
        }

    def stop(self) -> None:
        global _running
        if _running is not self:
            return
        with self._idle:
            self._idle.wait_for(lambda: self._under_way == 0, _DRAIN_S)
        DBOS.destroy()
        _running = None

    def perform(self, kind: str, payload: Payload) -> None:
        does = self._handlers.get(kind)
        if does is None:
            raise HouseFailure(f"nobody does {kind!r}")
        with self._counted():
            does(payload)

    def _counted(self) -> _Counted:
        return _Counted(self._step)

    def _step(self, by: int) -> None:
        with self._idle:
            self._under_way += by
            self._idle.notify_all()

    def take_over(self, executor: str) -> int:
        """Safe also for one that only seemed dead: handlers leave alone what is done."""
        left = DBOS.list_workflows(status="PENDING", executor_id=executor, load_input=False, load_output=False)
        for workflow in left:
            DBOS.resume_workflow(workflow.workflow_id)
        return len(left)


class _Counted:
    def __init__(self, step: Callable[[int], None]) -> None:
        self._step = step

    def __enter__(self) -> None:
        self._step(1)

    def __exit__(self, *_error: object) -> None:
        self._step(-1)


@DBOS.step(name="perform", retries_allowed=True, max_attempts=_TRIES, interval_seconds=0.2, backoff_rate=2.0)
def _perform(kind: str, payload: dict[str, str | int]) -> None:
    if _running is None:
        raise HouseFailure("durable work is stopped")
    try:
        _running.perform(kind, payload)
    # DBOS logs and stores what a step raises: only class and line may get there, never words that quote a person.
    except Exception as error:  # noqa: BLE001
        raise HouseFailure(f"{kind}: {where(error)}") from None


@DBOS.workflow(name=_WORKFLOW)
def _work(kind: str, payload: dict[str, str | int]) -> None:
    _perform(kind, payload)
