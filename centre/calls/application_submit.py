"""``application.submit``: everything is judged again, and then a case begins, in one transaction.

The transaction holds the case, its first event, the numbers of its receipts, the audit row and the machine's next work.
"""

from __future__ import annotations

import json
from datetime import timedelta

from centre.application import Known, judge_form, judge_materials, judge_signature, known, pledge_refused
from centre.asked import Asked, Said
from centre.cases import TABLE, Moved, note
from centre.change import Change
from centre.consents import use_up
from centre.counters import next_number
from centre.papers import number_paper
from centre.regions import code_of
from centre.stores.blanks import left
from centre.tables.cases import cases, pledges
from centre.trial import try_certificate
from centre.work import kinds
from core.clock import CHINA
from core.failures import BlanksOut, PledgeNotOffered
from core.ulid import new_ulid
from core.wire import CaseState, Route, SubmitAsk, SubmitTold
from flows.materials import pledged
from printing.receipts import ReceiptKind

FIRST_VERSION = 1


def answer(asked: Asked, ask: SubmitAsk) -> Said:
    try_certificate(asked.centre, asked.item(ask.item, ask.item_version), ask.form)
    case_id = new_ulid(asked.centre.clock)

    def accept(change: Change) -> SubmitTold:
        facts = known(asked, change.connection, ask, change.at)
        judge_form(facts, ask.answers, ask.form)
        judge_materials(facts, ask)
        judge_signature(facts, ask)
        if ask.route is Route.PLEDGE:
            _judge_pledge(asked, change, facts)
        use_up(change, asked.caller, ask.trx)
        return _begin(asked, change, facts, ask, case_id)

    return asked.once(accept)


def _judge_pledge(asked: Asked, change: Change, facts: Known) -> None:
    """A pledge is decided at once, so the paper must lie here now."""
    caller, stock = asked.caller, facts.item.certificate.stock
    if pledge_refused(change.connection, caller.region, facts) is not None:
        raise PledgeNotOffered
    if caller.stock != stock or not left(change.connection, caller.region, caller.id, stock):
        raise BlanksOut


def _begin(asked: Asked, change: Change, facts: Known, ask: SubmitAsk, case_id: str) -> SubmitTold:
    region = asked.centre.region
    state = CaseState.ACCEPTED if ask.route is Route.PLEDGE else CaseState.NORMAL
    case_no = _case_number(change, region)
    moments = dict.fromkeys(("accepted_at", "asked_at", "changed_at"), change.at)
    row = _row(asked, facts, ask, case_id) | {"case_no": case_no, "state": state.value} | moments
    change.execute(cases.insert().values(row))
    note(change, region, case_id, case_no, FIRST_VERSION, state, Moved("accepted", asked.caller.actor))
    number_paper(asked.centre, change, case_id, case_no, ReceiptKind.INTAKE_RECEIPT)
    if ask.route is Route.PLEDGE:
        _write_pledge(change, region, facts, ask, case_id)
        number_paper(asked.centre, change, case_id, case_no, ReceiptKind.PLEDGE_DOCUMENT)
    kind = kinds.DECIDE if ask.route is Route.PLEDGE else kinds.RECEIVE
    asked.centre.work.enqueue(change.connection, kind, case_id, {"region": region, "case": case_id})
    return SubmitTold(case_no=case_no, state=state)


def _case_number(change: Change, region: int) -> str:
    """办件编号: region code, day, serial of the day."""
    day = change.at.astimezone(CHINA).date()
    serial = next_number(change, region, "case", f"{day:%Y%m%d}")
    return f"{code_of(change.connection, region, day)}{day:%Y%m%d}{serial:05d}"


def _row(asked: Asked, facts: Known, ask: SubmitAsk, case_id: str) -> dict[str, object]:
    sealed = {
        "name": facts.consent.name,
        "number": facts.consent.number,
        "answers": json.dumps(ask.answers, ensure_ascii=False),
        "form": json.dumps([value.model_dump() for value in ask.form], ensure_ascii=False),
        "document": ask.signed.document,
        "strokes": json.dumps([stroke.model_dump() for stroke in ask.signed.strokes]),
    }
    cipher = asked.centre.cipher
    return {
        "region_id": asked.centre.region,
        "id": case_id,
        "device": asked.caller.id,
        "place": asked.caller.place,
        "visit": ask.visit,
        "intake_region": asked.caller.region,
        "trx": ask.trx,
        "item": facts.item.id,
        "item_version": facts.item.version,
        "situation": ask.situation,
        "route": ask.route.value,
        "version": FIRST_VERSION,
        "reason": "",
        "holder_index": facts.consent.holder_index,
        "materials": [material.model_dump() for material in ask.materials],
        "document_digest": ask.signed.digest,
        "signed_at": ask.signed.signed_at,
        **{f"{column}_sealed": cipher.seal(TABLE, case_id, column, text) for column, text in sealed.items()},
    }


def _write_pledge(change: Change, region: int, facts: Known, ask: SubmitAsk, case_id: str) -> None:
    pledge = facts.item.pledge
    if pledge is None:
        raise PledgeNotOffered
    change.execute(
        pledges.insert().values(
            region_id=region,
            case_id=case_id,
            materials=list(pledged(ask.materials)),
            state="open",
            version=1,
            make_good_by=facts.day + timedelta(days=pledge.make_good_days),
            inspect_by=facts.day + timedelta(days=pledge.inspect_within_days),
        )
    )
