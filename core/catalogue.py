"""A service item as data: guide, form, materials, pledge, decision, certificate.

One file ``config/catalogue/<id>.yaml`` is one item. It is checked on load; ``problems`` lists everything wrong at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from core.people import CardKind
from core.words import Words


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Part):
    """A sentence in both languages."""

    zh: str
    en: str

    @property
    def words(self) -> Words:
        return Words(self.zh, self.en)


class Answer(Part):
    """``leads_to`` is ``question:<id>``, ``ending:<id>`` or ``situation:<id>``."""

    id: str
    label: Text
    leads_to: str
    explain: Text | None = None


class Question(Part):
    ask: Text
    why: Text
    answers: tuple[Answer, ...] = Field(min_length=2)


class Ending(Part):
    """A lawful end without an application: "you need nothing", with its ground, printable."""

    title: Text
    text: Text
    ground: Text


class Situation(Part):
    name: Text


class FieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    PHONE = "phone"
    CHOICE = "choice"
    MULTI = "multi"
    RESIDENT_NUMBER = "resident_number"
    USCC = "uscc"


class Option(Part):
    id: str
    label: Text


class FormField(Part):
    """``sources`` in order of trust: ``id_card.<attribute>``, ``licence.<type id>.<face key>``, ``guide.<question>``, ``typed``.

    The first source that has a value fills the field; if two sources disagree the person chooses (conflict). A guide
    answer that is none of a choice's ``options`` counts as no value. ``most``: characters. ``least``/``greatest``: a
    number's range, with at most ``decimals`` places; ``not_above`` names a number field that this one may not exceed.
    """

    id: str
    label: Text
    kind: FieldKind
    sources: tuple[str, ...] = Field(min_length=1)
    editable: bool = False
    required: bool = True
    masked: bool = False
    unit: Text | None = None
    options: tuple[Option, ...] = ()
    example: Text | None = None
    most: int = 60
    least: int | None = None
    greatest: int | None = None
    decimals: int = 0
    not_above: str | None = None


class When(Part):
    """Holds if the guide question got one of the answers."""

    question: str
    answers: tuple[str, ...]


class Way(StrEnum):
    """How a material can be met, best first: 免提交 by card or licence, made by the system, promised, scanned."""

    ID_CARD = "id_card"
    E_LICENCE = "e_licence"
    GENERATED = "generated"
    PLEDGED = "pledged"
    SCANNED = "scanned"


class Material(Part):
    id: str
    name: Text
    ways: tuple[Way, ...] = Field(min_length=1)
    licence_type: str | None = None
    when: When | None = None
    never: When | None = None
    make_good_days: int | None = None


class Pledge(Part):
    """告知承诺. ``listed_by`` names the published list that allows it; without it the pledge may never be offered."""

    listed_by: Text
    conditions: tuple[Text, ...]
    clauses: tuple[Text, ...]
    consequences: tuple[Text, ...]
    withdraw: Text
    make_good_days: int
    inspect_within_days: int


class LicenceType(Part):
    """A kind of e-licence this item may fetch. ``holder`` says how the card's person must stand on it."""

    id: str
    name: Text
    type_code: str = Field(min_length=21, max_length=21)
    holder: Literal["holder", "person_in_charge"]
    required: bool = True


class CertificateField(Part):
    key: str
    label: Text
    value: str
    """``form.<field id>``, ``validity`` or ``text:<words>``."""


class Certificate(Part):
    title: Text
    template: str
    type_code: str = Field(min_length=21, max_length=21)
    number_format: str
    validity_years: int
    stock: str
    copies: int = 1
    fields: tuple[CertificateField, ...]


class Decision(Part):
    """``normal_days`` working days by law; the pledge path decides at once by rule."""

    normal_days: int
    ground: Text
    pledge_rule: Literal["complete_and_signed"] = "complete_and_signed"


class ServiceItem(Part):
    id: str
    version: int
    name: Text
    everyday: tuple[str, ...] = ()
    summary: Text
    icon: str = "licence"
    department: Text
    basic_code: str
    scopes: tuple[Literal["cross_province", "province_wide", "city_wide", "local"], ...]
    cards: tuple[CardKind, ...]
    cannot_finish_here: tuple[Text, ...] = ()
    guide_start: str
    guide: dict[str, Question]
    endings: dict[str, Ending]
    situations: dict[str, Situation]
    licences: tuple[LicenceType, ...]
    purpose: Text
    fields: tuple[FormField, ...]
    materials: tuple[Material, ...]
    pledge: Pledge | None
    decision: Decision
    fee: Text
    certificate: Certificate

    def field(self, field_id: str) -> FormField:
        return next(field for field in self.fields if field.id == field_id)

    def licence(self, licence_id: str) -> LicenceType:
        return next(kind for kind in self.licences if kind.id == licence_id)

    def problems(self) -> tuple[str, ...]:
        """Everything that does not hang together, each with its path; empty when the item is sound."""
        return tuple(_problems(self))


