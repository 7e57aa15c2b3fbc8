"""The demonstration officers at the desk, as people in a browser: fetch a sealed certificate, settle a print in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import yaml

from core.failures import HouseFailure
from core.settings import CONFIG

CASE = re.compile(r'href="/desk/cases/([^"/?]+)"')
TOKEN = re.compile(r'name="token" value="([^"]+)"')
FENCE = re.compile(r'name="fence" value="(\d+)"')


def sealed_certificates(url: str) -> list[bytes]:
    """Every certificate of the centre at ``url``, newest case first. ``HouseFailure`` when the desk does not let us in."""
    with _desk(url) as desk:
        cases = dict.fromkeys(CASE.findall(desk.get("/desk").text))
        answers = [desk.get(f"/desk/cases/{case_no}/papers/certificate.pdf") for case_no in cases]
    return [answer.content for answer in answers if answer.status_code == httpx.codes.OK]


def settle(url: str, case_no: str, finding: str) -> None:
    """Two officers say what they found: ``printed``, ``spoiled`` or ``untouched``. ``HouseFailure`` if nothing is in doubt."""
    second = _officers()[1]
    with _desk(url) as desk:
        shown = desk.get(f"/desk/cases/{case_no}").text
        token, fence = TOKEN.search(shown), FENCE.search(shown)
        if token is None or fence is None:
            raise HouseFailure("nothing is in doubt here")
        form = {"token": token[1], "fence": fence[1], "finding": finding}
        _ok(desk.post(f"/desk/cases/{case_no}/settle", data=form | _signature(second)))


@contextmanager
def _desk(url: str) -> Iterator[httpx.Client]:
    """A browser in which the first officer is logged in."""
    with httpx.Client(base_url=url, follow_redirects=True, timeout=20.0) as desk:
        token = TOKEN.search(desk.get("/desk/login").text)
        if token is None:
            raise HouseFailure("the desk shows no login form")
        form = {"token": token[1], "then": "/desk"} | _signature(_officers()[0])
        _ok(desk.post("/desk/login", data=form))
        yield desk


def _signature(officer: dict[str, str]) -> dict[str, str]:
    return {"login": officer["login"], "password": officer["password"]}


def _officers() -> list[dict[str, str]]:
    told: dict[str, Any] = yaml.safe_load(Path(CONFIG / "demonstration.yaml").read_text(encoding="utf-8"))
    return list(told["officers"])


def _ok(answer: httpx.Response) -> None:
    if answer.status_code != httpx.codes.OK:
        raise HouseFailure(f"the desk answers {answer.status_code}")
