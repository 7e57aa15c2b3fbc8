"""A face for every screen, with invented people and places; Chinese and English say the same."""

from __future__ import annotations

from dataclasses import replace

from core.words import Language, Words
from kiosk.faces import Bar, Body, Chrome, Face, StepMark
from tests.glass.sample_begin import Speaker, busy, card, ending, home, notice, question, question_long
from tests.glass.sample_end import goodbye, overlay, pledge, printing, rate, sign, take, trouble
from tests.glass.sample_form import EDITORS, editor, form, form_full, materials, review, rows

__all__ = ["Language", "Speaker", "chrome", "editor", "faces", "rows"]

STEPS = (
    Words("选事项", "Item"), Words("情形", "Case"), Words("身份", "Identity"), Words("表单", "Form"),
    Words("材料", "Papers"), Words("承诺", "Pledge"), Words("签名", "Sign"), Words("打印", "Print"),
)  # fmt: skip


def chrome(say: Speaker, now: int | None, elder: bool, seconds: int = 58, title: Words | None = None) -> Chrome:
    """``now``: which step (0 to 7) is the present one, or ``None`` for no progress line."""
    marks = tuple(
        StepMark(label.spoken(say.language), "done" if i < now else "now" if i == now else "ahead")
        for i, label in enumerate(STEPS)
    ) if now is not None else ()  # fmt: skip
    title = title or Words("公共场所卫生许可 · 新办", "Public-place health licence · New")
    bar = Bar(
        say("首页", "Home"), say("返回", "Back"), say("English", "中文"),
        say("标准版", "Standard") if elder else say("长者版", "Large type"),
        say("呼叫工作人员", "Call staff"), True, now is not None and now < 7, True, seconds, say("秒", "s"),
    )  # fmt: skip
    return Chrome(
        say("东城区测试政务服务大厅 · 1 号自助终端", "Dongcheng Test Service Hall · Terminal 1"),
        say("11月22日 星期日 14:36", "Sun 22 Nov 14:36"),
        True,
        title.spoken(say.language),
        say("测**", "测**") if now is not None and now > 2 else "",
        marks,
        bar,
        say.language,
        elder,
    )


def bodies(say: Speaker) -> dict[str, tuple[int | None, Body]]:
    """Every screen by name, with the step it belongs to."""
    return {
        "home": (None, home(say)),
        "home_many": (None, home(say, 5)),
        "question": (1, question(say)),
        "question_long": (1, question_long(say)),
        "ending": (1, ending(say)),
        "notice": (2, notice(say)),
        "card": (2, card(say)),
        "card_reading": (2, card(say, "reading")),
        "card_failed": (2, card(say, "failed")),
        "busy": (3, busy(say)),
        "busy_withdraw": (7, replace(busy(say), withdraw_label=say("撤回申请", "Withdraw the application"))),
        "form": (3, form(say)),
        "form_full": (3, form_full(say)),
        **{f"form_{kind}": (3, form(say, kind)) for kind in EDITORS},
        "materials": (4, materials(say)),
        "pledge": (5, pledge(say)),
        "pledge_refused": (5, pledge(say, False)),
        "sign": (6, sign(say)),
        "sign_empty": (6, sign(say, False)),
        "review": (6, review(say)),
        "printing": (7, printing(say)),
        "printing_bad": (7, printing(say, True)),
        "take": (7, take(say)),
        "rate": (7, rate(say)),
        "rate_low": (7, rate(say, True)),
        "goodbye": (None, goodbye(say)),
        "trouble": (7, trouble(say)),
    }


def faces(language: Language = Language.ZH, elder: bool = False) -> dict[str, Face]:
    """Every sample face by name; overlays over the form and the printing screen."""
    say = Speaker(language)
    made = {
        name: Face(chrome(say, step, elder, 0 if name.startswith("home") else 58), body)
        for name, (step, body) in bodies(say).items()
    }
    made["overlay_stay"] = replace(made["form_full"], overlay=overlay(say, "stay"))
    made["overlay_help"] = replace(made["printing"], overlay=overlay(say, "help"))
    return made
