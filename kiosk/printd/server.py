"""The door for the screen: a Unix socket that only our own user may open. A client may vanish at any time."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from core.failures import Failure, HouseFailure
from kiosk.printd.frames import read_frame, send_frame
from kiosk.printd.words import ASK, Answer, Ask

MOST_CLIENTS = 16
CLIENT_S = 2.0

Respond = Callable[[Ask], Answer]


class Server:
    """Serves from its own threads until closed. ``respond`` may raise any ``Failure``; the client gets its code.

    Raises ``HouseFailure`` when it cannot listen there.
    """

    def __init__(self, path: Path, respond: Respond) -> None:
        self._path = path
        try:
            self._server = _listening(path, respond)
        except OSError as error:
            raise HouseFailure(f"printd cannot listen at {path}: {error}") from error
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="printd-server")
        self._thread.start()

    def close(self) -> None:
        """Open connections get their answer first."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._path.unlink(missing_ok=True)


def _listening(path: Path, respond: Respond) -> _Listener:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(path.name + "~")
    fresh.unlink(missing_ok=True)
    listener = _Listener(fresh, respond)
    # Under its own name only once it listens and nobody else may reach it.
    try:
        fresh.replace(path)
    except OSError:
        listener.server_close()
        raise
    return listener


class _Listener(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    block_on_close = True
    daemon_threads = False
    request_queue_size = MOST_CLIENTS

    def __init__(self, path: Path, respond: Respond) -> None:
        self.respond = respond
        self._places = threading.BoundedSemaphore(MOST_CLIENTS)
        super().__init__(str(path), _Conversation)
        path.chmod(0o660)  # the folder lets in the group of the screen, and nobody else

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        if self._places.acquire(timeout=CLIENT_S):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()


class _Conversation(socketserver.BaseRequestHandler):
    server: _Listener

    def handle(self) -> None:
        # A client that went away, or sent rubbish, changes nothing: there is nobody to tell.
        with contextlib.suppress(OSError, ValidationError):
            ask = ASK.validate_json(read_frame(self.request, CLIENT_S))
            send_frame(self.request, self._answer(ask).model_dump_json().encode(), CLIENT_S)

    def _answer(self, ask: Ask) -> Answer:
        try:
            return self.server.respond(ask)
        except Failure as failure:
            return Answer(failure=failure.code)
