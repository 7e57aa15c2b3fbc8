"""Around every page: headers that keep a browser from doing anything unasked, and a lid on what a form may send."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy.exc import DataError
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from centre.db import NOT_NOW
from core.wire import CALL_PATH, SYNC_PATH

log = logging.getLogger(__name__)
_SORRY = "现在不能显示这一页，请稍后再试。"
MOST_FORM_BYTES = 64 * 1024
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Strict-Transport-Security": "max-age=31536000",
}
_KEPT = {"/static/desk.css": "public, max-age=3600"}


class Guard:
    """Pure ASGI, so that nothing is buffered. The terminals' doors have a lid of their own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        lid = _Lid(receive)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["status"] = 413 if lid.reached else message["status"]
                _dress(MutableHeaders(scope=message), path)
            await send(message)

        try:
            await self._app(scope, receive if path.startswith((CALL_PATH, SYNC_PATH)) else lid.receive, guarded)
        # The border of the process: whatever went wrong, its words (which may quote a person) reach neither page nor log.
        except Exception as error:  # noqa: BLE001
            status = 503 if isinstance(error, NOT_NOW) else 400 if isinstance(error, DataError) else 500
            log.error("%s %s: %d (%s)", scope["method"], path.partition("/C/")[0][:20], status, where(error))
            await Response(_SORRY, status, media_type="text/plain; charset=utf-8")(scope, receive, guarded)


def where(error: BaseException) -> str:
    """Class and line of an error, never its message."""
    trace: Any = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + place


class _Lid:
    """Ends a body that grows too large; the framework makes an error of that, whose status becomes 413."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._size = 0

    @property
    def reached(self) -> bool:
        return self._size > MOST_FORM_BYTES

    async def receive(self) -> Message:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.reached else message


def _dress(headers: MutableHeaders, path: str) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", _KEPT.get(path, "no-store"))
