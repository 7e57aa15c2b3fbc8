"""The demonstration officer, who fetches the sealed certificates from the desk, as a person would in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import yaml

from core.failures import HouseFailure
from core.settings import CONFIG

CASE = re.compile(r'href="/desk/cases/([^"/?]+)"')
TOKEN = re.compile(r'name="token" value="([^"]+)"')


def sealed_certificates(url: str) -> list[bytes]:
    """Every certificate of the centre at ``url``, newest case first. ``HouseFailure`` when the desk does not let us in."""
    with httpx.Client(base_url=url, follow_redirects=True, timeout=20.0) as desk:
        cases = dict.fromkeys(CASE.findall(_logged_in(desk)))
        answers = [desk.get(f"/desk/cases/{case_no}/papers/certificate.pdf") for case_no in cases]
    return [answer.content for answer in answers if answer.status_code == httpx.codes.OK]


def _logged_in(desk: httpx.Client) -> str:
    """The list of cases, as HTML."""
    told = yaml.safe_load(Path(CONFIG / "demonstration.yaml").read_text(encoding="utf-8"))["officers"][0]
    token = TOKEN.search(desk.get("/desk/login").text)
    if token is None:
        raise HouseFailure("the desk shows no login form")
    form = {"login": told["login"], "password": told["password"], "token": token[1], "then": "/desk"}
    answer = desk.post("/desk/login", data=form)
    if answer.status_code != httpx.codes.OK:
        raise HouseFailure(f"the desk answers {answer.status_code}")
    return answer.text
