"""Sample bodies of the first screens: what is offered, questions, endings, the notice, the card."""

from __future__ import annotations

from core.words import Language, Words
from kiosk.faces import (
    BusyBody,
    CardBody,
    Choice,
    EndingBody,
    HomeBody,
    ItemTile,
    NoticeBody,
    QuestionBody,
    Section,
    Tick,
)


class Speaker:
    """``say("中文", "English")`` in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, zh: str, en: str) -> str:
        return Words(zh, en).spoken(self.language)


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
    ("waiting", "候诊室、候车室、候机室、候船室", "Waiting room of a clinic or station", "", ""),
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
