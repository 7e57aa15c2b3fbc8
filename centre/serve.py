"""The centre as a process: uvicorn, and a word to whoever started it once it answers."""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from centre.app import create_app
from core.failures import Failure, HouseFailure
from core.settings import Settings

_GRACE_S = 3


class _Server(uvicorn.Server):
    """Tells its address when it listens (the port may have been 0)."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._ready(f"http://{host}:{port}")


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Run until a signal. Raises what kept the centre from starting."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    app = create_app(settings)
    # no access log: paths of the public page hold codes
    config = uvicorn.Config(
        app,
        host=settings.centre.listen,
        port=settings.centre.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
    )
    server = _Server(config, ready)
    for number in (signal.SIGTERM, signal.SIGINT):  # uvicorn raises them again when it is done: that is then the end
        signal.signal(number, lambda *_: None)
    with contextlib.suppress(SystemExit):  # uvicorn's way of saying that it did not start
        server.run()
    if not server.started:
        raise _what_failed(app)


def _what_failed(app: FastAPI) -> Failure:
    failed = getattr(app.state, "failed", None)
    return failed if isinstance(failed, Failure) else HouseFailure("the centre did not start: see the log")


def ready_file(path: Path, url: str) -> None:
    """Write ``url`` in one piece: who waits for the file never reads half of it."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(url + "\n")
    draft.replace(path)
