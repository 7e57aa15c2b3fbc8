"""The faces between card and submission: form, materials, pledge, signature, review. Personal values hidden where marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from core.catalogue import FieldKind, Material, ServiceItem, Way
from core.clock import CHINA
from core.wire import MaterialAnswer, Route
from flows.application import document_of, form_of, materials_of, mistakes_in_form
from flows.document import digest_of
from flows.materials import WAIVED, pledged
from flows.prefill import Filled
from flows.route import no_print_reason
from flows.steps.pledge import pledge_refusal
from flows.steps.sign import enough_ink
from flows.validate import Mistake
from flows.visit import Visit
from kiosk.faces import (
    BusyBody,
    Choice,
    Editor,
    FieldRow,
    FormBody,
    MaterialRow,
    MaterialsBody,
    PledgeBody,
    ReviewBody,
    Section,
    SignBody,
)
from kiosk.words.say import day, grouped, shown, source_icon, source_name, source_tone
from kiosk.words.texts import Speaker

_WAYS = {
    Way.ID_CARD: ("check_circle", "good"),
    Way.E_LICENCE: ("check_circle", "good"),
    Way.GENERATED: ("check_circle", "good"),
    Way.PLEDGED: ("calendar", "warn"),
    Way.SCANNED: ("document", "plain"),
}


def form(visit: Visit, say: Speaker) -> FormBody:
    filled = form_of(visit)
    mistakes = mistakes_in_form(filled)
    return FormBody(
        summary=_summary(filled, mistakes, say),
        total=say("form.total", n=len(filled)),
        rows=tuple(row(each, mistakes, visit.item, say) for each in filled),
        editor=_editor(visit, filled, say),
        edit_label=say("form.edit"),
        go_label=say("form.go"),
        can_go=not mistakes and visit.editing is None,
    )


def _summary(filled: tuple[Filled, ...], mistakes: Mapping[str, Mistake], say: Speaker) -> str:
    if not mistakes:
        return say("form.summary_all")
    found = list(mistakes.values())
    check, empty = found.count(Mistake.UNDECIDED), found.count(Mistake.MISSING)
    parts = {"check": check, "type": empty, "fix": len(found) - check - empty}
    told = [say(f"form.summary_{name}", n=count) for name, count in parts.items() if count]
    return say("form.summary", done=len(filled) - len(found)) + "".join(told)


def row(each: Filled, mistakes: Mapping[str, Mistake], item: ServiceItem, say: Speaker) -> FieldRow:
    """One line of the form. A choice between sources that cannot be typed over stays open to be changed."""
    mistake = mistakes.get(each.field.id)
    stays = each.disputed and not each.field.editable
    state = {None: "conflict" if stays else "ok", Mistake.MISSING: "empty", Mistake.UNDECIDED: "conflict"}
    conflict = tuple(_conflict(each, offer.source, offer.value, item, say) for offer in each.offers)
    return FieldRow(
        field=each.field.id,
        label=say.of(each.field.label),
        value=shown(each.field, each.value, say) if each.value else say("form.empty"),
        source=source_name(each.source, item, say),
        icon=source_icon(each.source),
        tone=source_tone(each.source),
        state=state.get(mistake, "wrong"),
        editable=each.field.editable,
        error=_error(each, mistake, item, say),
        conflict=conflict if each.disputed else (),
        conflict_label=say("form.conflict" if each.open else "form.settled") if each.disputed else "",
    )


def _conflict(each: Filled, source: str, value: str, item: ServiceItem, say: Speaker) -> Choice:
    picked = not each.open and source == each.source
    return Choice(source, shown(each.field, value, say), source_name(source, item, say), picked)


def _error(each: Filled, mistake: Mistake | None, item: ServiceItem, say: Speaker) -> str:
    if mistake is None or mistake is Mistake.MISSING:
        return ""
    other = say.of(item.field(each.field.not_above).label) if each.field.not_above else ""
    return say(f"mistake.{mistake}", other=other)


def _editor(visit: Visit, filled: tuple[Filled, ...], say: Speaker) -> Editor | None:
    """Shows the value in full: the person is looking at it in order to change it."""
    each = next((each for each in filled if each.field.id == visit.editing), None)
    if each is None:
        return None
    spec, picked = each.field, set(each.value.split(","))
    return Editor(
        field=spec.id,
        label=say.of(spec.label),
        kind=spec.kind.value if spec.kind not in (FieldKind.RESIDENT_NUMBER, FieldKind.USCC) else FieldKind.TEXT.value,
        value=each.value,
        example=say.of(spec.example) if spec.example else "",
        unit=say.of(spec.unit) if spec.unit else "",
        choices=tuple(Choice(option.id, say.of(option.label), chosen=option.id in picked) for option in spec.options),
        done_label=say("form.done"),
        most=spec.most,
    )


def _route(visit: Visit) -> Route:
    """The way chosen, else the one the item is made for."""
    return visit.route or (Route.PLEDGE if visit.item.pledge else Route.NORMAL)


def materials(visit: Visit, say: Speaker) -> MaterialsBody:
    route = Route.PLEDGE if visit.item.pledge else Route.NORMAL
    answers = materials_of(visit, route)
    return MaterialsBody(
        title=say("materials.title"),
        summary=_materials_summary(answers, route, say),
        rows=tuple(_material(visit, answer, say) for answer in answers),
        go_label=say("materials.go"),
        note=say("materials.note") if visit.item.pledge else "",
    )


def _materials_summary(answers: tuple[MaterialAnswer, ...], route: Route, say: Speaker) -> str:
    key = "materials.summary" if route is Route.PLEDGE else "materials.summary_plain"
    return _counted(answers, key, say)


def _counted(answers: tuple[MaterialAnswer, ...], key: str, say: Speaker) -> str:
    waived = sum(answer.how in WAIVED for answer in answers)
    later = len(pledged(answers))
    return say(key, total=len(answers), waived=waived, pledged=later, scanned=len(answers) - waived - later)


def _material(visit: Visit, answer: MaterialAnswer, say: Speaker) -> MaterialRow:
    spec = _spec(visit.item, answer.id)
    icon, tone = _WAYS[Way(answer.how)]
    licence = say.of(visit.item.licence(spec.licence_type).name) if spec.licence_type else ""
    days = spec.make_good_days or (visit.item.pledge.make_good_days if visit.item.pledge else 0)
    detail = say(f"materials.detail.{answer.how}", name=licence, days=days)
    return MaterialRow(say.of(spec.name), say(f"materials.how.{answer.how}"), detail, icon, tone)


def _spec(item: ServiceItem, material: str) -> Material:
    return next(each for each in item.materials if each.id == material)


def checking(visit: Visit, say: Speaker) -> BusyBody:
    lines = (Section(say("check.form"), "", "check_circle"), Section(say("check.asking"), "", "shield"))
    return BusyBody(say("check.title"), say("check.text"), lines)


def pledge(visit: Visit, say: Speaker) -> PledgeBody:
    item, refusal = visit.item, pledge_refusal(visit)
    words = item.pledge
    later = pledged(materials_of(visit, Route.PLEDGE))
    names = say.joined([say.of(_spec(item, each).name) for each in later], "semicolon")
    days = words.make_good_days if words else 0
    until = day(say, visit.now.astimezone(CHINA).date() + timedelta(days=days))
    return PledgeBody(
        title=say("pledge.title", item=say.of(item.name)),
        subject=subject(visit, say),
        conditions_label=say("pledge.conditions"),
        conditions=tuple(say.of(each) for each in words.conditions) if words else (),
        clauses_label=say("pledge.clauses"),
        clauses=tuple(say.of(each) for each in words.clauses) if words else (),
        deadline_days=str(days),
        deadline_title=say("pledge.days_title"),
        deadline_text=say("pledge.days_text", date=until, materials=names) if later else say("pledge.days_none"),
        consequences=tuple(say.of(each) for each in words.consequences) if words else (),
        withdraw=say.of(words.withdraw) if words else "",
        offered=refusal is None,
        why_not=say.failure(refusal) if refusal else "",
        pledge_label=say("pledge.pledge"),
        pledge_text=say("pledge.pledge_text"),
        normal_label=say("pledge.normal"),
        normal_text=say("pledge.normal_text", days=item.decision.normal_days),
        choose_label=say("pledge.choose"),
        equal_label=say("pledge.equal"),
    )


def subject(visit: Visit, say: Speaker) -> str:
    """Who and what it is about: the first fields of the certificate."""
    filled = {each.field.id: each for each in form_of(visit)}
    names = (field.value.removeprefix("form.") for field in visit.item.certificate.fields)
    values = [shown(filled[name].field, filled[name].value, say) for name in names if name in filled]
    return " · ".join(value for value in values if value)


def sign(visit: Visit, say: Speaker) -> SignBody:
    good = enough_ink(visit.strokes)
    state = "good" if good else "short" if visit.strokes else "empty"
    return SignBody(
        title=say("sign.title"),
        lines=_signed_lines(visit, say),
        digest_label=say("sign.digest"),
        digest=grouped(digest_of(document_of(visit))),
        box_label=say("sign.box"),
        signer=say("sign.signer", name=visit.card.name or visit.card.english_name) if visit.card else "",
        strokes=visit.strokes,
        undo_label=say("sign.undo"),
        clear_label=say("sign.clear"),
        state=say(f"sign.{state}"),
        can_go=good,
        go_label=say("sign.go"),
        note=say("sign.note"),
        consequence=say("sign.consequence") if _is_pledged(visit) else "",
    )


def _is_pledged(visit: Visit) -> bool:
    return _route(visit) is Route.PLEDGE and visit.item.pledge is not None


def _signed_lines(visit: Visit, say: Speaker) -> tuple[str, ...]:
    item, route = visit.item, _route(visit)
    lines = (say(f"sign.{route}", item=say.of(item.name)), say("sign.for", name=subject(visit, say)))
    if route is Route.NORMAL or item.pledge is None:
        return lines
    later = pledged(materials_of(visit, route))
    return (*lines, say("sign.promise", days=item.pledge.make_good_days, n=len(later)))


def review(visit: Visit, say: Speaker) -> ReviewBody:
    filled = form_of(visit)
    return ReviewBody(
        title=say("review.title"),
        rows=tuple(replace(row(each, {}, visit.item, say), state="ok") for each in filled if each.value),
        facts=_facts(visit, say),
        go_label=say("review.go"),
        warning=say("review.warning"),
        tone="warn",
    )


def _facts(visit: Visit, say: Speaker) -> tuple[Section, ...]:
    item, route = visit.item, _route(visit)
    answers = materials_of(visit, route)
    days = item.pledge.make_good_days if item.pledge and route is Route.PLEDGE else item.decision.normal_days
    pick = "later" if route is Route.NORMAL else "counter" if no_print_reason(visit) else "here"
    return (
        Section(say("review.route"), say(f"review.route_{route}", days=days), "law"),
        Section(say("review.materials"), _counted(answers, f"review.materials_{route}", say), "documents"),
        Section(say("review.signed"), say("review.signed_text"), "sign"),
        Section(say("review.pick_up"), say(f"review.pick_{pick}"), "printer"),
        Section(say("review.fee"), say.of(item.fee), "free"),
    )
