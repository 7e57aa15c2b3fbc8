"""The desk and the public page as a person meets them, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.iron.desk.conftest import Stand

PICTURES = Path("out/test/desk")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    yield opened
    context.close()
    assert complaints == []


def photograph(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{name}.png").write_bytes(page.screenshot(full_page=True))


def log_in(page: Page, stand: Stand, path: str = "/desk") -> None:
    page.goto(stand.url + path)
    expect(page.get_by_role("heading", name="工作人员登录")).to_be_visible()
    page.get_by_label("用户名").fill("demo")
    page.get_by_label("密码").fill("tongban-demo")
    page.get_by_role("button", name="登录").click()


def test_an_officer_finds_and_opens_a_case(page: Page, stand: Stand) -> None:
    page.goto(stand.url + "/desk")
    photograph(page, "login")
    page.get_by_label("用户名").fill("demo")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("不对")

    log_in(page, stand)
    expect(page.get_by_role("alert")).to_contain_text("1 件证照打印结果不明")
    row = page.get_by_role("row").filter(has_text=stand.printed.case_no)
    expect(row).to_contain_text("测**")
    expect(row).to_contain_text("110101********0014")
    expect(row).to_contain_text("已出证")
    photograph(page, "cases")

    row.get_by_role("link").click()
    body = page.locator("main")
    for text in ("电子证照·营业执照", "身份证读取", "承诺后补交", "材料补齐期限", "打印完成", stand.blank, "已调用"):
        expect(body).to_contain_text(text)
    expect(body).not_to_contain_text("110101190001010014")
    photograph(page, "case")

    page.get_by_role("button", name="显示完整信息").click()
    expect(page.locator("main")).to_contain_text("110101190001010014")
    page.get_by_role("link", name="恢复隐藏").click()
    expect(page.locator("main")).not_to_contain_text("110101190001010014")


def test_a_print_in_doubt_is_shown_and_settled_by_two(page: Page, stand: Stand) -> None:
    log_in(page, stand, f"/desk/cases/{stand.doubtful.case_no}")
    expect(page.locator("main")).to_contain_text("结果不明，须两人核对")
    photograph(page, "doubt")
    form = page.locator("form.settle")
    form.get_by_label("没有打印").check()
    form.get_by_label("第二名核对人用户名").fill("demo")
    form.get_by_label("密码").fill("tongban-demo")
    form.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("同一人")
    page.go_back()
    form.get_by_label("没有打印").check()
    form.get_by_label("第二名核对人用户名").fill("demo2")
    form.get_by_label("密码").fill("tongban-demo2")
    form.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("两人核对：未打印，可重新打印")
    expect(page.locator("main")).to_contain_text("待打印")
    page.goto(stand.url + "/desk?state=normal")
    expect(page.get_by_role("row")).to_have_count(1 + 1 + 3)
    expect(page.locator("main")).to_contain_text(stand.waiting)


def test_logging_out_ends_the_session(page: Page, stand: Stand) -> None:
    log_in(page, stand)
    page.get_by_role("button", name="退出").click()
    page.goto(stand.url + "/desk")
    expect(page.get_by_role("heading", name="工作人员登录")).to_be_visible()


def test_anybody_can_verify_a_certificate(page: Page, stand: Stand) -> None:
    certificate = stand.printed.certificate
    assert certificate is not None
    page.goto(stand.url + "/verify")
    code = certificate.verify_code.lower()
    page.get_by_label("验证码").fill(f"{code[:5]}-{code[5:]}")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", name="签发真实，现行有效")).to_be_visible()
    body = page.locator("main")
    for text in (certificate.number, certificate.identifier, stand.blank, "东**"):
        expect(body).to_contain_text(text)
    expect(body).not_to_contain_text("测试甲")
    photograph(page, "verify")
    page.goto(stand.url + "/verify?code=00000-00000")
    expect(page.get_by_role("heading", name="没有查到这个证照")).to_be_visible()
    photograph(page, "verify_unknown")
