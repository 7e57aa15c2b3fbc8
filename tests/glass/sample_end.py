"""Sample bodies of the pledge, the signature, the print, the rating, and of trouble."""

from __future__ import annotations

import math

from core.wire import Stroke
from kiosk.faces import (
    Choice,
    GoodbyeBody,
    Overlay,
    PledgeBody,
    PrintingBody,
    RateBody,
    Section,
    SignBody,
    Stage,
    TakeBody,
    Tick,
    TroubleBody,
    Way,
)
from tests.glass.sample_begin import Speaker


def pledge(say: Speaker, offered: bool = True) -> PledgeBody:
    return PledgeBody(
        say("公共场所卫生许可告知承诺书", "Pledge for a public-place health licence"),
        say("东城区测试理发店 · 测试路 8 号 2 层 · 理发", "Ceshi Barber · 8 Ceshi Road, 2nd floor · Hairdressing"),
        say("办理条件", "Conditions"),
        (
            say("场所选址、设计、布局符合公共场所卫生标准和规范。", "Site, design and layout meet the hygiene standards for public places."),
            say("空气、水质、用品用具等卫生指标经检测合格。", "Air, water and articles have been tested and meet the standards."),
            say("建立卫生管理制度，设专职或兼职卫生管理员。", "There are hygiene rules and a named hygiene manager."),
            say("直接为顾客服务的人员，都持有效的健康合格证明。", "Everyone who serves customers holds a valid health certificate."),
            say("清洗、消毒、保洁、通风等卫生设施齐全，能正常使用。", "Washing, disinfecting, storage and ventilation are complete and work."),
        ),
        say("我承诺", "I pledge"),
        (
            say("我填写的内容和提交的材料真实、合法、有效。", "What I have filled in and handed in is true, lawful and valid."),
            say("我已知道许可条件和要求，没有不清楚的地方。", "I know the conditions and requirements and have no open question."),
            say("我能够达到上面的许可条件。", "I can meet the conditions above."),
            say("没有达到卫生许可基本条件以前，我不开门营业。", "I will not open before the basic conditions are met."),
            say("我在 60 天内补齐承诺的材料。", "I will hand in the pledged papers within 60 days."),
            say("我接受 2 个月内的现场核查和以后的监督检查。", "I accept an inspection on site within 2 months and later supervision."),
            say("以上是我真实的意思，如有违反，我承担法律责任。", "This is my true intention; if I break it, I bear the legal consequences."),
        ),
        say("60 天内", "60 days"),
        say("补齐承诺的 5 份材料", "To hand in the 5 pledged papers"),
        say("最迟 2027 年 1 月 21 日，本机或窗口都可以", "By 21 January 2027, here or at the counter"),
        (
            say("到期没有补齐，或者核查不符合承诺的，责令限期整改。", "If papers are missing in time, or the inspection fails, you are ordered to put it right by a date."),
            say("逾期不改或整改后仍不合格的，撤销许可。", "If it is still not right by then, the licence is rescinded."),
            say("承诺不实的，依法撤销许可，记入信用记录；有不良信用记录的，不能再用告知承诺。", "If the pledge was false, the licence is rescinded, it is put on your credit record, and you may not pledge again."),
            say("没有达到基本条件就营业的，依法处罚。", "Opening before the basic conditions are met is punished by law."),
        ),
        say("在作出决定以前，您可以随时撤回承诺，改走普通程序。", "Until the decision is made you may withdraw the pledge at any time and take the normal way."),
        offered,
        "" if offered else say("您有未履行的承诺记录，这次不能用承诺的办法。普通程序照常办理。", "There is an unkept pledge on record, so this way is not open now. The normal way is."),
        say("我承诺，当场办", "Pledge: decided now"),
        say("材料 60 天内补交，现在审核", "Papers within 60 days, decided at once"),
        say("不承诺，走普通程序", "Normal way"),
        say("材料交齐后，20 个工作日内办结", "With all papers, within 20 working days"),
        say("两种办法都可以，由您自己选", "Both ways are open: you choose"),
        say("选哪种都不影响资格", "Neither affects your rights"),
    )  # fmt: skip


