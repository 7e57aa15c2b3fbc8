"""The faces up to the card: start, guide, lawful endings, "no printing here", notice, card, looking for licences."""

from __future__ import annotations

from core.catalogue import ServiceItem
from core.words import Language
from flows.notice import filled_in
from flows.route import no_print_reason
from flows.steps.card import is_reading
from flows.steps.ending import SHEET, may_print
from flows.steps.home import can_choose
from flows.steps.notice import agreed
from flows.visit import Visit
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
from kiosk.words.texts import Speaker

SHEET_TONES = {"printing": "info", "printed": "good"}


def home(visit: Visit, say: Speaker) -> HomeBody:
    notice, tone = _home_notice(visit, say)
    return HomeBody(
        title=say("home.title"),
        subtitle=say("home.subtitle"),
        items_title=say("home.items"),
        items=tuple(_tile(visit, item, say) for item in visit.lobby.items.values()),
        how_title=say("home.how"),
        how=(say("home.how_1"), say("home.how_2"), say("home.how_3")),
        privacy=say("home.privacy"),
        notice=notice,
        notice_tone=tone,
    )


def _home_notice(visit: Visit, say: Speaker) -> tuple[str, str]:
    lobby = visit.lobby
    if lobby.away is not None:
        return say("home.away"), "bad"
    if lobby.told is None:
        return say("home.wait"), "info"
    stopped = {lobby.stops_printing(item) for item in lobby.items.values() if lobby.offers(item)} - {None}
    if stopped:
        return say("home.no_printer", why=say.failure(min(str(code) for code in stopped))), "warn"
    return say("home.notice"), "info"


def _tile(visit: Visit, item: ServiceItem, say: Speaker) -> ItemTile:
    enabled = can_choose(visit, item.id)
    told = visit.lobby.told is not None and visit.lobby.away is None
    why_not = "" if enabled else say("home.not_offered" if told else "home.away")
    start = say("home.start")
    return ItemTile(item.id, say.of(item.name), say.of(item.summary), item.icon, enabled, why_not, start)


def question(visit: Visit, say: Speaker) -> QuestionBody:
    name = visit.guide.name
    asked = visit.item.guide[name]
    choices = (
        Choice(each.id, say.of(each.label), say.of(each.explain) if each.explain else "") for each in asked.answers
    )
    return QuestionBody(
        question=name,
        ask=say.of(asked.ask),
        why_label=say("guide.why"),
        why=say.of(asked.why),
        choices=tuple(choices),
        count=say("guide.count", n=len(visit.answers) + 1),
    )


def ending(visit: Visit, say: Speaker) -> EndingBody:
    end = visit.item.endings[visit.guide.name]
    sheet = dict(visit.receipts).get(SHEET)
    return EndingBody(
        title=say.of(end.title),
        text=say.of(end.text),
        ground_label=say("ending.ground"),
        ground=say.of(end.ground),
        print_label=say("ending.print"),
        can_print=may_print(visit),
        leave_label=say("common.leave"),
        message=say(f"ending.{sheet}") if sheet else "",
        message_tone=SHEET_TONES.get(sheet or "", "warn"),
    )


def no_print(visit: Visit, say: Speaker) -> NoticeBody:
    """Told before applying. ``Confirmed`` goes on, ``HomePressed`` leaves."""
    places = visit.checked.told.elsewhere if visit.checked else ()
    can = say("no_print.can_text") + (say("no_print.elsewhere", places=say.joined(places)) if places else "")
    return NoticeBody(
        title=say("no_print.title"),
        sections=(
            Section(say("no_print.why"), say.failure(no_print_reason(visit) or "PRINTER_FAILURE"), "printer"),
            Section(say("no_print.can"), can, "check_circle"),
            Section(say("no_print.or"), say("no_print.or_text"), "home"),
        ),
        ticks=(),
        go_label=say("no_print.go"),
        can_go=True,
        no_label=say("no_print.leave"),
    )


def notice(visit: Visit, say: Speaker) -> NoticeBody:
    agency = visit.lobby.told.agency if visit.lobby.told else ""
    words = visit.lobby.notice
    sections = (
        Section(
            say.of(filled_in(each.title, visit.item, agency)),
            say.of(filled_in(each.text, visit.item, agency)),
            each.icon,
        )
        for each in words.sections
    )
    counter = tuple(say.of(each) for each in visit.item.cannot_finish_here)
    elsewhere = (Section(say("notice.counter"), _one_after_another(counter, say), "building"),) if counter else ()
    ticks = (
        Tick(each.id, say.of(filled_in(each.label, visit.item, agency)), each.id in visit.ticks) for each in words.ticks
    )
    return NoticeBody(
        title=say("notice.title"),
        sections=(*sections, *elsewhere),
        ticks=tuple(ticks),
        go_label=say("notice.go"),
        can_go=agreed(visit),
        no_label=say("notice.refuse"),
    )


def _one_after_another(sentences: tuple[str, ...], say: Speaker) -> str:
    return ("" if say.language is Language.ZH else " ").join(sentences)


def card(visit: Visit, say: Speaker) -> CardBody:
    reading = is_reading(visit)
    failure = visit.card_failure
    again = say("card.again") if reading else ""
    return CardBody(
        title=say("card.title"),
        text=say("card.text"),
        hints=(say("card.hint_1"), say("card.hint_2"), say("card.hint_3")),
        state="waiting" if reading else "failed",
        message=" ".join(filter(None, (say.failure(failure), again))) if failure else "",
        tone="warn" if failure else "info",
        retry_label="" if reading else say("card.retry"),
        privacy=say("card.privacy"),
    )


def fetching(visit: Visit, say: Speaker) -> BusyBody:
    names = say.joined([say.of(kind.name) for kind in visit.item.licences])
    lines = [Section(say("fetch.card"), "", "check_circle")]
    if visit.trx:
        lines.append(Section(say("fetch.consent"), "", "check_circle"))
    lines.append(Section(say("fetch.library", licences=names), "", "search"))
    return BusyBody(say("fetch.title"), say("fetch.text"), tuple(lines))
