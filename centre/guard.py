"""Around every page: headers that keep a browser from doing anything unasked, and a lid on what a form may send."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.wire import CALL_PATH, SYNC_PATH

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


class _TooLarge(Exception):
    pass


class Guard:
    """Pure ASGI, so that nothing is buffered. The terminals' doors have a lid of their own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _dress(MutableHeaders(scope=message), scope["path"])
            await send(message)

        try:
            await self._app(scope, _lidded(scope["path"], receive), guarded)
        except _TooLarge:
            if not begun:
                await guarded({"type": "http.response.start", "status": 413, "headers": []})
                await guarded({"type": "http.response.body", "body": b"too_large"})


def _dress(headers: MutableHeaders, path: str) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", _KEPT.get(path, "no-store"))


def _lidded(path: str, receive: Receive) -> Receive:
    if path.startswith((CALL_PATH, SYNC_PATH)):
        return receive
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MOST_FORM_BYTES:
            raise _TooLarge
        return message

    return counted