def written() -> tuple[Stroke, ...]:
    """Something like three characters in running hand."""
    strokes = []
    for char in range(3):
        left = 150 + char * 260
        strokes.append(_curve(left, 260, left + 150, 250, 18))
        strokes.append(_curve(left + 80, 180, left + 20, 760, -60))
        strokes.append(_curve(left + 85, 420, left + 190, 700, 60))
        strokes.append(_curve(left + 10, 520, left + 160, 500, -24))
    return tuple(strokes)


def _curve(x1: float, y1: float, x2: float, y2: float, bend: float) -> Stroke:
    points = []
    for step in range(15):
        t = step / 14
        swing = math.sin(t * math.pi) * bend
        points.append((round(x1 + (x2 - x1) * t + swing), round(y1 + (y2 - y1) * t + swing / 2)))
    return Stroke(points=tuple(points))


def sign(say: Speaker, done: bool = True) -> SignBody:
    return SignBody(
        say("请在下面签名", "Please sign below"),
        (
            say("您签的是：公共场所卫生许可告知承诺书和申请表", "You sign: the pledge and the application for a public-place health licence"),
            say("东城区测试理发店 · 测试路 8 号 2 层 · 理发", "Ceshi Barber · 8 Ceshi Road, 2nd floor · Hairdressing"),
            say("60 天内补齐 5 份材料，最迟 2027 年 1 月 21 日", "5 papers within 60 days, by 21 January 2027"),
        ),
        say("文件指纹", "Digest"),
        "9f2c 41ab 7e30 d5c8",
        say("请用手指在框内签名", "Sign in the box with your finger"),
        say("签名人：测**", "Signer: 测**"),
        written() if done else (),
        say("撤销一笔", "Undo"),
        say("清除重签", "Clear"),
        say("签名清楚，可以提交", "Clear enough to hand in") if done else say("还没有签名", "Not signed yet"),
        done,
        say("签好了，下一步", "Signed: go on"),
        say("签名只用于这次申请，和承诺书一起存档，您可以查询。", "The signature is used for this application only and kept with the pledge."),
    )  # fmt: skip


def printing(say: Speaker, bad: bool = False) -> PrintingBody:
    return PrintingBody(
        say("正在打印您的许可证", "Printing your licence"),
        say("请在原地稍等，不用做任何操作", "Please wait here; there is nothing to do"),
        say("卫生许可证", "Health Licence"),
        (
            (say("单位名称", "Name of unit"), "东城区测试理发店"),
            (say("负责人", "In charge"), "测试甲"),
            (say("地址", "Address"), say("测试路 8 号 2 层", "8 Ceshi Road, 2nd floor")),
            (say("许可项目", "Activity"), say("理发", "Hairdressing")),
            (say("有效期限", "Valid"), say("2026-11-22 至 2030-11-21", "2026-11-22 to 2030-11-21")),
        ),
        say("空白证编号", "Blank number"),
        "A0012846",
        (
            Stage(say("审核通过", "Approved"), say("东卫公证字〔2026〕第000001号", "No. 2026-000001"), "done"),
            Stage(say("盖章完成", "Sealed"), "14:36:05", "done"),
            Stage(say("打印中", "Printing"), say("正在打印第 1 页，共 1 页", "Page 1 of 1"), "now", "printer_full")
            if not bad else Stage(say("打印机卡纸了", "Paper jam"), say("已通知工作人员", "Staff have been told"), "bad", "alert"),
            Stage(say("请取证", "Take it"), say("打好后绿灯亮", "A green light will show"), "ahead"),
        ),
        say("打好后，从下方绿灯出口取证", "Then take it from the slot with the green light"),
        say("请核对姓名和地址，再带走身份证。", "Check name and address, and take your ID card."),
        "warn" if bad else "good",
    )  # fmt: skip


