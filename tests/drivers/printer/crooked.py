"""A printer's address where something answers that is no printer: byte for byte what a test wants."""

from __future__ import annotations

import selectors
import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

REDIRECT = "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:{port}/again\r\nContent-Length: 0\r\n\r\n"


def http(body: bytes, status: str = "200 OK", length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/ipp\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + body


class CrookedServer:
    """Gives every request the same ``answer`` and closes; ``None`` is silence. ``{port}`` in it is our own.

    ``requests`` holds what came in, one entry a connection: whole requests with their bodies.
    """

    def __init__(self, answer: bytes | None, take: int | None = None) -> None:
        """``take``: hang up after so many bytes of the request, without an answer."""
        self._answer, self._take = answer, take
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.uri = f"ipp://127.0.0.1:{self.port}/ipp/print"
        self.requests: list[bytes] = []
        self._bell, self._hearer = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, name="crooked")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bell.send(b"!")
        self._thread.join()
        for one in (self._listener, self._bell, self._hearer):
            one.close()

    def _serve(self) -> None:
        lines: list[socket.socket] = []
        while self._rings() is self._listener:
            line = self._listener.accept()[0]
            lines.append(line)
            with suppress(OSError):  # the other side may hang up first
                self._talk(line)
        for line in lines:
            line.close()

    def _rings(self) -> object:
        with selectors.DefaultSelector() as selector:
            for one in (self._listener, self._hearer):
                selector.register(one, selectors.EVENT_READ)
            return selector.select()[0][0].fileobj

    def _talk(self, line: socket.socket) -> None:
        line.settimeout(5)
        self.requests.append(self._heard(line))
        if self._take is not None:
            line.close()
        elif self._answer is not None:
            line.sendall(self._answer.replace(b"{port}", str(self.port).encode()))
            line.close()

    def _heard(self, line: socket.socket) -> bytes:
        heard = b""
        while not self._enough(heard):
            got = line.recv(4096)
            if not got:
                break
            heard += got
        return heard

    def _enough(self, heard: bytes) -> bool:
        if self._take is not None and len(heard) >= self._take:
            return True
        head, found, body = heard.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]
        return bool(found) and len(body) >= int(length or 0)
