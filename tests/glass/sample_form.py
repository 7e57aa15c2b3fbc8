"""Sample bodies of the form, its editors, the materials and the last look."""

from __future__ import annotations

from kiosk.faces import Choice, Editor, FieldRow, FormBody, MaterialRow, MaterialsBody, ReviewBody, Section
from tests.glass.sample_begin import Speaker


def rows(say: Speaker, *, open_ends: bool = True) -> tuple[FieldRow, ...]:
    card_tag = (say("身份证", "ID card"), "id_card", "info")
    licence = (say("电子营业执照", "Business licence"), "licence", "good")
    lease = (say("租赁备案", "Lease register"), "licence", "good")
    guide = (say("刚才的回答", "Your answer"), "list", "info")
    own = (say("本人填写", "You typed"), "pencil", "plain")
    todo = (say("请填写", "Please fill in"), "pencil", "warn")
    conflict = (
        Choice(
            "licence.business_licence.premises",
            say("测试路 8 号", "8 Ceshi Road"),
            say("电子营业执照", "Business licence"),
        ),
        Choice(
            "licence.lease_registration.premises",
            say("测试路 8 号 2 层", "8 Ceshi Road, 2nd floor"),
            say("租赁备案", "Lease register"),
        ),
    )
    address = say("测试路 8 号 2 层", "8 Ceshi Road, 2nd floor")
    return (
        FieldRow("unit_name", say("单位名称", "Name of unit"), "东城区测试理发店", *licence, "ok", False),
        FieldRow("uscc", say("信用代码", "Credit code"), "92110101MA0TEST0X0", *licence, "ok", False),
        FieldRow("legal_rep", say("法定代表人", "Legal rep."), "测试甲", *licence, "ok", False),
        FieldRow("legal_rep_id", say("证件号码", "ID number"), "110101********0014", *card_tag, "ok", False),
        FieldRow("person_in_charge", say("现场负责人", "In charge"), "测试甲", *card_tag, "ok", True),
        FieldRow("phone", say("联系电话", "Phone"), "", *todo, "empty", True) if open_ends else FieldRow("phone", say("联系电话", "Phone"), "100****0000", *own, "ok", True),
        FieldRow("registered_address", say("注册地址", "Registered at"), "北京市东城区测试路 8 号", *licence, "ok", False),
        FieldRow("business_address", say("经营地址", "Business address"), "", "", "alert", "warn", "conflict", True, "", conflict, say("两处写的不一样，请点正确的那个", "Two sources differ: choose the right one"))
        if open_ends else FieldRow("business_address", say("经营地址", "Business address"), address, *lease, "ok", True),
        FieldRow("project", say("许可项目", "Activity"), say("理发", "Hairdressing"), *guide, "ok", False),
        FieldRow("central_air", say("集中空调", "Central air"), say("没有", "None"), *guide, "ok", False),
        FieldRow("floor_area", say("建筑面积", "Floor area"), say("68 平方米", "68 m²"), *lease, "ok", True),
        FieldRow("employees", say("从业人数", "Employees"), say("3 人", "3 people"), *own, "ok", True),
        FieldRow("health_checked", say("已体检人数", "Health-checked"), say("5 人", "5 people"), *own, "wrong", True, say("不能多于从业人数", "Not more than employees"))
        if open_ends else FieldRow("health_checked", say("已体检人数", "Health-checked"), say("3 人", "3 people"), *own, "ok", True),
        FieldRow("hygiene_rules", say("卫生制度", "Hygiene rules"), say("用品用具清洗、消毒、更换；从业人员健康、培训；卫生管理档案；禁烟", "Cleaning and disinfecting articles; staff health; hygiene records; no smoking"), *own, "ok", True),
        FieldRow("facilities", say("卫生设施", "Facilities"), say("清洗消毒；保洁柜；通风；洗手", "Washing and disinfecting; clean storage; ventilation; hand washing"), *own, "ok", True),
    )  # fmt: skip


EDITORS = ("text", "phone", "number", "multi", "choice")


