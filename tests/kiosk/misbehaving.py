"""A web server that does to its client whatever a test tells it to, byte by byte."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any, Self

Request = tuple[str, dict[str, str], bytes]
Behaviour = Callable[[socket.socket, Request], None]


class Misbehaving:
    """Use with ``with``. The n-th request meets the n-th behaviour, later ones the last."""

    def __init__(self, *behaviours: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        self._behaviours, self._tls = behaviours, tls
        self.requests: list[Request] = []
        self.stopped = threading.Event()
        self._turn = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self._threads = [threading.Thread(target=self._accept, name="misbehaving")]

    @property
    def url(self) -> str:
        scheme = "http" if self._tls is None else "https"
        return f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                line, _ = self._listener.accept()
            except TimeoutError:
                continue
            thread = threading.Thread(target=self._serve, args=(line,), name="misbehaving-line")
            thread.start()
            self._threads.append(thread)

    def _serve(self, plain: socket.socket) -> None:
        try:
            line = plain if self._tls is None else self._tls.wrap_socket(plain, server_side=True)
        except OSError:  # the client did not trust us
            plain.close()
            return
        with line:
            line.settimeout(0.1)
            while (request := self._request(line)) is not None:
                with self._turn:
                    self.requests.append(request)
                    number = min(len(self.requests), len(self._behaviours)) - 1
                try:
                    self._behaviours[number](line, request)
                except OSError:  # the client gave up
                    return

    def _request(self, line: socket.socket) -> Request | None:
        data = b""
        while b"\r\n\r\n" not in data or len(data) < _size(data):
            try:
                piece = line.recv(65536)
            except TimeoutError:
                if self.stopped.is_set():
                    return None
                continue
            except OSError:
                return None
            if not piece:
                return None
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        return first.split(" ")[1], headers, body


def _size(data: bytes) -> int:
    head, _, _ = data.partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(head) + 4 + int(line.split(b":")[1])
    return len(head) + 4


def answer(status: int, body: bytes) -> Behaviour:
    def behave(line: socket.socket, _: Request) -> None:
        line.sendall(f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    return behave


def reply(body: dict[str, Any] | None = None, **changes: Any) -> Behaviour:
    """A proper answer to the envelope, but for ``changes``."""

    def behave(line: socket.socket, request: Request) -> None:
        said = {"v": 1, "id": json.loads(request[2])["id"], "ok": body is not None, "body": body, "refusal": None}
        answer(200, json.dumps(said | changes).encode())(line, request)

    return behave


def close(line: socket.socket, _: Request) -> None:
    line.shutdown(socket.SHUT_RDWR)
    line.close()


def half(line: socket.socket, _: Request) -> None:
    line.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"v": 1, "id":')
    line.close()


def no_http(line: socket.socket, _: Request) -> None:
    line.sendall(b"220 mail.example ESMTP\r\n")
    line.close()
