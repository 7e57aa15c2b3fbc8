"""Desk and public page without a browser: who may see what, forms of other sites, too many tries."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from centre.audit.chain import audit_rows
from centre.officers import IDLE
from centre.public import TRIES
from centre.tables.places import officer_sessions
from centre.tables.prints import blanks, certificates
from centre.work.seal import face_of
from core.wire import Outcome, WatchTold
from printing.verify_code import make_code
from tests.centre.local import Local, request
from tests.centre.test_prints import Sheet, waiting_sheet
from tests.centre.test_whole_way import sealed

SECRET = "110101190001010014"


class Browser:
    """Keeps cookies, follows nothing."""

    def __init__(self, local: Local) -> None:
        self._local = local
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        answer = request(self._local.app, method, path, headers=headers, **options)
        self.cookies |= dict(answer.cookies)
        return answer

    def get(self, path: str) -> httpx.Response:
        return self.ask("GET", path)

    def token(self, path: str) -> str:
        found = re.search(r'name="token" value="([^"]+)"', self.get(path).text)
        assert found is not None
        return found[1]

    def log_in(self, login: str = "demo", password: str = "tongban-demo", **more: str) -> httpx.Response:
        form = {"login": login, "password": password, "token": self.token("/desk/login")} | more
        return self.ask("POST", "/desk/login", data=form)


@pytest.fixture(scope="module")
def case(local: Local) -> WatchTold:
    return sealed(local, local.visit().ready())


@pytest.fixture
def inside(local: Local) -> Browser:
    browser = Browser(local)
    assert browser.log_in().status_code == 303
    local.app.state.login_limit.forget("place ")
    return browser


@pytest.fixture(autouse=True)
def patient(local: Local) -> None:
    """Every test begins with all its tries."""
    local.clock.move(timedelta(minutes=6))


def test_a_form_that_is_none_is_not_read_back(local: Local) -> None:
    browser = Browser(local)
    form = {"login": "测试甲" * 40, "password": "x", "token": browser.token("/desk/login")}
    answer = browser.ask("POST", "/desk/login", data=form)
    assert answer.status_code == 422
    assert "测试甲" not in answer.text


@pytest.mark.parametrize("path", ["/desk", "/desk/cases/1", "/desk/cases/1/papers/certificate.pdf"])
def test_without_login_there_is_nothing_to_see(local: Local, path: str) -> None:
    answer = Browser(local).get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/login?then={path}")


def test_the_list_is_masked(inside: Browser, case: WatchTold) -> None:
    text = inside.get("/desk").text
    assert case.case_no in text
    assert "测**" in text
    assert SECRET not in text


def test_opening_and_unmasking_are_on_record(local: Local, inside: Browser, case: WatchTold) -> None:
    path = f"/desk/cases/{case.case_no}"
    text = inside.get(path).text
    assert SECRET not in text
    assert "测试甲" not in text.replace("东城区测试甲理发店", "")
    shown = inside.ask("POST", f"{path}/reveal", data={"token": inside.token(path)})
    assert SECRET in shown.text
    actions = [row["action"] for row in local.rows(audit_rows, audit_rows.c.subject == case.case_no)]
    assert actions.count("desk.case_revealed") == 1
    assert "desk.case_opened" in actions


def test_papers_open_as_pdf(inside: Browser, case: WatchTold) -> None:
    for kind in ("certificate", "intake_receipt", "pledge_document", "decision"):
        answer = inside.get(f"/desk/cases/{case.case_no}/papers/{kind}.pdf")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
    assert inside.get(f"/desk/cases/{case.case_no}/papers/nothing.pdf").status_code == 404


def test_a_form_of_another_site_does_nothing(inside: Browser, case: WatchTold) -> None:
    path = f"/desk/cases/{case.case_no}"
    assert inside.ask("POST", f"{path}/reveal", data={"token": "guessed"}).status_code == 403
    assert inside.ask("POST", "/desk/logout", data={"token": "é"}).status_code == 403
    assert inside.get("/desk").status_code == 200


def test_a_login_form_of_another_site_does_nothing(local: Local) -> None:
    browser = Browser(local)
    form = {"login": "demo", "password": "tongban-demo", "token": "guessed"}
    assert browser.ask("POST", "/desk/login", data=form).status_code == 403
    assert browser.ask("POST", "/desk/login", data=form | {"token": ""}).status_code in (403, 422)


@pytest.mark.parametrize(
    ("login", "password"), [("demo", "very wrong"), ("nobody", "tongban-demo"), ("' OR 1=1 --", "quite wrong")]
)
def test_a_wrong_password(local: Local, login: str, password: str) -> None:
    browser = Browser(local)
    answer = browser.log_in(login, password)
    assert answer.status_code == 401
    assert "desk" not in browser.cookies
    assert password not in answer.text


def test_few_tries(local: Local) -> None:
    browser = Browser(local)
    codes = [browser.log_in("demo", f"guess {number}").status_code for number in range(10)]
    assert codes == [401] * 8 + [429] * 2
    assert browser.log_in().status_code == 429
    local.clock.move(timedelta(minutes=6))
    assert browser.log_in().status_code == 303


@pytest.mark.parametrize(
    "then", ["https://evil.example/", "//evil.example", "/desk//evil.example", "/desk\\..\\", "/verify"]
)
def test_a_login_leads_to_the_desk_only(local: Local, then: str) -> None:
    assert Browser(local).log_in(then=then).headers["location"] == "/desk"


def test_the_cookie_is_for_our_pages_only(local: Local) -> None:
    cookie = Browser(local).log_in().headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/desk" in cookie


def test_the_database_does_not_know_the_token(local: Local, inside: Browser) -> None:
    assert inside.cookies["desk"] not in str(local.rows(officer_sessions))


def test_an_idle_session_ends(local: Local, inside: Browser) -> None:
    local.clock.move(IDLE + timedelta(seconds=1))
    assert inside.get("/desk").status_code == 303


def test_logging_out_ends_the_session_for_good(inside: Browser) -> None:
    token = inside.token("/desk")
    kept = dict(inside.cookies)
    assert inside.ask("POST", "/desk/logout", data={"token": token}).status_code == 303
    inside.cookies = kept
    assert inside.get("/desk").status_code == 303


def test_what_a_person_typed_is_text_and_never_a_page(fresh: Local) -> None:
    visit = fresh.visit(typed={"business_address": "<script>alert(1)</script>"}, chosen={"business_address": "typed"})
    told = visit.ready().submit()
    browser = Browser(fresh)
    browser.log_in()
    text = browser.get(f"/desk/cases/{told.case_no}").text
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


# --- a print in doubt ------------------------------------------------------------------------------


@dataclass
class Doubt:
    """A sheet that nobody can tell of, and an officer who opens its case."""

    sheet: Sheet
    blank: str
    browser: Browser

    def settle(self, finding: str, /, **changes: Any) -> int:
        path = f"/desk/cases/{self.sheet.case_no}"
        form = {
            "token": self.browser.token(path),
            "finding": finding,
            "fence": self.sheet.order["fence"],
            "login": "demo2",
            "password": "tongban-demo2",
        }
        return self.browser.ask("POST", f"{path}/settle", data=form | changes).status_code


@pytest.fixture
def doubt(local: Local, inside: Browser) -> Doubt:
    sheet = waiting_sheet(local)
    blank = sorted(
        row["number"] for row in local.rows(blanks, blanks.c.state == "available", blanks.c.terminal == "T-0001")
    )[0]
    fence = sheet.offer().fence
    sheet.prepare(fence, blank)
    sheet.tell(fence, blank, Outcome.UNKNOWN)
    return Doubt(sheet, blank, inside)


@pytest.mark.parametrize(
    ("finding", "order", "blank", "case_state"),
    [
        ("printed", "printed", "used", "printed"),
        ("spoiled", "sealed", "spoiled", "sealed"),
        ("untouched", "sealed", "void", "sealed"),
    ],
)
def test_two_people_settle_it(doubt: Doubt, finding: str, order: str, blank: str, case_state: str) -> None:
    assert doubt.sheet.case_no in doubt.browser.get("/desk").text
    assert doubt.settle(finding) == 303
    assert doubt.sheet.order["state"] == order
    assert doubt.sheet.blank(doubt.blank)["state"] == blank
    assert doubt.sheet.case["state"] == case_state
    rows = doubt.sheet.local.rows(audit_rows, audit_rows.c.subject == doubt.sheet.order_no)
    assert rows[-1]["action"] == f"print.settled_{finding}"
    assert len(json.loads(rows[-1]["detail"])["by"]) == 2
    assert doubt.settle(finding) == 409
    if order == "sealed":
        assert doubt.sheet.offer().fence == 2


def test_one_person_settles_nothing(doubt: Doubt) -> None:
    wrong: list[tuple[dict[str, Any], int]] = [
        ({"login": "demo", "password": "tongban-demo"}, 409),
        ({"password": "wrong"}, 409),
        ({"login": "nobody"}, 409),
        ({"fence": 7}, 409),
        ({"finding": "vanished"}, 422),
        ({"token": "guessed"}, 403),
    ]
    for changes, status in wrong:
        assert doubt.settle("printed", **changes) == status, changes
        assert doubt.sheet.order["state"] == "unknown"
    assert doubt.sheet.case["state"] == "print_unknown"
    assert doubt.settle("printed") == 303


# --- anybody ---------------------------------------------------------------------------------------


def certificate(local: Local, case: WatchTold) -> Any:
    assert case.certificate is not None
    return local.rows(certificates, certificates.c.identifier == case.certificate.identifier)[0]


def picture_path(local: Local, case: WatchTold) -> str:
    row = certificate(local, case)
    face = local.centre.ledger.read(lambda connection: face_of(local.centre, connection, row["region_id"], row["id"]))
    url = make_code(face, local.centre.signers.code_pem, local.centre.settings.public_host).url
    return url.removeprefix("HTTPS://VERIFY.TONGBAN.EXAMPLE")


def test_a_certificate_is_verified_by_its_short_code(local: Local, case: WatchTold) -> None:
    assert case.certificate is not None
    code = case.certificate.verify_code
    for spelt in (code, code.lower(), f"{code[:5]}-{code[5:]}", f" {code} "):
        answer = request(local.app, "GET", "/verify", params={"code": spelt})
        assert "签发真实，现行有效" in answer.text
    assert case.certificate.number in answer.text
    assert "测试甲" not in answer.text


def test_a_certificate_is_verified_by_its_picture(local: Local, case: WatchTold) -> None:
    path = picture_path(local, case)
    assert path.startswith("/C/")
    for spelt in (path, path.replace("/C/", "/c/").lower()):
        assert "签发真实，现行有效" in request(local.app, "GET", spelt).text


def test_a_forged_picture(local: Local, case: WatchTold) -> None:
    path = picture_path(local, case)
    forged = path[:-30] + ("A" if path[-30] != "A" else "B") + path[-29:]
    for spelt in (forged, "/C/AAAA", "/C/%00", "/C/" + "A" * 5000, "/C/测试"):
        answer = request(local.app, "GET", spelt)
        assert answer.status_code == 404
        assert "这不是本机关签发的证照二维码" in answer.text


def test_a_certificate_after_its_last_day(fresh: Local) -> None:
    case = sealed(fresh, fresh.visit().ready())
    path = picture_path(fresh, case)
    fresh.clock.move(timedelta(days=4 * 366))
    assert "已过有效期" in request(fresh.app, "GET", path).text


def test_a_certificate_that_was_ended(fresh: Local) -> None:
    case = sealed(fresh, fresh.visit().ready())
    fresh.execute(certificates.update().values(status="rescinded"))
    assert "签发真实，但已失效" in request(fresh.app, "GET", picture_path(fresh, case)).text


@pytest.mark.parametrize("code", ["00000-00000", "<script>", "' OR '1'='1", "测试", "\x00", "9" * 4000])
def test_a_code_nobody_issued(local: Local, code: str) -> None:
    answer = request(local.app, "GET", "/verify", params={"code": code})
    assert answer.status_code == 404
    assert "没有查到" in answer.text
    assert "<script>" not in answer.text


def test_guessing_is_slow(local: Local) -> None:
    codes = [request(local.app, "GET", "/verify?code=GUESS").status_code for _ in range(TRIES + 1)]
    assert codes == [404] * TRIES + [429]
