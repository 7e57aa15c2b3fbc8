"""A wire with a knife: a byte-level proxy before a real printer. It counts requests as they pass and cuts where told."""

from __future__ import annotations

import re
import selectors
import socket
import threading
from collections import Counter
from contextlib import suppress
from types import TracebackType
from typing import Self

CREATE_JOB, SEND_DOCUMENT, CANCEL_JOB, GET_JOB_ATTRIBUTES = 0x05, 0x06, 0x08, 0x09
PRINT_JOB, PRINT_URI, SEND_URI = 0x02, 0x03, 0x07
PRINTS = (PRINT_JOB, PRINT_URI, SEND_DOCUMENT, SEND_URI)
START = re.compile(rb"POST \S+ HTTP/1\.1\r\n")
CHUNK = 16_384


class Line:
    """One connection, both ways. ``passed`` is what the printer was given."""

    def __init__(self, near: socket.socket, far: socket.socket) -> None:
        self.near, self.far = near, far
        self.passed = b""

    @property
    def operation(self) -> int | None:
        body = self.passed.partition(b"\r\n\r\n")[2]
        return int.from_bytes(body[2:4], "big") if len(body) >= 4 else None

    def close(self) -> None:
        self.near.close()
        self.far.close()


class Proxy:
    """``hold_after``: bytes of Send-Document after which the wire goes dead; ``swallow``: the answer to it is lost."""

    def __init__(self, printer_port: int) -> None:
        self._to = printer_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"ipp://127.0.0.1:{self._listener.getsockname()[1]}/ipp/print"
        self._bell, self._hearer = socket.socketpair()
        self._lines: list[Line] = []
        self._thread = threading.Thread(target=self._serve, name="proxy")
        self.hold_after: int | None = None
        self.held = threading.Event()
        self.swallow = False

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

    def posts(self) -> Counter[int | None]:
        """How many requests of each operation the printer was sent, counted by their first lines in the bytes."""
        counted: Counter[int | None] = Counter()
        for line in self._lines:
            if line.passed:
                counted[line.operation] += len(START.findall(line.passed))
        return counted

    def prints(self) -> int:
        """How many requests passed that can make paper come out."""
        return sum(self.posts()[operation] for operation in PRINTS)

    def _serve(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._hearer, selectors.EVENT_READ)
            while self._heed(selector):
                pass
        for line in self._lines:
            line.close()

    def _heed(self, selector: selectors.BaseSelector) -> bool:
        for key, _ in selector.select():
            if key.fileobj is self._hearer:
                return False
            if key.fileobj is self._listener:
                self._open(selector)
            elif not self._pump(key.data, key.fileobj):
                for end in (key.data.near, key.data.far):
                    with suppress(KeyError):
                        selector.unregister(end)
                key.data.close()
                break
        return True

    def _open(self, selector: selectors.BaseSelector) -> None:
        near = self._listener.accept()[0]
        far = socket.socket()
        line = Line(near, far)
        self._lines.append(line)
        if far.connect_ex(("127.0.0.1", self._to)):
            line.close()
            return
        for end in (near, far):
            selector.register(end, selectors.EVENT_READ, line)

    def _pump(self, line: Line, source: object) -> bool:
        """Whether the line stays open."""
        try:
            return self._forward(line) if source is line.near else self._back(line)
        except OSError:
            return False

    def _forward(self, line: Line) -> bool:
        got = line.near.recv(CHUNK)
        if not got:
            return False
        line.passed += got
        cut = self.hold_after if line.operation == SEND_DOCUMENT else None
        if cut is not None and len(line.passed) > cut:
            self.held.set()
        else:
            line.far.sendall(got)
        return True

    def _back(self, line: Line) -> bool:
        got = line.far.recv(CHUNK)
        if not got or (self.swallow and line.operation == SEND_DOCUMENT):
            return False
        line.near.sendall(got)
        return True
