"""Pages by Jinja2: escaping is on for all of them, values arrive already masked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

from centre.desk import words
from centre.desk.lists import local_time
from centre.wiring import Centre

FOLDER = Path(__file__).resolve().parent
_pages = Jinja2Templates(directory=FOLDER / "templates")
_pages.env.globals.update(words=words)
_pages.env.filters.update(local_time=local_time)


def page(request: Request, name: str, values: dict[str, Any], status: int = 200) -> Response:
    centre: Centre = request.app.state.centre
    given = {"agency": centre.settings.agency, "demonstration": centre.settings.demonstration} | values
    return _pages.TemplateResponse(request, name, given, status_code=status)