def take(say: Speaker) -> TakeBody:
    return TakeBody(
        say("证打好了，请取证", "It is ready: please take it"),
        say("在屏幕下方绿灯亮的出口", "From the slot with the green light below the screen"),
        (
            Section(say("证书编号", "Number"), say("东卫公证字〔2026〕第000001号", "2026-000001"), "licence"),
            Section(say("有效期至", "Valid to"), say("2030 年 11 月 21 日", "21 November 2030"), "calendar"),
            Section(
                say("别忘了补交", "Do not forget"),
                say("5 份材料，最迟 2027 年 1 月 21 日", "5 papers by 21 January 2027"),
                "sign",
            ),
        ),
        say("身份证也请拿好", "Please take your ID card, too"),
        say("我已取走证书", "I have it in my hands"),
    )


def rate(say: Speaker, low: bool = False) -> RateBody:
    names = (
        ("5", "非常满意", "Very good"),
        ("4", "满意", "Good"),
        ("3", "基本满意", "Fair"),
        ("2", "不满意", "Poor"),
        ("1", "非常不满意", "Very poor"),
    )
    return RateBody(
        say("这次办得怎么样？", "How was it?"),
        say("您的评价会直接交给政务服务“好差评”系统", "Your rating goes straight to the service rating system"),
        tuple(Choice(id, say(zh, en), "", low and id == "2") for id, zh, en in names),
        say("哪里不满意？", "What was wrong?"),
        tuple(Tick(id, say(zh, en), id == "slow") for id, zh, en in (("slow", "等得太久", "Too slow"), ("unclear", "说得不清楚", "Not clear"), ("hard", "操作太难", "Too hard"), ("device", "机器出毛病", "The machine failed"))) if low else (),
        say("提交评价", "Send"),
        low,
        say("不评价了", "Skip"),
    )  # fmt: skip


def goodbye(say: Speaker) -> GoodbyeBody:
    return GoodbyeBody(
        say("办好了，再见！", "All done. Goodbye!"),
        (
            Section(
                say("请带走", "Take with you"), say("许可证、身份证、回执", "Licence, ID card, receipts"), "documents"
            ),
            Section(
                say("已经清除", "Wiped"),
                say("您的信息已从本机清除", "Nothing of yours is left on this terminal"),
                "shield",
            ),
            Section(say("有问题", "Questions"), say("电话 010-0000-0000", "Phone 010-0000-0000"), "headset"),
        ),
        say("回到首页", "To the first screen"),
    )


def trouble(say: Speaker) -> TroubleBody:
    return TroubleBody(
        say("打印机卡纸了，不是您的问题", "Paper jam: it is not your fault"),
        say(
            "证还没打出来。您的许可已经办成，什么都没有丢，本机已经通知工作人员。",
            "Nothing has been printed yet. Your licence is granted and safe. Staff have been told.",
        ),
        "printer",
        (say("许可已批准", "Granted"), say("签名已保存", "Signature kept"), say("没有收费", "No charge")),
        say("办件编号", "Case number"),
        "110101-2026-000001",
        say("请选一种办法", "Choose a way on"),
        (
            Way(
                "help",
                say("叫工作人员", "Call staff"),
                say("当场清纸，重新打印", "They clear the jam and print again"),
                "headset",
            ),
            Way("retry", say("再看一次", "Look again"), say("卡纸已经清好了", "The jam has been cleared"), "retry"),
            Way(
                "home",
                say("先离开，以后来取", "Leave, and fetch it later"),
                say("带身份证到窗口取证", "Bring your ID card to the counter"),
                "door",
            ),
        ),
        "PAPER_JAM",
    )


def overlay(say: Speaker, kind: str) -> Overlay:
    if kind == "help":
        return Overlay(
            "help",
            say("已经呼叫工作人员", "Staff have been called"),
            say("请在这里稍等，您填的内容都还在。", "Please wait here. Everything you have entered is kept."),
            0,
            say("继续办理", "Go on"),
            "",
        )
    return Overlay(
        "stay",
        say("您还在吗？", "Are you still there?"),
        say("没有操作就要清除您的信息，回到首页。", "Without a touch your data is wiped and this visit ends."),
        24,
        say("我还在，继续", "Yes, go on"),
        say("不办了，退出", "No, leave"),
    )
