"""The faces after submission. Nothing here says "printed" but ``take``, and that face exists only when it is."""

from __future__ import annotations

from core.catalogue import CertificateField
from core.wire import Route, WatchTold
from core.words import Language
from flows.application import form_of, materials_of
from flows.document import field_text
from flows.materials import WAIVED
from flows.prefill import Filled
from flows.route import is_printed, no_print_reason
from flows.steps.deciding import can_withdraw
from flows.steps.rate import REASONS, can_send, needs_reason
from flows.visit import Printing, Visit
from kiosk.faces import (
    BusyBody,
    Choice,
    GoodbyeBody,
    PrintingBody,
    RateBody,
    Section,
    Stage,
    TakeBody,
    Tick,
)
from kiosk.words.say import day, period
from kiosk.words.texts import Speaker
from printing.face import validity_text

_HELD = frozenset({"PAPER_JAM", "PAPER_OUT", "COVER_OPEN", "TONER_OUT", "PRINTER_GONE"})
_STAGES = ("preparing", "sent", "printing", "ended")


def submitting(visit: Visit, say: Speaker) -> BusyBody:
    lines = (Section(say("submit.signed"), "", "check_circle"), Section(say("submit.sending"), "", "cloud"))
    return BusyBody(say("submit.title"), say("submit.text"), lines)


def deciding(visit: Visit, say: Speaker) -> BusyBody:
    lines = (
        Section(say("deciding.received"), "", "check_circle"),
        Section(say("deciding.case", case_no=visit.case_no), "", "document"),
        Section(say("deciding.sealing"), "", "stamp"),
    )
    label = say("deciding.withdraw") if can_withdraw(visit) else ""
    return BusyBody(say("deciding.title"), say("deciding.text"), lines, label)


def printing(visit: Visit, say: Speaker) -> PrintingBody:
    now = visit.printing
    held = now.failure if now else None
    return PrintingBody(
        title=say("printing.held_title" if held else "printing.title"),
        text=say("printing.held_text", why=_why_held(held, say)) if held else say("printing.text"),
        certificate_title=visit.item.certificate.title.zh,
        certificate=certificate_lines(visit),
        blank_label=say("printing.blank"),
        blank=now.blank if now else "",
        stages=_stages(now, say),
        hint_title=say("printing.held_hint_title" if held else "printing.hint_title"),
        hint=say("printing.held_hint" if held else "printing.hint"),
        tone="warn" if held else "good",
    )


def _why_held(code: str, say: Speaker) -> str:
    """Staff are called by then, or it passes by itself: the failure's own sentence would ask the person to call."""
    return say(f"printing.held_why.{code.lower() if code in _HELD else 'other'}")


def certificate_lines(visit: Visit) -> tuple[tuple[str, str], ...]:
    """The certificate's own lines, in the language it is printed in."""
    filled = {each.field.id: each for each in form_of(visit)}
    lines = ((each.label.zh, _face_value(each, filled, visit.case)) for each in visit.item.certificate.fields)
    return tuple((label, value) for label, value in lines if value)  # of an earlier case only some are known here


def _face_value(field: CertificateField, filled: dict[str, Filled], case: WatchTold | None) -> str:
    if field.value == "validity":
        return _validity(case)
    if field.value.startswith("text:"):
        return field.value.removeprefix("text:")
    each = filled[field.value.removeprefix("form.")]
    return field_text(each.field, each.value, Language.ZH)


def _validity(case: WatchTold | None) -> str:
    made = case.certificate if case else None
    return validity_text(made.valid_from, made.valid_to) if made else ""


def _stages(now: Printing | None, say: Speaker) -> tuple[Stage, ...]:
    """Sealed, sent, printing, take it. The last is never ``done`` here: when it is, this face is gone."""
    reached = _STAGES.index(now.stage) if now and now.stage in _STAGES else 0
    held = now is not None and now.failure is not None
    names = (("sealed", "stamp"), ("sent", "printer"), ("printing", "printer_full"), ("take", "tray"))
    current = min(max(reached, 1), 2)
    found = []
    for place, (name, icon) in enumerate(names):
        state = "done" if place < current else "ahead" if place > current else "bad" if held else "now"
        detail = {"done": "ok", "ahead": "waiting", "bad": "held" if _is_called(now) else "waiting", "now": "working"}[
            state
        ]
        words = say("printing.take_detail") if name == "take" else say(f"printing.{detail}")
        found.append(
            Stage(say("printing.stage_held" if state == "bad" else f"printing.stage_{name}"), words, state, icon)
        )
    return tuple(found)


def _is_called(now: Printing | None) -> bool:
    return now is not None and now.staff_called


def take(visit: Visit, say: Speaker) -> TakeBody:
    return TakeBody(
        title=say("take.title"),
        text=say("take.text"),
        facts=(
            *_certificate_facts(visit.case, say),
            *_make_good(visit.case, say, "take.make_good", "take.make_good_text"),
        ),
        card_text=say("take.card" if visit.card_on_reader else "take.mind"),
        go_label=say("take.go"),
        card_there=visit.card_on_reader,
    )


