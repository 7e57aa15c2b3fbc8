"""A face for every screen, with invented people and places; Chinese and English say the same."""

from __future__ import annotations

import math
from dataclasses import replace

from core.wire import Stroke
from core.words import Language, Words
from kiosk.faces import (
    Bar,
    Body,
    BusyBody,
    CardBody,
    Choice,
    Chrome,
    Editor,
    EndingBody,
    Face,
    FieldRow,
    FormBody,
    GoodbyeBody,
    HomeBody,
    ItemTile,
    MaterialRow,
    MaterialsBody,
    NoticeBody,
    Overlay,
    PledgeBody,
    PrintingBody,
    QuestionBody,
    RateBody,
    ReviewBody,
    Section,
    SignBody,
    Stage,
    StepMark,
    TakeBody,
    Tick,
    TroubleBody,
    Way,
)

STEPS = (
    Words("选事项", "Item"), Words("情形", "Case"), Words("身份", "Identity"), Words("表单", "Form"),
    Words("材料", "Papers"), Words("承诺", "Pledge"), Words("签名", "Sign"), Words("打印", "Print"),
)  # fmt: skip


class Speaker:
    """``say("中文", "English")`` in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, zh: str, en: str) -> str:
        return Words(zh, en).spoken(self.language)


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


def home(say: Speaker, more: int = 0) -> HomeBody:
    first = ItemTile(
        "public_place_health_licence",
        say("公共场所卫生许可", "Public-place health licence"),
        say(
            "开理发店、旅馆、浴室、泳池、商场等公共场所前要办的许可，当场可领证。",
            "Needed before opening a hair salon, hotel, bath, pool or large shop. Issued on the spot.",
        ),
        "scissors",
        True,
    )
    others = tuple(
        ItemTile(f"item{n}", say(zh, en), say("本机暂时不办，请到窗口。", "Not here yet: please ask at the counter."), icon, n != 1, say("证照纸用完了", "Out of paper") if n == 1 else "")
        for n, (zh, en, icon) in enumerate(
            (("个体工商户登记", "Sole trader registration", "store"), ("食品经营许可", "Food licence", "heart"), ("道路货运许可", "Road freight licence", "car"),
             ("劳务派遣许可", "Labour dispatch", "people"), ("公积金证明", "Housing fund", "building"))[:more]
        )
    )  # fmt: skip
    return HomeBody(
        say("政务服务自助终端", "Government self-service"),
        say("高频事项就近办，办好当场拿证", "Apply here and take your certificate with you"),
        say("请点要办的事", "Choose what you need"),
        (first, *others),
        say("带上身份证就能办", "All you need is your ID card"),
        (
            say("回答几个问题，看要不要办", "Answer a few questions"),
            say("刷身份证，表格自动填好", "Lay your ID card down: the form fills itself"),
            say("签名，当场打印许可证", "Sign, and the licence is printed"),
        ),
        say("信息只用于本次办理，离开后本机不留存", "Used for this visit only; nothing stays on this terminal"),
        say(
            "本机不收任何费用。办完请带走身份证和证照。",
            "Everything here is free of charge. Please take your card and papers with you.",
        ),
        "info",
    )


VENUES = (
    ("hair", "理发店、美发店", "Hair salon or barber", "", ""),
    ("beauty", "生活美容店", "Beauty salon (non-medical)", "不含医疗美容、美甲", "Not medical beauty or nails"),
    ("lodging", "宾馆、旅店、招待所", "Hotel, inn or guesthouse", "", ""),
    ("bath", "公共浴室、洗浴中心", "Public bath", "", ""),
    ("pool", "游泳场馆", "Swimming pool", "", ""),
    ("culture", "影剧院、歌舞厅、游艺厅、音乐厅", "Cinema, dance hall, arcade or concert hall", "", ""),
    ("exhibition", "展览馆、博物馆、美术馆、图书馆", "Exhibition hall, museum, gallery or library", "", ""),
    ("shop", "商场、超市、书店", "Department store, supermarket or bookshop", "", ""),
    ("waiting", "候诊室、候车（机、船）室", "Waiting room of a clinic or station", "", ""),
    ("eating", "饭馆、咖啡馆、酒吧、茶座", "Restaurant, café, bar or teahouse", "", ""),
    ("other", "美甲、健身、棋牌、按摩、网吧等", "Nails, fitness, board games, massage, internet café", "", ""),
)


def question(say: Speaker) -> QuestionBody:
    return QuestionBody(
        "central_air",
        say("场所装了集中空调通风系统吗？", "Does the place have central air-conditioning?"),
        say("为什么要问", "Why we ask"),
        say("有集中空调的，要多交一份空调卫生检测报告。", "With central air-conditioning one more test report is needed."),
        (
            Choice("fitted", say("有集中空调", "Yes, central air-conditioning")),
            Choice("none", say("没有集中空调", "No central air-conditioning"), say("挂机、柜机不算集中空调", "Wall and floor units do not count as central"), True),
        ),
        say("第 2 个问题，一共 2 个", "Question 2 of 2"),
    )  # fmt: skip


def question_long(say: Speaker) -> QuestionBody:
    return QuestionBody(
        "venue",
        say("您要开的是哪一类场所？", "What kind of place are you going to open?"),
        say("为什么要问", "Why we ask"),
        say(
            "场所不同，要不要办证、要哪些材料也不同。",
            "Whether you need a licence, and which papers, depends on the kind of place.",
        ),
        tuple(Choice(id, say(zh, en), say(zh2, en2)) for id, zh, en, zh2, en2 in VENUES),
        say("第 1 个问题", "Question 1"),
    )


def ending(say: Speaker) -> EndingBody:
    return EndingBody(
        say("您不需要办卫生许可证", "You do not need a health licence"),
        say("这样大小的商场、书店不在公共场所卫生许可的范围内，可以直接依营业执照经营。如果以后扩大面积，请再来问一次。",
            "A shop of this size is outside the health licence. You may trade on your business licence. If you enlarge the shop, please ask again."),
        say("依据", "Ground"),
        say("本地口径（依湖南省绥宁县公共场所卫生许可规程，2020-02-19）：城市商场、书店营业面积 300 平方米及以上，县城、乡镇 200 平方米及以上的，才需办理。",
            "Local rule (after the Suining County licensing procedure, 2020-02-19): only shops of 300 m² or more in a city, or 200 m² or more in a county or town, need a licence."),
        say("打印这份说明", "Print this explanation"),
        True,
        say("好，我知道了", "Thank you, I understand"),
        say("说明正在打印，请从左边的小票口取走。", "Printing: please take the sheet from the slot on the left."),
    )  # fmt: skip


def notice(say: Speaker) -> NoticeBody:
    return NoticeBody(
        say("办理前，请您先看清楚", "Before we begin, please read"),
        (
            Section(say("要办的事", "What this is for"), say("公共场所卫生许可（新办），由东城区测试行政审批服务局办理，不收费。", "A new public-place health licence from the Dongcheng Test Approval Service; free of charge."), "health"),
            Section(say("要用到的信息", "What we use"), say("您的身份证信息；从电子证照库调取您的营业执照、房屋租赁登记备案证明。", "Your ID card; your business licence and lease registration from the e-licence library."), "id_card"),
            Section(say("用在哪里、谁能看到", "Where it goes"), say("只用于这次办理，只给审批部门看，每次调用都有记录，您可以查询。", "Only for this application and only to the authority. Every use is logged and you may ask for the log."), "shield"),
            Section(say("留多久", "How long it is kept"), say("本机不留存，离开就清除。审批档案按规定保存。", "Nothing stays on this terminal. The authority keeps its file as the law says."), "clock"),
        ),
        (
            Tick("read", say("我已看清以上内容", "I have read the above"), True),
            Tick("consent", say("我同意为这次办理使用我的身份信息和电子证照", "I agree that my identity and e-licences are used for this application"), False),
        ),
        say("同意，下一步", "Agree and go on"),
        False,
        say("不同意，去窗口办理", "No, I will go to the counter"),
    )  # fmt: skip


def card(say: Speaker, state: str = "waiting") -> CardBody:
    message = {
        "waiting": "",
        "reading": say("正在读取，请不要拿开", "Reading: please leave the card where it is"),
        "failed": say(
            "身份证拿开得太早了，请重新放好，等提示后再拿。",
            "The card was lifted too soon. Lay it down again and wait.",
        ),
    }[state]
    return CardBody(
        say("请放身份证", "Please lay down your ID card"),
        say("把身份证平放在屏幕右下方的感应区", "Lay it flat on the reader below the screen, on the right"),
        (
            say("身份证、港澳台居民居住证、外国人永久居留身份证都可以", "Resident ID, residence permit for Hong Kong, Macao and Taiwan residents, or permanent resident card"),
            say("请从卡套里拿出来", "Take it out of its cover"),
            say("听到“嘀”声前不要拿开", "Leave it until you hear the tone"),
        ),
        state,
        message,
        {"waiting": "info", "reading": "info", "failed": "warn"}[state],
        say("再读一次", "Read again") if state == "failed" else "",
        say("只读取姓名、号码、地址和有效期", "Only name, number, address and validity are read"),
    )  # fmt: skip


def busy(say: Speaker) -> BusyBody:
    return BusyBody(
        say("正在为您调取电子证照", "Fetching your e-licences"),
        say("一般不到 10 秒，请稍等", "Usually less than 10 seconds"),
        (
            Section(say("身份已核对", "Identity checked"), say("测**", "测**"), "check_circle"),
            Section(say("授权已登记", "Consent registered"), say("只用于这次办理", "For this application only"), "check_circle"),
            Section(say("营业执照、租赁备案证明", "Business licence, lease registration"), say("正在调取", "on its way"), "hourglass"),
        ),
    )  # fmt: skip


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


def pledge(say: Speaker, offered: bool = True) -> PledgeBody:
    return PledgeBody(
        say("公共场所卫生许可告知承诺书", "Pledge for a public-place health licence"),
        say("东城区测试理发店 · 测试路 8 号 2 层 · 理发", "Ceshi Barber · 8 Ceshi Road, 2nd floor · Hairdressing"),
        say("办理条件", "Conditions"),
        (
            say("场所选址、设计、布局符合公共场所卫生标准和规范。", "Site, design and layout meet the hygiene standards for public places."),
            say("空气、水质、用品用具等卫生指标经检测合格。", "Air, water and articles have been tested and meet the standards."),
            say("建立卫生管理制度，设专职或兼职卫生管理员。", "There are hygiene rules and a named hygiene manager."),
            say("直接为顾客服务的人员都有有效的健康合格证明。", "Everyone who serves customers holds a valid health certificate."),
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
            say("承诺不实的，依法撤销许可，记入信用记录，以后不再适用告知承诺。", "If the pledge was false, the licence is rescinded, it is put on your credit record, and you may not pledge again."),
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
