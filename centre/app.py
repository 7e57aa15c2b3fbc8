"""The centre as one ASGI application: doors for terminals, a desk for officers, a page for anybody who holds a certificate."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool

from centre import demonstration, doors
from centre.envelope import TurnedAway
from centre.wiring import CATALOGUE, Centre, open_centre
from centre.work import kinds
from centre.work.decide import decide, receive
from centre.work.seal import seal
from core.clock import Clock, SystemClock
from core.failures import Failure
from core.settings import Settings


def create_app(settings: Settings, clock: Clock | None = None, catalogue: Path = CATALOGUE) -> FastAPI:
    """The application. Its database is opened and its work begins with the lifespan, not before."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            centre = await run_in_threadpool(start, settings, clock or SystemClock(), catalogue)
        except Failure as failure:
            app.state.failed = failure
            raise
        app.state.centre = centre
        try:
            yield
        finally:
            await run_in_threadpool(stop, centre)

    return routed(FastAPI(title="Tongban centre", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None))


def routed(app: FastAPI) -> FastAPI:
    """``app`` with every route; ``app.state.centre`` is what they work on."""
    app.include_router(doors.router)
    app.add_exception_handler(TurnedAway, _turned_away)
    return app


def start(settings: Settings, clock: Clock, catalogue: Path = CATALOGUE) -> Centre:
    """A centre at work: schema, seed of the demonstration, durable work."""
    centre = prepare(open_centre(settings, clock, catalogue), settings)
    centre.work.run()
    return centre


def prepare(centre: Centre, settings: Settings) -> Centre:
    """Seed it and name who does which work."""
    centre.ledger.sign_heads()
    if settings.centre.demonstration:
        demonstration.seed(centre)
    centre.work.handler(kinds.RECEIVE, partial(receive, centre))
    centre.work.handler(kinds.DECIDE, partial(decide, centre))
    centre.work.handler(kinds.SEAL, partial(seal, centre))
    return centre


def stop(centre: Centre) -> None:
    centre.work.stop()
    centre.ledger.database.close()


async def _turned_away(_request: Request, error: Exception) -> Response:
    if not isinstance(error, TurnedAway):
        raise error
    return Response(error.word, status_code=error.status, media_type="text/plain")
