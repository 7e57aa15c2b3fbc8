"""The way in and out of the desk: password, server-side session, a token in every form, few tries."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from centre.desk.pages import page
from centre.limits import RateLimit
from centre.officers import Session, close_session, open_session, password_is_right, session_of
from centre.wiring import Centre

SESSION_COOKIE = "desk"
FORM_COOKIE = "desk_form"
TRIES, WITHIN = 8, timedelta(minutes=5)
HOME = "/desk"
LOGIN = "/desk/login"

router = APIRouter()


class NotLoggedIn(Exception):
    """Nobody is at the desk: the page is the login, and then the one that was asked for."""


class Forged(Exception):
    """A form without the token of its session."""


def officer(request: Request) -> Session:
    """Who is at the desk. Raises ``NotLoggedIn``."""
    token = request.cookies.get(SESSION_COOKIE, "")
    centre: Centre = request.app.state.centre
    session = centre.ledger.change(lambda change: session_of(change, token)) if token else None
    if session is None:
        raise NotLoggedIn
    return session


def checked(session: Session, token: str) -> Session:
    """The session of a form that was really ours. Raises ``Forged``."""
    if not hmac.compare_digest(session.csrf.encode(), token.encode()):
        raise Forged
    return session


@router.get(LOGIN)
def ask(request: Request, then: str = HOME) -> Response:
    return _form(request, then)


@router.post(LOGIN)
def enter(
    request: Request,
    login: Annotated[str, Form(max_length=40)],
    password: Annotated[str, Form(max_length=200)],
    token: Annotated[str, Form(max_length=100)],
    then: Annotated[str, Form(max_length=200)] = HOME,
) -> Response:
    if not hmac.compare_digest(request.cookies.get(FORM_COOKIE, "").encode(), token.encode()) or not token:
        raise Forged
    limit: RateLimit = request.app.state.login_limit
    place = request.client.host if request.client else ""
    if not (limit.allows(f"place {place}") and limit.allows(f"login {login}")):
        return _form(request, then, "尝试次数过多，请五分钟后再试。", 429)
    centre: Centre = request.app.state.centre
    found = centre.ledger.read(lambda connection: password_is_right(connection, login, password))
    if found is None:
        centre.ledger.change(lambda change: change.audit(centre.region, "desk", "desk.login_failed", "desk"))
        return _form(request, then, "用户名或密码不对。", 401)
    limit.forget(f"login {login}")
    session = centre.ledger.change(lambda change: open_session(change, *found))
    answer = RedirectResponse(_ours(then), 303)
    _cookie(request, answer, SESSION_COOKIE, session)
    answer.delete_cookie(FORM_COOKIE, path=LOGIN)
    return answer


@router.post("/desk/logout")
def leave(request: Request, token: Annotated[str, Form(max_length=100)]) -> Response:
    session = checked(officer(request), token)
    centre: Centre = request.app.state.centre
    centre.ledger.change(lambda change: close_session(change, session))
    answer = RedirectResponse(LOGIN, 303)
    answer.delete_cookie(SESSION_COOKIE, path=HOME)
    return answer


def to_login(request: Request) -> Response:
    return RedirectResponse(f"{LOGIN}?then={quote(request.url.path)}", 303)


def _form(request: Request, then: str, mistake: str = "", status: int = 200) -> Response:
    token = secrets.token_urlsafe(24)
    answer = page(request, "login.html", {"token": token, "then": _ours(then), "mistake": mistake}, status)
    _cookie(request, answer, FORM_COOKIE, token, LOGIN)
    return answer


def _cookie(request: Request, answer: Response, name: str, value: str, path: str = HOME) -> None:
    answer.set_cookie(name, value, path=path, httponly=True, samesite="strict", secure=request.url.scheme == "https")


def _ours(then: str) -> str:
    """Only a page of the desk may follow a login."""
    inside = then == HOME or then.startswith(f"{HOME}/")
    return then if inside and "\\" not in then and "//" not in then else HOME
