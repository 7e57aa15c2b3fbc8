"""Is an application what it says? Everything the terminal judged is judged again from what the centre itself knows.

Values said to come from the card must be those of the consent's holder, values said to come from a licence those of a
licence fetched under that consent; the signed text is composed anew and compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from centre.asked import Asked
from centre.consents import Consent, consent_of
from centre.library import used_under
from centre.tables.places import credit_records
from core.catalogue import ServiceItem
from core.clock import CHINA
from core.failures import (
    ConsentGone,
    FormIncomplete,
    LicenceMissing,
    PledgeNotOffered,
    SignatureBroken,
)
from core.wire import CheckAsk, FieldValue, Licence, Route, Signed, SubmitAsk
from flows.document import compose_document, digest_of
from flows.materials import pledge_is_complete, resolve_materials
from flows.prefill import TYPED, Sources, offers
from flows.validate import form_mistakes

_FEWEST_POINTS = 2
_BOX = range(-200, 1201)


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """What the centre knows about an application by itself."""

    item: ServiceItem
    consent: Consent
    licences: tuple[Licence, ...]
    at: datetime

    @property
    def day(self) -> date:
        return self.at.astimezone(CHINA).date()

    def sources(self, answers: Mapping[str, str]) -> Sources:
        return Sources(self.consent.card, self.licences, answers)


def known(asked: Asked, connection: sa.Connection, ask: CheckAsk | SubmitAsk, at: datetime) -> Known:
    """Raises ``ConsentGone``, ``ItemNotOffered``, ``LicenceRevoked`` or ``LicenceExpired``."""
    item = asked.item(ask.item, ask.item_version)
    consent = consent_of(asked.centre, connection, asked.caller, ask.trx, at)
    if (consent.item, consent.situation, consent.visit) != (ask.item, ask.situation, ask.visit):
        raise ConsentGone("the consent was for another application")
    day = at.astimezone(CHINA).date()
    licences = used_under(asked.centre, connection, asked.caller.region, consent.trx, at, day)
    return Known(item, consent, licences, at)


def judge_form(facts: Known, answers: Mapping[str, str], form: Iterable[FieldValue]) -> None:
    """Raises ``FormIncomplete`` (naming fields, never values) or ``LicenceMissing``."""
    given = tuple(form)
    _judge_guide(facts.item, answers, facts.consent.situation)
    held = {licence.type for licence in facts.licences}
    if any(kind.required and kind.id not in held for kind in facts.item.licences):
        raise LicenceMissing
    if len({value.id for value in given}) != len(given):
        raise FormIncomplete("a field twice")
    mistakes = form_mistakes(facts.item, given)
    if mistakes:
        raise FormIncomplete("; ".join(f"{name}: {mistake}" for name, mistake in mistakes.items()))
    sources = facts.sources(answers)
    liars = [value.id for value in given if value.value and not _honest(facts.item, value, sources)]
    if liars:
        raise FormIncomplete("not what the source says: " + ", ".join(liars))


def _judge_guide(item: ServiceItem, answers: Mapping[str, str], situation: str) -> None:
    """The answers are one whole path from the first question to this situation, and nothing beside it."""
    place, walked = f"question:{item.guide_start}", set[str]()
    while place.startswith("question:"):
        question = place.removeprefix("question:")
        answer = next((each for each in item.guide[question].answers if each.id == answers.get(question)), None)
        if answer is None or question in walked:
            raise FormIncomplete("the guide is not answered to its end")
        walked.add(question)
        place = answer.leads_to
    if place != f"situation:{situation}" or walked != set(answers):
        raise FormIncomplete("the guide's answers do not lead to this situation")


def _honest(item: ServiceItem, value: FieldValue, sources: Sources) -> bool:
    said = {offer.source: offer.value for offer in offers(item.field(value.id), sources)}
    if value.source == TYPED:
        return value.changed == bool(said)
    return said.get(value.source) == value.value and not value.changed


def judge_materials(facts: Known, ask: SubmitAsk) -> None:
    """Raises ``FormIncomplete`` when the materials are not those that answers, licences and route call for."""
    wanted = resolve_materials(facts.item, ask.answers, facts.licences, ask.route)
    if {(each.id, each.how, each.evidence) for each in wanted} != {
        (each.id, each.how, each.evidence) for each in ask.materials
    } or len(wanted) != len(ask.materials):
        raise FormIncomplete("materials")
    if ask.route is Route.PLEDGE and not pledge_is_complete(wanted):
        raise PledgeNotOffered("something must be handed in first")


def judge_signature(facts: Known, ask: SubmitAsk) -> None:
    """Raises ``SignatureBroken`` when the signature is not one over the document that follows from this application."""
    ours = compose_document(
        facts.item,
        situation=ask.situation,
        answers=ask.answers,
        form=ask.form,
        materials=ask.materials,
        route=ask.route,
    )
    if ask.signed.document != ours or ask.signed.digest != digest_of(ours):
        raise SignatureBroken("not the document of this application")
    if not _is_drawn(ask.signed):
        raise SignatureBroken("no stroke")
    if ask.signed.signed_at < facts.consent.opened_at.replace(microsecond=0):
        raise SignatureBroken("signed before the consent")


def _is_drawn(signed: Signed) -> bool:
    points = [point for stroke in signed.strokes for point in stroke.points]
    inside = all(x in _BOX and y in _BOX for x, y in points)
    return inside and any(len(set(stroke.points)) >= _FEWEST_POINTS for stroke in signed.strokes)


def pledge_refused(connection: sa.Connection, region: int, facts: Known) -> str | None:
    """Failure code when this person may not pledge: the item is not on the published list, or a credit record stands."""
    if facts.item.pledge is None:
        return PledgeNotOffered.code
    told = credit_records.c
    record = connection.execute(
        sa.select(told.id)
        .where(
            told.region_id == region,
            told.subject_index == facts.consent.holder_index,
            told.valid_from <= facts.day,
            sa.or_(told.valid_to.is_(None), told.valid_to >= facts.day),
        )
        .limit(1)
    ).one_or_none()
    return PledgeNotOffered.code if record else None
