"""What is wrong with a value. The same rules run on the terminal, while typing, and in the centre, before deciding.

Only what a person can change is judged strictly: an odd credit code on a real licence is a warning, never a wall.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from core.catalogue import FieldKind, FormField, ServiceItem
from core.numbers import is_resident_number, is_uscc
from core.wire import FieldValue
from flows.prefill import TYPED

_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９．－", "0123456789.-")


class Mistake(StrEnum):
    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_EXACT = "too_exact"
    ABOVE_ANOTHER = "above_another"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_RESIDENT_NUMBER = "not_a_resident_number"
    NOT_AN_OPTION = "not_an_option"
    NOT_PRINTABLE = "not_printable"
    UNDECIDED = "undecided"
    NOT_YOURS_TO_CHANGE = "not_yours_to_change"
    UNKNOWN_FIELD = "unknown_field"


class Oddity(StrEnum):
    ODD_USCC = "odd_uscc"
    ODD_NUMBER = "odd_number"


def tidy(each: FormField, text: str) -> str:
    """What was meant: blanks trimmed, full-width digits made half-width in numbers, options in the item's order."""
    text = text.strip()
    if each.kind in (FieldKind.NUMBER, FieldKind.PHONE):
        return text.translate(_WIDE_DIGITS).replace(" ", "")
    if each.kind is FieldKind.RESIDENT_NUMBER:
        return text.upper()
    if each.kind is FieldKind.MULTI:
        picked = set(text.split(","))
        unknown = sorted(picked - {option.id for option in each.options} - {""})
        return ",".join([option.id for option in each.options if option.id in picked] + unknown)
    return text


def mistake_in(each: FormField, value: str, others: Mapping[str, str] | None = None) -> Mistake | None:
    """The first mistake, or ``None``. ``others``: values of the form by field id, for fields that depend on each other."""
    if not value:
        return Mistake.MISSING if each.required else None
    if not each.editable:
        return None
    if any(not char.isprintable() for char in value):
        return Mistake.NOT_PRINTABLE
    if each.kind is not FieldKind.MULTI and len(value) > each.most:
        return Mistake.TOO_LONG
    check = _CHECKS.get(each.kind)
    return check(each, value, others or {}) if check else None


def oddity_in(each: FormField, value: str) -> Oddity | None:
    """What an officer should look at but what stops nobody: published real codes fail their check digit, too."""
    if each.kind is FieldKind.USCC and not is_uscc(value):
        return Oddity.ODD_USCC
    if each.kind is FieldKind.RESIDENT_NUMBER and not is_resident_number(value):
        return Oddity.ODD_NUMBER
    return None


def form_mistakes(item: ServiceItem, form: Iterable[FieldValue]) -> dict[str, Mistake]:
    """Field id → mistake for a whole form; empty when it may be submitted."""
    given = {value.id: value for value in form}
    values = {key: value.value for key, value in given.items()}
    known = {each.id for each in item.fields}
    found = {key: Mistake.UNKNOWN_FIELD for key in given if key not in known}
    for each in item.fields:
        mistake = _source_mistake(each, given.get(each.id)) or mistake_in(each, values.get(each.id, ""), values)
        if mistake is not None:
            found[each.id] = mistake
    return found


def _source_mistake(each: FormField, value: FieldValue | None) -> Mistake | None:
    if value is None or not value.value:
        return None
    lawful = value.source in each.sources and (value.source != TYPED or each.editable)
    return None if lawful else Mistake.NOT_YOURS_TO_CHANGE


def _number(each: FormField, value: str, others: Mapping[str, str]) -> Mistake | None:
    match = re.fullmatch(r"\d{1,12}(?:\.(\d+))?", value, re.ASCII)
    if match is None:
        return Mistake.NOT_A_NUMBER
    if len(match[1] or "") > each.decimals:
        return Mistake.TOO_EXACT
    number = Decimal(value)
    if each.least is not None and number < each.least:
        return Mistake.TOO_SMALL
    if each.greatest is not None and number > each.greatest:
        return Mistake.TOO_LARGE
    return _above(each, number, others)


def _above(each: FormField, number: Decimal, others: Mapping[str, str]) -> Mistake | None:
    limit = others.get(each.not_above or "", "")
    if re.fullmatch(r"\d{1,12}(\.\d+)?", limit, re.ASCII) and number > Decimal(limit):
        return Mistake.ABOVE_ANOTHER
    return None


def _phone(each: FormField, value: str, others: Mapping[str, str]) -> Mistake | None:
    return None if _PHONE.fullmatch(value) and value.isascii() else Mistake.NOT_A_PHONE


def _options(each: FormField, value: str, others: Mapping[str, str]) -> Mistake | None:
    known = {option.id for option in each.options}
    return None if all(part in known for part in value.split(",")) else Mistake.NOT_AN_OPTION


def _choice(each: FormField, value: str, others: Mapping[str, str]) -> Mistake | None:
    return None if value in {option.id for option in each.options} else Mistake.NOT_AN_OPTION


def _resident(each: FormField, value: str, others: Mapping[str, str]) -> Mistake | None:
    return None if is_resident_number(value) else Mistake.NOT_A_RESIDENT_NUMBER


_CHECKS: dict[FieldKind, Callable[[FormField, str, Mapping[str, str]], Mistake | None]] = {
    FieldKind.NUMBER: _number,
    FieldKind.PHONE: _phone,
    FieldKind.MULTI: _options,
    FieldKind.CHOICE: _choice,
    FieldKind.RESIDENT_NUMBER: _resident,
}
