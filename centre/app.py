"""The centre as one ASGI application: doors for terminals, a desk for officers, a page for anybody who holds a certificate."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import SQLAlchemyError

from centre import demonstration, doors, public
from centre.desk import login, routes, settle
from centre.desk.login import Forged, NotLoggedIn
from centre.desk.pages import FOLDER
from centre.envelope import TurnedAway
from centre.guard import Guard, where
from centre.limits import RateLimit
from centre.wiring import CATALOGUE, Centre, open_centre
from centre.work import kinds
from centre.work.beat import EVERY, Beat
from centre.work.decide import decide, receive
from centre.work.seal import seal
from core.clock import Clock, SystemClock
from core.failures import Failure, HouseFailure
from core.settings import Settings


def create_app(settings: Settings, clock: Clock | None = None, catalogue: Path = CATALOGUE) -> FastAPI:
    """The application. Its database is opened and its work begins with the lifespan, not before."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            running = await run_in_threadpool(start, settings, clock or SystemClock(), catalogue)
        except Failure as failure:
            app.state.failed = failure
            raise
        except (OSError, SQLAlchemyError) as error:
            app.state.failed = HouseFailure(f"database or folder: {where(error)}")
            raise app.state.failed from None
        attach(app, running.centre)
        try:
            yield
        finally:
            await run_in_threadpool(running.stop)

    return routed(FastAPI(title="Tongban centre", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None))


def routed(app: FastAPI) -> FastAPI:
    """``app`` with every route; ``attach`` gives them a centre to work on."""
    for each in (doors.router, public.router, login.router, routes.router, settle.router):
        app.include_router(each)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"))
    app.add_exception_handler(TurnedAway, _turned_away)
    app.add_exception_handler(NotLoggedIn, _to_login)
    app.add_exception_handler(Forged, _forged)
    app.add_exception_handler(RequestValidationError, _no_form)
    app.add_middleware(Guard)
    return app


def attach(app: FastAPI, centre: Centre) -> None:
    """Let the routes work on ``centre``."""
    app.state.centre = centre
    app.state.verify_limit = RateLimit(centre.clock, public.TRIES, public.WITHIN)
    app.state.login_limit = RateLimit(centre.clock, login.TRIES, login.WITHIN)


@dataclass(frozen=True, slots=True)
class Running:
    """A centre at work, until ``stop``."""

    centre: Centre
    beat: Beat

    def stop(self) -> None:
        self.beat.stop()
        self.centre.work.stop()
        self.centre.ledger.database.close()


def start(settings: Settings, clock: Clock, catalogue: Path = CATALOGUE, every: timedelta = EVERY) -> Running:
    """Schema, seed of the demonstration, durable work, heartbeat."""
    centre = prepare(open_centre(settings, clock, catalogue), settings)
    centre.work.run()
    beat = Beat(centre, every)
    beat.start()
    return Running(centre, beat)


def prepare(centre: Centre, settings: Settings) -> Centre:
    """Seed it and name who does which work."""
    centre.ledger.sign_heads()
    if settings.centre.demonstration:
        demonstration.seed(centre)
    centre.work.handler(kinds.RECEIVE, partial(receive, centre))
    centre.work.handler(kinds.DECIDE, partial(decide, centre))
    centre.work.handler(kinds.SEAL, partial(seal, centre))
    return centre


async def _to_login(request: Request, _error: Exception) -> Response:
    return login.to_login(request)


async def _forged(_request: Request, _error: Exception) -> Response:
    return Response("页面已过期，请返回刷新后再试。", status_code=403, media_type="text/plain; charset=utf-8")


async def _no_form(_request: Request, _error: Exception) -> Response:
    """The framework's own answer would read the fields back."""
    return Response("表单不完整或内容过长。", status_code=422, media_type="text/plain; charset=utf-8")


async def _turned_away(_request: Request, error: Exception) -> Response:
    if not isinstance(error, TurnedAway):
        raise error
    return Response(error.word, status_code=error.status, media_type="text/plain")
