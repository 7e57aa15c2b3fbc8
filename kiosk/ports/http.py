"""One HTTPS POST that keeps ``Patience``: stopped, it ends within a quarter of a second, also in the middle of a long-poll.

httpcore (the layer below httpx) because it lets its reads be ours: httpx can neither be interrupted nor held to a total
time, a server that drips one byte a second would hold a thread for ever. No proxy of the environment, no redirect and
no retry: a request is sent once.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpcore

from core.failures import CentreAway, CentreConfused, HouseFailure, TookTooLong
from core.waiting import Patience

WAKE_S = 0.2
CONNECT_S = 5.0


class Answer(NamedTuple):
    status: int
    data: bytes


class _Now(threading.local):
    """The patience of the call this thread is in; streams outlive calls."""

    patience = Patience(None)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, now: _Now) -> None:
        self._inner, self._now = inner, now

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        patience = self._now.patience
        while True:
            patience.check()
            try:
                return self._inner.read(max_bytes, patience.slice(WAKE_S))
            except httpcore.ReadTimeout:
                continue

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._now.patience.check()
        self._inner.write(buffer, self._now.patience.remaining())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = self._now.patience.slice(CONNECT_S)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, seconds), self._now)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, now: _Now) -> None:
        self._inner, self._now = httpcore.SyncBackend(), now

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self._now.patience.check()
        seconds = self._now.patience.slice(CONNECT_S)
        return _Stream(self._inner.connect_tcp(host, port, seconds, local_address, socket_options), self._now)


class HttpDoor:
    """``url``: https, or http on this very machine. ``most``: bytes of an answer that are read at all.

    ``trust``: certificates to believe instead of the system's.
    """

    def __init__(self, url: str, most: int, trust: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and _loopback(parts.hostname)):
            raise HouseFailure("the centre's address must be https")
        self._url, self._most, self._now = url.rstrip("/"), most, _Now()
        self._pool = httpcore.ConnectionPool(
            ssl_context=trust or ssl.create_default_context(), network_backend=_Backend(self._now), retries=0
        )

    def post(self, path: str, headers: dict[str, str], body: bytes, patience: Patience) -> Answer:
        """Raises ``CentreAway`` (no whole answer in time), ``CentreConfused`` (no HTTP, too large) or ``Cancelled``."""
        self._now.patience = patience
        try:
            with self._pool.stream("POST", self._url + path, headers=_bytes(headers), content=body) as response:
                return Answer(response.status, self._read(response))
        except TookTooLong as error:
            raise CentreAway("no answer in time") from error
        except httpcore.LocalProtocolError as error:
            raise HouseFailure("request is no HTTP") from error
        except (
            httpcore.TimeoutException,
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.ConnectionNotAvailable,
        ) as error:
            raise CentreAway(type(error).__name__) from error

    def _read(self, response: httpcore.Response) -> bytes:
        data = bytearray()
        for piece in response.iter_stream():
            data += piece
            if len(data) > self._most:
                raise CentreConfused(f"answer of more than {self._most} bytes")
        return bytes(data)

    def close(self) -> None:
        self._pool.close()


def _bytes(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