def editor(say: Speaker, kind: str) -> Editor:
    done = say("完成", "Done")
    if kind == "phone":
        return Editor(
            "phone",
            say("联系电话", "Phone"),
            "phone",
            "100",
            say("手机号 11 位", "11-digit mobile number"),
            "",
            (),
            done,
            14,
        )
    if kind == "number":
        return Editor(
            "floor_area",
            say("建筑面积", "Floor area"),
            "number",
            "68",
            say("例如 68", "e.g. 68"),
            say("平方米", "m²"),
            (),
            done,
            10,
        )
    if kind == "choice":
        choices = (Choice("fitted", say("有", "Fitted")), Choice("none", say("没有", "None"), "", True))
        return Editor("central_air", say("集中空调", "Central air"), "choice", "none", "", "", choices, done, 0)
    if kind == "multi":
        names = (
            ("disinfection", "清洗消毒", "Washing and disinfecting"), ("storage", "保洁柜", "Clean storage"), ("pests", "防蚊、蝇、蟑、鼠", "Pest control"),
            ("ventilation", "通风", "Ventilation"), ("washing", "洗手", "Hand washing"), ("waste", "垃圾存放", "Waste storage"),
        )  # fmt: skip
        choices = tuple(Choice(id, say(zh, en), "", id in ("disinfection", "washing")) for id, zh, en in names)
        return Editor(
            "facilities",
            say("卫生设施", "Facilities"),
            "multi",
            "disinfection,washing",
            say("已经装好的都选上", "Choose all that are fitted"),
            "",
            choices,
            done,
            0,
        )
    return Editor(
        "business_address",
        say("经营地址", "Business address"),
        "text",
        "测试路8号",
        say("写到门牌号", "Down to the house number"),
        "",
        (),
        done,
        60,
    )


def form(say: Speaker, kind: str | None = None) -> FormBody:
    return FormBody(
        say(
            "已填好 12 项，还请您核对 1 项、改正 1 项、填写 1 项",
            "12 filled in. Please choose 1, correct 1 and fill in 1",
        ),
        say("共 15 项", "15 in all"),
        rows(say),
        editor(say, kind) if kind else None,
        say("修改", "Edit"),
        say("核对无误，下一步", "All correct: go on"),
        False,
    )


def form_full(say: Speaker) -> FormBody:
    return FormBody(
        say("15 项都填好了，请核对", "All 15 are filled in: please check"),
        say("共 15 项", "15 in all"),
        rows(say, open_ends=False),
        None,
        say("修改", "Edit"),
        say("核对无误，下一步", "All correct: go on"),
        True,
    )


def materials(say: Speaker) -> MaterialsBody:
    made = (say("系统生成", "Made by the system"), say("已按您的表单生成", "Made from your form"), "document", "info")
    pledged = (say("承诺后补交", "Pledged"), say("60 天内补齐", "Within 60 days"), "sign", "warn")
    return MaterialsBody(
        say("需要的材料，您都不用带", "You need to bring none of the papers"),
        say("8 份材料：3 份已经有了，5 份可以先承诺、60 天内补交", "8 papers: 3 are here already, 5 can be pledged and handed in within 60 days"),
        (
            MaterialRow(say("卫生许可证申请表", "Application form"), *made),
            MaterialRow(say("法定代表人身份证明", "Identity of the legal representative"), say("免提交", "Not needed"), say("已刷身份证", "ID card read"), "id_card", "good"),
            MaterialRow(say("营业执照", "Business licence"), say("免提交", "Not needed"), say("电子营业执照", "E-licence found"), "licence", "good"),
            MaterialRow(say("方位图、平面图和卫生设施布局图", "Site and floor plans with hygiene facilities"), *pledged),
            MaterialRow(say("卫生检测或评价报告", "Hygiene test report"), *pledged),
            MaterialRow(say("卫生管理制度和卫生管理员名单", "Hygiene rules and named hygiene manager"), *pledged),
            MaterialRow(say("从业人员名单和健康合格证明", "Staff list and health certificates"), *pledged),
            MaterialRow(say("卫生监督量化分级自查结果", "Self-scored hygiene grading"), *pledged),
        ),
        say("知道了，下一步", "Go on"),
        say("没有集中空调的小理发店，不用交预防性卫生审查《卫生监督意见书》。", "A small barber shop without central air-conditioning needs no preventive review."),
    )  # fmt: skip


def review(say: Speaker) -> ReviewBody:
    return ReviewBody(
        say("最后核对一遍", "One last look"),
        rows(say, open_ends=False),
        (
            Section(say("办理方式", "Way"), say("告知承诺，当场审核", "By pledge, decided at once"), "sign"),
            Section(
                say("补交材料", "To hand in"),
                say("5 份，最迟 2027 年 1 月 21 日", "5 papers by 21 January 2027"),
                "calendar",
            ),
            Section(say("费用", "Fee"), say("不收费", "Free of charge"), "free"),
        ),
        say("确认提交", "Hand it in"),
        say(
            "提交以后不能再改。需要改的，请点“返回”。",
            "It cannot be changed after this. To change something, press Back.",
        ),
    )
