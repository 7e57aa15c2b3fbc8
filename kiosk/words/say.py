"""Dates, hidden values and sources in words: the small parts that many faces share."""

from __future__ import annotations

from datetime import date, datetime

from core.catalogue import FieldKind, FormField, ServiceItem
from core.clock import CHINA
from core.numbers import mask_number
from core.people import mask_name
from flows.document import field_text
from flows.prefill import TYPED
from kiosk.words.texts import Speaker

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ICONS = {"id_card": "id_card", "licence": "licence", "guide": "list", TYPED: "pencil"}
_TONES = {"id_card": "info", "licence": "good", "guide": "plain", TYPED: "typed"}


def when(say: Speaker, now: datetime) -> str:
    here = now.astimezone(CHINA)
    return say(
        "common.when",
        month=here.month,
        day=here.day,
        month_name=_MONTHS[here.month - 1],
        weekday=say(f"weekday.{here.weekday()}"),
        time=f"{here:%H:%M}",
    )


def day(say: Speaker, at: date) -> str:
    return say("common.date", year=at.year, month=at.month, day=at.day, month_name=_MONTHS[at.month - 1])


def period(say: Speaker, start: date, end: date | None) -> str:
    last = say("common.long_term") if end is None else day(say, end)
    return say("common.until", start=day(say, start), end=last)


def shown(each: FormField, value: str, say: Speaker) -> str:
    """A form value as it may stand on a screen in a hall."""
    text = field_text(each, value, say.language)
    if not each.masked or not value:
        return text
    if each.kind is FieldKind.PHONE:
        return text[:3] + "*" * max(1, len(text) - 7) + text[-4:] if len(text) > 7 else "*" * len(text)
    return mask_number(text) if each.kind in (FieldKind.RESIDENT_NUMBER, FieldKind.USCC) else mask_name(text)


def source_name(source: str, item: ServiceItem, say: Speaker) -> str:
    room, _, rest = source.partition(".")
    if room == "licence":
        return say("form.source.licence", name=say.of(item.licence(rest.partition(".")[0]).name))
    return say(f"form.source.{room or 'none'}")


def source_icon(source: str) -> str:
    return _ICONS.get(source.partition(".")[0], "pencil")


def source_tone(source: str) -> str:
    return _TONES.get(source.partition(".")[0], "plain")


def grouped(digest: str) -> str:
    """The first sixteen characters in fours: enough for two people to compare."""
    return " ".join(digest[start : start + 4] for start in range(0, 16, 4))
