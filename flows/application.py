"""What a visit amounts to on paper: the form, the materials, the document to sign, and what is sent to the centre.

All of it follows from the visit; nothing is stored twice, so nothing can disagree. A signature counts only for the exact
document it was made over.
"""

from __future__ import annotations

from core.clock import CHINA
from core.people import IdCard
from core.wire import CheckAsk, ConsentAsk, FieldValue, Holder, MaterialAnswer, Route, Signed, SubmitAsk
from flows.document import compose_document, digest_of
from flows.materials import resolve_materials
from flows.notice import notice_digest
from flows.prefill import Filled, fill
from flows.validate import Mistake, mistake_in
from flows.visit import Visit

_ULID_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def form_of(visit: Visit) -> tuple[Filled, ...]:
    return fill(visit.item, visit.sources, visit.typed, visit.chosen)


def form_values(visit: Visit) -> tuple[FieldValue, ...]:
    """What is sent: every field that has a value."""
    return tuple(each.wire for each in form_of(visit) if each.value)


def mistakes_in_form(form: tuple[Filled, ...]) -> dict[str, Mistake]:
    """Field id → mistake. A conflict nobody has decided is one."""
    values = {each.field.id: each.value for each in form}
    found = {
        each.field.id: Mistake.UNDECIDED if each.open else mistake_in(each.field, each.value, values) for each in form
    }
    return {key: mistake for key, mistake in found.items() if mistake is not None}


def materials_of(visit: Visit, route: Route) -> tuple[MaterialAnswer, ...]:
    return resolve_materials(visit.item, dict(visit.answers), visit.sources.licences, route)


def document_of(visit: Visit) -> str:
    """The words that are signed. Only once a route is chosen."""
    route = visit.route or Route.NORMAL
    return compose_document(
        visit.item,
        situation=visit.situation,
        answers=dict(visit.answers),
        form=form_values(visit),
        materials=materials_of(visit, route),
        route=route,
    )


def is_signed(visit: Visit) -> bool:
    """Whether the signature was made over what the visit says now."""
    return visit.signature is not None and visit.signature.digest == digest_of(document_of(visit))


def licence_types(visit: Visit) -> tuple[str, ...]:
    return tuple(kind.id for kind in visit.item.licences)


def consent_ask(visit: Visit, card: IdCard) -> ConsentAsk:
    agency = visit.lobby.told.agency if visit.lobby.told else ""
    return ConsentAsk(
        visit=visit.ulid,
        item=visit.item_id,
        situation=visit.situation,
        holder=Holder(
            name=card.name or card.english_name, number=card.number, card_kind=card.kind.value, valid_to=card.valid_to
        ),
        licence_types=licence_types(visit),
        purpose=visit.item.purpose.zh,
        notice_digest=notice_digest(visit.lobby.notice, visit.item, agency),
        agreed_at=visit.now,
    )


def check_ask(visit: Visit) -> CheckAsk:
    return CheckAsk(
        visit=visit.ulid,
        trx=visit.trx,
        item=visit.item_id,
        item_version=visit.item.version,
        situation=visit.situation,
        answers=dict(visit.answers),
        form=form_values(visit),
    )


def submit_ask(visit: Visit) -> SubmitAsk:
    """Only when ``is_signed``."""
    if visit.signature is None or visit.route is None:
        raise ValueError("nothing is signed")
    return SubmitAsk(
        **check_ask(visit).model_dump(),
        materials=materials_of(visit, visit.route),
        route=visit.route,
        signed=Signed(
            document=visit.signature.document,
            digest=visit.signature.digest,
            strokes=visit.strokes,
            signed_at=visit.signature.at,
        ),
    )


def submission_key(ulid: str, refusals: int) -> str:
    """The idempotency key: the visit's ULID, counted up by one for every submission that the centre refused.

    A refusal is stored under its key and would be told again for ever; a corrected application is another one.
    """
    value = sum(_ULID_ALPHABET.index(char) << 5 * place for place, char in enumerate(reversed(ulid)))
    value = (value + refusals) % (1 << 128)
    return "".join(_ULID_ALPHABET[value >> 5 * place & 31] for place in reversed(range(26)))


def card_expired(visit: Visit, card: IdCard) -> bool:
    return card.expired(visit.now.astimezone(CHINA).date())
