"""The text a person signs: one canonical JSON document that holds every word agreed to, in both languages.

The terminal shows and signs it; the centre composes it again from what was submitted and compares. Nothing here depends
on time, on the language of the screen or on the order in which things were typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.catalogue import FieldKind, FormField, ServiceItem, Text
from core.failures import FormIncomplete, PledgeNotOffered
from core.papers import canonical_json, sha256_hex
from core.wire import FieldValue, MaterialAnswer, Route
from core.words import Language

FORMAT = "tongban.application/1"


def compose_document(
    item: ServiceItem,
    *,
    situation: str,
    answers: Mapping[str, str],
    form: Iterable[FieldValue],
    materials: Iterable[MaterialAnswer],
    route: Route,
) -> str:
    """Canonical JSON text. ``answers`` and ``materials`` as submitted; fields in the item's order.

    Raises ``FormIncomplete`` when a situation, answer or material is none of the item's, ``PledgeNotOffered`` when the
    item has no pledge.
    """
    if situation not in item.situations:
        raise FormIncomplete("no such situation")
    body = {
        "format": FORMAT,
        "item": {"id": item.id, "version": item.version, "name": _both(item.name), "code": item.basic_code},
        "situation": {"id": situation, "name": _both(item.situations[situation].name)},
        "department": _both(item.department),
        "guide": [_answered(item, question, answer) for question, answer in sorted(answers.items())],
        "form": _form(item, form),
        "materials": [_material(item, material) for material in sorted(materials, key=lambda each: each.id)],
        "route": route.value,
        "terms": _pledge(item) if route is Route.PLEDGE else _normal(item),
        "fee": _both(item.fee),
    }
    return canonical_json(body).decode()


def digest_of(document: str) -> str:
    """What the signature is bound to."""
    return sha256_hex(document.encode())


def field_text(each: FormField, value: str, language: Language = Language.ZH) -> str:
    """A value as people read it: option labels instead of ids, the unit behind a number."""
    if each.kind in (FieldKind.CHOICE, FieldKind.MULTI):
        labels = {option.id: option.label.words.spoken(language) for option in each.options}
        return _listed([labels.get(part, part) for part in value.split(",") if part], language)
    if each.unit is not None and value:
        return f"{value} {each.unit.words.spoken(language)}"
    return value


def _listed(parts: list[str], language: Language) -> str:
    """Parts that are lists themselves are kept apart by a stronger sign."""
    comma, semicolon = ("、", "；") if language is Language.ZH else (", ", "; ")
    return (semicolon if any(comma in part for part in parts) else comma).join(parts)


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _answered(item: ServiceItem, question: str, answer: str) -> dict[str, Any]:
    asked = item.guide.get(question)
    said = next((each for each in asked.answers if each.id == answer), None) if asked else None
    if asked is None or said is None:
        raise FormIncomplete("no such answer")
    return {"question": question, "answer": answer, "asked": _both(asked.ask), "said": _both(said.label)}


def _form(item: ServiceItem, form: Iterable[FieldValue]) -> list[dict[str, Any]]:
    given = {value.id: value for value in form}
    return [_field(each, given[each.id]) for each in item.fields if each.id in given]


def _field(each: FormField, value: FieldValue) -> dict[str, Any]:
    return {
        "id": each.id,
        "label": _both(each.label),
        "value": value.value,
        "text": {language.value: field_text(each, value.value, language) for language in Language},
        "source": value.source,
        "changed": value.changed,
    }


def _material(item: ServiceItem, material: MaterialAnswer) -> dict[str, Any]:
    known = next((each for each in item.materials if each.id == material.id), None)
    if known is None:
        raise FormIncomplete("no such material")
    return {
        "id": material.id,
        "name": _both(known.name),
        "how": material.how,
        "evidence": material.evidence,
        "make_good_days": known.make_good_days if material.how == "pledged" else None,
    }


def _pledge(item: ServiceItem) -> dict[str, Any]:
    pledge = item.pledge
    if pledge is None:
        raise PledgeNotOffered("the item has no pledge")
    return {
        "listed_by": _both(pledge.listed_by),
        "conditions": [_both(each) for each in pledge.conditions],
        "clauses": [_both(each) for each in pledge.clauses],
        "consequences": [_both(each) for each in pledge.consequences],
        "withdraw": _both(pledge.withdraw),
        "make_good_days": pledge.make_good_days,
        "inspect_within_days": pledge.inspect_within_days,
    }


def _normal(item: ServiceItem) -> dict[str, Any]:
    return {"working_days": item.decision.normal_days, "ground": _both(item.decision.ground)}
