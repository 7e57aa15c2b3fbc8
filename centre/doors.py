"""The two doors of the terminals: ``POST /v1/call/<name>`` and ``POST /v1/sync``.

Endpoints are plain functions on worker threads (measured faster than async database drivers); only the long-poll is async.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ValidationError

from centre import inbox, messages
from centre.asked import Asked, Said, said
from centre.calls import case_watch
from centre.calls.table import CALLS, WATCH
from centre.db import NOT_NOW
from centre.envelope import TurnedAway, caller_of, opened, welcome
from centre.guard import where
from centre.wiring import Centre
from core import wire
from core.failures import CentreConfused, Failure, HouseFailure
from core.wire import CALL_PATH, MOST_BYTES, SIGNATURE_HEADER, SYNC_PATH, Envelope, Refusal, Reply, SyncAsk, WatchAsk

log = logging.getLogger(__name__)
Model = TypeVar("Model", bound=BaseModel)
LOOK_EVERY_S = 0.1
JSON = "application/json"

router = APIRouter()


async def whole_body(request: Request) -> bytes:
    """The body, read no further than the most a message may have; 413 beyond it."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            raise TurnedAway(413, "too_large")
        chunks.append(chunk)
    return b"".join(chunks)


Raw = Annotated[bytes, Depends(whole_body)]


@router.post(CALL_PATH + WATCH)
async def watch(request: Request, raw: Raw) -> Response:
    asked, refused = await run_in_threadpool(_admitted, request, raw, WATCH)
    if asked is None:
        return refused
    envelope = asked.envelope
    try:
        ask = WatchAsk.model_validate(envelope.body)
    except ValidationError:
        return _refusal(envelope, CentreConfused("body"))
    deadline = time.monotonic() + ask.wait_s
    try:
        while (await run_in_threadpool(case_watch.version_of, asked, ask)) == ask.seen:
            if time.monotonic() >= deadline or await request.is_disconnected():
                break
            await asyncio.sleep(LOOK_EVERY_S)
    except Failure as failure:
        return _refusal(envelope, failure)
    return await run_in_threadpool(_answered, envelope, lambda: said(case_watch.told(asked, ask)))


@router.post(CALL_PATH + "{name}")
def call(request: Request, name: str, raw: Raw) -> Response:
    asked, refused = _admitted(request, raw, name)
    if asked is None:
        return refused
    return _answered(asked.envelope, lambda: _call(asked))


def _call(asked: Asked) -> Said:
    envelope = asked.envelope
    answer = CALLS.get(envelope.name)
    if answer is None:
        raise CentreConfused("no such call")
    stored = inbox.stored_reply(asked.centre, asked.caller, envelope)
    if stored is not None:
        return Said(stored)
    return answer(asked, _body(wire.CALLS[envelope.name][0], envelope))


@router.post(SYNC_PATH)
def sync(request: Request, raw: Raw) -> Response:
    asked, refused = _admitted(request, raw, "sync")
    if asked is None:
        return refused
    return _answered(asked.envelope, lambda: said(messages.sync(asked, _body(SyncAsk, asked.envelope))))


def _admitted(request: Request, raw: bytes, name: str) -> tuple[Asked | None, Response]:
    """Who asks what, or the refusal. Raises ``TurnedAway`` for a stranger."""
    centre: Centre = request.app.state.centre
    envelope = opened(raw)
    caller = caller_of(centre, envelope, request.url.path, raw, request.headers.get(SIGNATURE_HEADER, ""))
    try:
        welcome(centre, caller, envelope)
        if envelope.name != name:
            raise CentreConfused("the envelope is for another door")
    except Failure as failure:
        return None, _refusal(envelope, failure)
    return Asked(centre, caller, envelope), Response()


def _body(model: type[Model], envelope: Envelope) -> Model:
    """The body, read as JSON is (strings stand for dates). Raises ``CentreConfused`` without quoting a value."""
    try:
        return model.model_validate_json(json.dumps(envelope.body))
    except ValidationError as error:
        places = {".".join(map(str, each["loc"]))[:60] for each in error.errors(include_input=False, include_url=False)}
        raise CentreConfused("body: " + ", ".join(sorted(places)[:5])) from error


def _answered(envelope: Envelope, answer: Callable[[], Said]) -> Response:
    try:
        text = answer().text
    except Failure as failure:
        return _refusal(envelope, failure)
    except (*NOT_NOW, OSError, inbox.SaidBefore) as error:
        log.error("%s: not now (%s)", envelope.name[:40], type(error).__name__)
        return Response(status_code=503)
    # The border of the process: our own fault becomes a refusal with a code, and its text (which may quote) stays here.
    except Exception as error:  # noqa: BLE001
        log.error("%s: our fault (%s)", envelope.name[:40], where(error))
        return _refusal(envelope, HouseFailure())
    head = json.dumps({"v": 1, "id": envelope.id, "ok": True})
    return Response(f'{head[:-1]}, "body": {text}, "refusal": null}}', media_type=JSON)


def _refusal(envelope: Envelope, failure: Failure) -> Response:
    refused = Refusal(code=failure.code, detail=failure.detail)
    reply = Reply(v=1, id=envelope.id, ok=False, refusal=refused)
    return Response(reply.model_dump_json(), media_type=JSON)
