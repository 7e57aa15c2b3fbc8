"""The papers a case gives: acceptance, pledge document, decision. Numbers are given in the case's transaction, files after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa

from centre.cases import Case
from centre.change import Change
from centre.tables.cases import pledges, receipts
from centre.tables.places import terminals
from centre.wiring import Centre
from core.catalogue import FieldKind, ServiceItem, Way
from core.numbers import mask_number
from core.papers import Document
from core.ulid import new_ulid
from core.wire import Route
from flows.document import field_text
from printing.original import sign_receipt
from printing.receipts import SIGNING_BOX_ASPECT, TITLES, ReceiptData, ReceiptKind, render_receipt

_SERIES = {ReceiptKind.INTAKE_RECEIPT: "01", ReceiptKind.PLEDGE_DOCUMENT: "02", ReceiptKind.DECISION: "03"}
_HOW = {
    Way.ID_CARD: "刷身份证，免提交",
    Way.E_LICENCE: "调用电子证照，免提交",
    Way.GENERATED: "系统生成",
    Way.PLEDGED: "承诺后补交",
    Way.SCANNED: "到窗口提交",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One receipt of a case: its row's id, kind, number and moment."""

    id: str
    kind: ReceiptKind
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Deadlines:
    make_good_by: date
    inspect_by: date


def number_paper(centre: Centre, change: Change, case_id: str, case_no: str, kind: ReceiptKind) -> Paper:
    """Give the case a paper of ``kind``: its number is the case's with a two-digit series behind it."""
    paper = Paper(new_ulid(centre.clock), kind, f"{case_no}-{_SERIES[kind]}", change.at)
    change.execute(
        receipts.insert().values(
            region_id=centre.region,
            id=paper.id,
            case_id=case_id,
            kind=kind.value,
            number=paper.number,
            title=TITLES[kind],
            at=paper.at,
        )
    )
    return paper


def unfinished(centre: Centre, connection: sa.Connection, case_id: str) -> tuple[Paper, ...]:
    """The papers of a case that have a number but no file yet."""
    told = receipts.c
    rows = connection.execute(
        sa.select(receipts).where(told.region_id == centre.region, told.case_id == case_id, told.file.is_(None))
    )
    return tuple(Paper(row.id, ReceiptKind(row.kind), row.number, row.at) for row in rows)


def finish(centre: Centre, change: Change, paper: Paper, name: str, digest: str) -> None:
    """Name the file of a paper, once."""
    told = receipts.c
    ours = receipts.update().where(told.region_id == centre.region, told.id == paper.id, told.file.is_(None))
    change.execute(ours.values(file=name, digest=digest))


def draw(centre: Centre, connection: sa.Connection, case: Case, paper: Paper, certificate: str = "") -> Document:
    """The signed PDF of a paper."""
    item = centre.items[case.item]
    data = _data(centre, connection, item, case, paper)
    if certificate:
        data = replace(data, certificate=certificate)
    return sign_receipt(render_receipt(paper.kind.value, data), centre.signers.receipt)


def _data(centre: Centre, connection: sa.Connection, item: ServiceItem, case: Case, paper: Paper) -> ReceiptData:
    place, phone = _where(connection, case)
    data = ReceiptData(
        number=paper.number,
        issued_at=paper.at,
        agency=centre.settings.agency,
        item=item.name.zh,
        situation=item.situations[case.situation].name.zh,
        case_no=case.case_no,
        applicant=case.values.get(item.certificate.fields[0].value.removeprefix("form."), case.name),
        facts=facts(item, case, _granted(item) if paper.kind is ReceiptKind.DECISION else None),
        materials=tuple((_name(item, each["id"]), _HOW[Way(each["how"])]) for each in case.materials),
        promised=_promised(item, case),
        phone=phone,
        place=place,
        ground=item.decision.ground.zh,
        strokes=tuple(stroke.points for stroke in case.strokes),
        box_aspect=case.strokes[0].aspect if case.strokes else SIGNING_BOX_ASPECT,
        digest=case.document_digest,
    )
    deadlines = _deadlines(connection, case)
    return _with_pledge(item, case, data, deadlines, paper.kind) if deadlines and item.pledge else data


def _with_pledge(
    item: ServiceItem, case: Case, data: ReceiptData, deadlines: Deadlines, kind: ReceiptKind
) -> ReceiptData:
    pledge = item.pledge
    if pledge is None:
        return data
    return replace(
        data,
        ground=pledge.listed_by.zh if kind is ReceiptKind.PLEDGE_DOCUMENT else data.ground,
        conditions=tuple(each.zh for each in pledge.conditions),
        clauses=tuple(each.zh for each in pledge.clauses),
        consequences=tuple(each.zh for each in pledge.consequences),
        withdraw=pledge.withdraw.zh,
        make_good=tuple(_name(item, each["id"]) for each in case.materials if each["how"] == Way.PLEDGED),
        make_good_by=deadlines.make_good_by,
        inspect_by=deadlines.inspect_by,
    )


def _granted(item: ServiceItem) -> frozenset[str]:
    """The form fields that a decision grants: those on the certificate."""
    return frozenset(each.value.removeprefix("form.") for each in item.certificate.fields)


def facts(item: ServiceItem, case: Case, only: frozenset[str] | None = None) -> tuple[tuple[str, str], ...]:
    """Label → value of the form as people read it, numbers of persons masked. ``only``: ids of fields, all without it."""
    values = case.values
    return tuple(
        (
            each.label.zh,
            mask_number(values[each.id])
            if each.masked or each.kind is FieldKind.RESIDENT_NUMBER
            else field_text(each, values[each.id]),
        )
        for each in item.fields
        if values.get(each.id) and (only is None or each.id in only)
    )


def _promised(item: ServiceItem, case: Case) -> str:
    if case.route is Route.PLEDGE:
        return "告知承诺，当场决定"
    return f"受理之日起 {item.decision.normal_days} 个工作日内决定"


def _name(item: ServiceItem, material: str) -> str:
    return next((each.name.zh for each in item.materials if each.id == material), material)


def _deadlines(connection: sa.Connection, case: Case) -> Deadlines | None:
    row = connection.execute(
        sa.select(pledges.c.make_good_by, pledges.c.inspect_by).where(
            pledges.c.region_id == case.region, pledges.c.case_id == case.id
        )
    ).one_or_none()
    return Deadlines(row.make_good_by, row.inspect_by) if row else None


def _where(connection: sa.Connection, case: Case) -> tuple[str, str]:
    row = connection.execute(
        sa.select(terminals.c.place, terminals.c.phone).where(terminals.c.id == case.device)
    ).one_or_none()
    return (row.place, row.phone) if row else ("", "")
