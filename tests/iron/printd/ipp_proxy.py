"""Between ``printd`` and the printer: counts what is sent, and lets a test stop a request at a chosen moment."""

from __future__ import annotations

import http.client
import socket
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

CREATE_JOB, SEND_DOCUMENT = 0x0005, 0x0006
"""IPP operations, RFC 8011 §5.4.15."""
PRINTING = (0x0002, CREATE_JOB, SEND_DOCUMENT)


class Hold:
    """One request held at one moment: ``before`` it reaches the printer, ``during`` (half of it), or ``after`` the answer.

    ``drop``: it goes no further when it is released.
    """

    def __init__(self, moment: str, drop: bool) -> None:
        self.moment, self.drop = moment, drop
        self.reached, self.released = threading.Event(), threading.Event()

    def wait_reached(self) -> None:
        assert self.reached.wait(20), f"the request never came to {self.moment}"

    def stop_here(self) -> None:
        self.reached.set()
        self.released.wait(30)


class IppProxy:
    """Use with ``with``. ``uri`` is what the terminal is given. ``cut``: nothing goes through."""

    def __init__(self, printer_uri: str) -> None:
        self._target = urlsplit(printer_uri)
        self.counted: Counter[int] = Counter()
        self.cut = False
        self._holds: dict[int, Hold] = {}
        self._server = _Server(self)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="ipp-proxy")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for hold in self._holds.values():
            hold.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def uri(self) -> str:
        return f"ipp://127.0.0.1:{self._server.server_address[1]}{self._target.path}"

    def hold(self, operation: int, moment: str, drop: bool = False) -> Hold:
        self._holds[operation] = Hold(moment, drop)
        return self._holds[operation]

    def let_go(self) -> None:
        """Nothing is held any more."""
        self._holds.clear()

    def pass_on(self, path: str, headers: dict[str, str], data: bytes) -> tuple[int, bytes] | None:
        """The printer's answer, or ``None``: the line is to be cut."""
        operation = int.from_bytes(data[2:4])
        if self.cut:
            return None
        self.counted[operation] += 1
        hold = self._holds.get(operation)
        if hold is not None and hold.moment == "before":
            hold.stop_here()
            if hold.drop:
                return None
        answer = self._half(path, headers, data, hold) if _is(hold, "during") else self._whole(path, headers, data)
        if _is(hold, "after"):
            hold.stop_here()
            return None if hold.drop else answer
        return answer

    def _whole(self, path: str, headers: dict[str, str], data: bytes) -> tuple[int, bytes] | None:
        line = http.client.HTTPConnection("127.0.0.1", self._target.port or 631, timeout=30)
        try:
            line.request("POST", path, data, headers)
            response = line.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()

    def _half(self, path: str, headers: dict[str, str], data: bytes, hold: Hold) -> None:
        """Half a document arrives, and then the line is cut."""
        with socket.create_connection(("127.0.0.1", self._target.port or 631), timeout=30) as line:
            head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/ipp\r\n"
            line.sendall(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data[: len(data) // 2])
            hold.stop_here()


def _is(hold: Hold | None, moment: str) -> Any:
    return hold is not None and hold.moment == moment


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, proxy: IppProxy) -> None:
        self.proxy = proxy
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        data = self._body()
        answer = self.server.proxy.pass_on(self.path, {"Content-Type": "application/ipp"}, data)
        if answer is None:
            return
        try:
            self.send_response(answer[0])
            self.send_header("Content-Type", "application/ipp")
            self.send_header("Content-Length", str(len(answer[1])))
            self.end_headers()
            self.wfile.write(answer[1])
        except OSError:  # the terminal was killed meanwhile
            return

    def _body(self) -> bytes:
        if "Content-Length" in self.headers:
            return self.rfile.read(int(self.headers["Content-Length"]))
        data = bytearray()
        while size := int(self.rfile.readline().split(b";")[0], 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return bytes(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""
