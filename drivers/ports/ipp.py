"""IPP as a blocking call: one request, one POST, never repeated by any layer. The only importer of pyipp and aiohttp.

pyipp 0.17.2 itself has no retries, but the layers below have two, both shut here: aiohttp follows redirects, and a 307
or 308 would send the body again; aiohttp repeats idempotent methods on a stale pooled line (POST is not one; no line is
ever used twice either). Names are not resolved: a resolver cannot be interrupted, so the printer's address
is an IP address or ``localhost``.
"""

from __future__ import annotations

import asyncio
import io
import struct
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

import aiohttp
from pyipp import IPP
from pyipp.enums import IppOperation as Operation
from pyipp.enums import IppTag
from pyipp.exceptions import IPPError
from pyipp.tags import ATTRIBUTE_TAG_MAP

from core.failures import HouseFailure, PrinterFailure, PrinterGone
from core.waiting import Patience

__all__ = ["Attributes", "IppPort", "Operation", "Refused"]

Attributes = dict[str, Any]
T = TypeVar("T")

WAKE = 0.05
"""Seconds between two looks at ``Patience``: it has no way to call us."""
OUR_OWN_DEADLINE = 86_400
"""pyipp's time-out covers only half of a call; ``Patience`` covers all of it."""
LIBRARY_ERRORS = (IPPError, aiohttp.ClientError, OSError, ValueError, LookupError, TypeError, struct.error)

# pyipp silently leaves out attributes whose syntax it does not know, and calls media a name: RFC 8011 §5.2.11 wants the
# keyword for standard sizes.
ATTRIBUTE_TAG_MAP.update({"media": IppTag.KEYWORD, "print-scaling": IppTag.KEYWORD})


class Refused(PrinterFailure):
    """The printer answered with an IPP error ``status`` (RFC 8011 §B.1). Stays inside ``drivers``."""

    def __init__(self, status: int) -> None:
        super().__init__(f"IPP status 0x{status:04x}")
        self.status = status


@dataclass(frozen=True, slots=True)
class _OnePost:
    """The session as pyipp sees it: redirects are not followed, and a large body draws no warning."""

    session: aiohttp.ClientSession

    async def request(self, method: str, url: Any, *, data: bytes, **options: Any) -> aiohttp.ClientResponse:
        return await self.session.request(method, url, data=io.BytesIO(data), allow_redirects=False, **options)


class IppPort:
    """``uri`` is ``ipp[s]://address[:port]/path``. Each call has its own event loop and its own line; nothing stays."""

    def __init__(self, uri: str) -> None:
        parts = urlsplit(uri)
        if parts.scheme not in ("ipp", "ipps") or not parts.hostname:
            raise HouseFailure("printer address must be ipp:// or ipps://")
        self._host = _address(parts.hostname)
        self._port = parts.port or 631
        self._path = parts.path or "/ipp/print"
        self._tls = parts.scheme == "ipps"

    def ask(
        self,
        operation: Operation,
        patience: Patience,
        asked: Attributes,
        job: Attributes | None = None,
        document: bytes | None = None,
    ) -> Mapping[str, Any]:
        """Send one request; pyipp's parsed answer (``jobs``, ``printers``, ``unsupported-attributes`` …).

        ``asked`` are operation attributes, ``job`` job attributes. Raises ``PrinterGone`` only when no line could be
        opened, so that not one byte left; ``Refused`` for an IPP error; ``PrinterFailure`` for anything else that broke
        after that; ``Cancelled`` and ``TookTooLong``.
        """
        patience.check()
        message: Attributes = {"operation-attributes-tag": {"requesting-user-name": "tongban"} | asked}
        if job is not None:
            message["job-attributes-tag"] = job
        if document is not None:
            message["data"] = document
        with asyncio.Runner() as runner:
            return runner.run(_within(patience, self._execute(operation, message)))

    async def _execute(self, operation: Operation, message: Attributes) -> Mapping[str, Any]:
        line = aiohttp.TCPConnector(limit=1)
        async with aiohttp.ClientSession(connector=line, timeout=aiohttp.ClientTimeout()) as session:
            ipp: Any = IPP(self._host, self._path, port=self._port, tls=self._tls, request_timeout=OUR_OWN_DEADLINE)
            ipp.session = _OnePost(session)
            try:
                answer: Mapping[str, Any] = await ipp.execute(operation, message)
            except LIBRARY_ERRORS as error:
                raise _told(error) from error
            finally:
                await line.close(abort_ssl=True)  # a polite end of TLS waits up to 30 s for the printer's
            return answer


def _address(host: str) -> str:
    if host == "localhost":
        return "127.0.0.1"
    try:
        return str(ip_address(host))
    except ValueError as error:
        raise HouseFailure("printer address must be an IP address or localhost") from error


def _told(error: Exception) -> PrinterFailure:
    """The failure for what the libraries raised."""
    if isinstance(error.__cause__, aiohttp.ClientConnectorError):
        return PrinterGone(f"no connection: {type(error.__cause__.os_error).__name__}")
    details = error.args[1] if len(error.args) > 1 else None
    status = details.get("status-code") if isinstance(details, dict) else None
    if isinstance(status, int) and not str(error.args[0]).startswith("HTTP"):
        return Refused(status)
    return PrinterFailure(f"{type(error).__name__} caused by {type(error.__cause__).__name__}")


async def _within(patience: Patience, work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``, or ``Cancelled``/``TookTooLong`` at most ``WAKE`` late, with ``work`` cancelled and ended."""
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            patience.check()
            await asyncio.wait({task}, timeout=patience.slice(WAKE))
        return task.result()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