def _certificate_facts(case: WatchTold | None, say: Speaker) -> tuple[Section, ...]:
    made = case.certificate if case else None
    if made is None:
        return ()
    return (
        Section(say("take.number"), made.number, "licence"),
        Section(say("take.valid"), period(say, made.valid_from, made.valid_to), "calendar"),
        Section(say("take.verify"), made.verify_code, "shield"),
    )


def _make_good(case: WatchTold | None, say: Speaker, title: str, text: str) -> tuple[Section, ...]:
    if case is None or case.make_good_by is None:
        return ()
    return (Section(say(title), say(text, date=day(say, case.make_good_by)), "calendar"),)


def received(visit: Visit, say: Speaker) -> TakeBody:
    """Not printed here: the normal procedure, or granted and to be fetched elsewhere."""
    granted = visit.case is not None and visit.case.certificate is not None
    kind = "elsewhere" if granted else "normal"
    days = visit.item.decision.normal_days
    return TakeBody(
        title=say(f"received.title_{kind}"),
        text=say(f"received.text_{kind}", days=days),
        facts=(
            Section(say("received.case"), visit.case_no, "document"),
            *(_where(visit, say) if granted else _bring(visit, say)),
            *_make_good(visit.case if granted else None, say, "take.make_good", "take.make_good_text"),
            *_phone(visit, say),
        ),
        card_text=say("take.card" if visit.card_on_reader else "take.mind"),
        go_label=say("received.go"),
        out=False,
        card_there=visit.card_on_reader,
    )


def _where(visit: Visit, say: Speaker) -> tuple[Section, ...]:
    places = visit.checked.told.elsewhere if visit.checked and no_print_reason(visit) else ()
    text = say("received.where_places", places=say.joined(places)) if places else say("received.where_text")
    return (Section(say("received.where"), text, "pin"),)


def _bring(visit: Visit, say: Speaker) -> tuple[Section, ...]:
    names = {each.id: each.name for each in visit.item.materials}
    missing = [each.id for each in materials_of(visit, Route.NORMAL) if each.how not in WAIVED]
    if not missing:
        return ()
    return (
        Section(say("received.bring"), say.joined([say.of(names[each]) for each in missing], "semicolon"), "documents"),
    )


def _phone(visit: Visit, say: Speaker) -> tuple[Section, ...]:
    told = visit.lobby.told
    return (Section(say("received.phone"), told.phone, "phone"),) if told and told.phone else ()


def rate(visit: Visit, say: Speaker) -> RateBody:
    levels = (Choice(str(level), say(f"rate.level.{level}"), "", visit.level == level) for level in (5, 4, 3, 2, 1))
    reasons = (Tick(reason, say(f"rate.reason.{reason}"), reason in visit.reasons) for reason in REASONS)
    return RateBody(
        title=say("rate.title"),
        text=say("rate.text"),
        levels=tuple(levels),
        reasons_title=say("rate.reasons"),
        reasons=tuple(reasons) if needs_reason(visit) else (),
        go_label=say("rate.go"),
        can_go=can_send(visit),
        skip_label=say("rate.skip"),
    )


def goodbye(visit: Visit, say: Speaker) -> GoodbyeBody:
    if visit.withdrawn:
        return _withdrawn(visit, say)
    papers = "papers" if is_printed(visit) else "receipts"
    lines = [*_card(visit, say), Section(say(f"goodbye.{papers}"), say(f"goodbye.{papers}_text"), "tray")]
    if any(outcome in ("not_printed", "unknown") for _, outcome in visit.receipts):
        lines.append(Section(say("goodbye.receipt"), say("goodbye.receipt_text", case_no=visit.case_no), "printer"))
    lines += _make_good(visit.case, say, "goodbye.make_good", "goodbye.make_good_text")
    lines.append(Section(say("goodbye.wiped"), say("goodbye.wiped_text"), "shield"))
    title = "title" if visit.case is not None and visit.case.certificate is not None else "received"
    return GoodbyeBody(say(f"goodbye.{title}"), tuple(lines), say("goodbye.leave"))


def _card(visit: Visit, say: Speaker) -> tuple[Section, ...]:
    there = visit.card_on_reader
    return (Section(say("goodbye.card"), say("goodbye.card_text"), "id_card"),) if there else ()


def _withdrawn(visit: Visit, say: Speaker) -> GoodbyeBody:
    lines = (
        *_card(visit, say),
        Section(say("received.case"), visit.case_no, "document"),
        Section(say("goodbye.wiped"), say("goodbye.wiped_text"), "shield"),
    )
    return GoodbyeBody(say("goodbye.withdrawn"), lines, say("goodbye.leave"))