def _problems(item: ServiceItem) -> Iterator[str]:
    if item.guide_start not in item.guide:
        yield f"guide_start: no question {item.guide_start!r}"
    yield from _twice(item)
    yield from _guide_problems(item)
    yield from _circle(item)
    yield from _field_problems(item)
    yield from _material_problems(item)
    yield from _certificate_problems(item)


def _twice(item: ServiceItem) -> Iterator[str]:
    lists: dict[str, Sequence[Answer | Option | FormField | Material | LicenceType]] = {
        "fields": item.fields,
        "materials": item.materials,
        "licences": item.licences,
        **{f"guide.{name}.answers": question.answers for name, question in item.guide.items()},
        **{f"fields.{field.id}.options": field.options for field in item.fields},
    }
    for path, parts in lists.items():
        ids = [part.id for part in parts]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield f"{path}: {name!r} twice"


def _circle(item: ServiceItem) -> Iterator[str]:
    """A guide that can go round in circles never ends."""
    leads = {
        name: {answer.leads_to.removeprefix("question:") for answer in question.answers} & item.guide.keys()
        for name, question in item.guide.items()
    }
    while ends := {name for name, nexts in leads.items() if not nexts & leads.keys()}:
        for name in ends:
            del leads[name]
    if leads:
        yield f"guide: goes round in circles: {', '.join(sorted(leads))}"


def _guide_problems(item: ServiceItem) -> Iterator[str]:
    places = {"question": set(item.guide), "ending": set(item.endings), "situation": set(item.situations)}
    reached: set[str] = set()
    for question_id, question in item.guide.items():
        for answer in question.answers:
            kind, _, name = answer.leads_to.partition(":")
            reached.add(answer.leads_to)
            if name not in places.get(kind, set()):
                yield f"guide.{question_id}.answers.{answer.id}.leads_to: nothing called {answer.leads_to!r}"
    for kind, names in places.items():
        for name in sorted(names):
            if f"{kind}:{name}" not in reached and name != item.guide_start:
                yield f"{kind}.{name}: no answer leads here"


def _field_problems(item: ServiceItem) -> Iterator[str]:
    licences = {kind.id for kind in item.licences}
    numbers = {field.id for field in item.fields if field.kind is FieldKind.NUMBER}
    for field in item.fields:
        path = f"fields.{field.id}"
        if field.not_above is not None and field.not_above not in numbers:
            yield f"{path}.not_above: no number field {field.not_above!r}"
        if field.kind in (FieldKind.CHOICE, FieldKind.MULTI) and len(field.options) < 2:
            yield f"{path}.options: a choice needs at least two"
        if ("typed" in field.sources) is not field.editable:
            yield f"{path}: typed but not editable, or editable but not typed"
        for source in field.sources:
            room, _, rest = source.partition(".")
            if room == "licence" and rest.partition(".")[0] not in licences:
                yield f"{path}.sources: no licence {rest!r}"
            elif room == "guide" and rest not in item.guide:
                yield f"{path}.sources: no question {rest!r}"
            elif room not in ("licence", "guide", "id_card", "typed"):
                yield f"{path}.sources: unknown source {source!r}"


def _material_problems(item: ServiceItem) -> Iterator[str]:
    licences = {kind.id for kind in item.licences}
    for material in item.materials:
        path = f"materials.{material.id}"
        if Way.E_LICENCE in material.ways and material.licence_type not in licences:
            yield f"{path}.licence_type: no licence {material.licence_type!r}"
        if Way.PLEDGED in material.ways and item.pledge is None:
            yield f"{path}.ways: pledged, but the item has no pledge"
        for name, condition in (("when", material.when), ("never", material.never)):
            if condition is not None:
                yield from _condition_problems(item, f"{path}.{name}", condition)


def _condition_problems(item: ServiceItem, path: str, condition: When) -> Iterator[str]:
    question = item.guide.get(condition.question)
    if question is None:
        yield f"{path}: no question {condition.question!r}"
        return
    known = {answer.id for answer in question.answers}
    for answer in condition.answers:
        if answer not in known:
            yield f"{path}: question {condition.question!r} has no answer {answer!r}"


def _certificate_problems(item: ServiceItem) -> Iterator[str]:
    fields = {field.id for field in item.fields}
    for field in item.certificate.fields:
        room, _, name = field.value.partition(".")
        if room == "form" and name not in fields:
            yield f"certificate.fields.{field.key}: no form field {name!r}"
        elif room != "form" and field.value != "validity" and not field.value.startswith("text:"):
            yield f"certificate.fields.{field.key}: unknown value {field.value!r}"
    try:
        item.certificate.number_format.format(year=2026, serial=1)
    except (LookupError, ValueError):
        yield "certificate.number_format: only {year} and {serial} can be filled in"
