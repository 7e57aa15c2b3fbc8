"""One case as the desk shows it: form with sources, materials, pledge, certificate, prints, licence uses, events."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from centre.cases import Case, open_case
from centre.desk import words
from centre.desk.lists import local_time
from centre.library import USED
from centre.tables.cases import case_events, cases, pledges, ratings, receipts
from centre.tables.library import licence_uses
from centre.tables.prints import certificates, orders
from centre.wiring import Centre
from core.catalogue import FieldKind, ServiceItem
from core.numbers import mask_number
from core.people import mask_name
from flows.document import field_text

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, repr=False)
class CaseSheet:
    """``revealed``: an officer asked for the whole of it, which the audit chain has on record."""

    case: Case
    item: ServiceItem
    name: str
    number: str
    revealed: bool
    place: str
    at: str
    form: Rows
    guide: Rows
    materials: Rows
    pledge: dict[str, Any] | None
    certificate: dict[str, Any] | None
    orders: Rows
    papers: Rows
    uses: Rows
    events: Rows
    rating: dict[str, Any] | None


def find_case(connection: sa.Connection, region: int, case_no: str) -> str | None:
    return connection.execute(
        sa.select(cases.c.id).where(cases.c.region_id == region, cases.c.case_no == case_no)
    ).scalar_one_or_none()


def case_sheet(centre: Centre, connection: sa.Connection, region: int, case_id: str, *, revealed: bool) -> CaseSheet:
    case = open_case(centre, connection, region, case_id)
    row = connection.execute(sa.select(cases).where(cases.c.region_id == region, cases.c.id == case_id)).one()
    item = centre.items[case.item]

    def of_case(table: sa.Table, *order: sa.ColumnElement[Any]) -> Rows:
        where = (table.c.region_id == region, table.c.case_id == case_id)
        return [dict(found) for found in connection.execute(sa.select(table).where(*where).order_by(*order)).mappings()]

    return CaseSheet(
        case=case,
        item=item,
        name=case.name if revealed else mask_name(case.name),
        number=case.number if revealed else mask_number(case.number),
        revealed=revealed,
        place=row.place,
        at=local_time(row.accepted_at),
        form=_form(item, case, revealed),
        guide=_guide(item, case),
        materials=_materials(item, case),
        pledge=_one(of_case(pledges)),
        certificate=_one(of_case(certificates)),
        orders=of_case(orders, orders.c.id),
        papers=of_case(receipts, receipts.c.number),
        uses=_uses(centre, connection, item, row),
        events=[_event(each) for each in of_case(case_events, case_events.c.version)],
        rating=_one(of_case(ratings)),
    )


def _one(rows: Rows) -> dict[str, Any] | None:
    return rows[0] if rows else None


def _form(item: ServiceItem, case: Case, revealed: bool) -> Rows:
    licences = {kind.id: kind.name.zh for kind in item.licences}
    lines = []
    for value in case.form:
        each = item.field(value.id)
        hidden = not revealed and (each.masked or each.kind is FieldKind.RESIDENT_NUMBER)
        text = mask_number(value.value) if hidden else field_text(each, value.value)
        lines.append(
            {
                "label": each.label.zh,
                "text": text if revealed or each.id not in _names(item) else mask_name(text),
                "source": words.source(value.source, licences),
                "room": value.source.partition(".")[0],
                "changed": value.changed,
            }
        )
    return lines


def _names(item: ServiceItem) -> set[str]:
    """Fields that may hold a person's name."""
    return {each.id for each in item.fields if "id_card.name" in each.sources}


def _guide(item: ServiceItem, case: Case) -> Rows:
    return [
        {
            "ask": item.guide[question].ask.zh,
            "said": next(each.label.zh for each in item.guide[question].answers if each.id == answer),
        }
        for question, answer in case.answers.items()
        if question in item.guide
    ]


def _materials(item: ServiceItem, case: Case) -> Rows:
    names = {each.id: each.name.zh for each in item.materials}
    return [
        {
            "name": names.get(each["id"], each["id"]),
            "how": words.HOW.get(each["how"], each["how"]),
            "kind": each["how"],
            "evidence": each["evidence"],
        }
        for each in case.materials
    ]


def _event(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "at": local_time(row["at"]),
        "what": words.EVENT.get(row["kind"], row["kind"]),
        "actor": words.actor(row["actor"]),
        "reason": words.reason(row["reason"]) if row["reason"] else "",
    }


def _uses(centre: Centre, connection: sa.Connection, item: ServiceItem, case: Any) -> Rows:
    """Every use of a licence under the consent of this case."""
    told = licence_uses.c
    rows = connection.execute(
        sa.select(licence_uses)
        .where(told.region_id == case.intake_region, told.trx == case.trx)
        .order_by(told.at, told.id)
    ).mappings()
    names = {kind.id: kind.name.zh for kind in item.licences}
    return [
        {
            "at": local_time(row["at"]),
            "type": names.get(row["type"], row["type"]),
            "identifier": row["identifier"] or "—",
            "result": words.USE.get(row["result"]) or words.reason(row["result"]),
            "good": row["result"] == USED,
            "who": " ".join(
                json.loads(centre.cipher.open("licence_uses", row["id"], "holder", row["holder_sealed"])).values()
            ),
            "where": f"{row['place']}（{row['device']}）",
            "purpose": row["purpose"],
        }
        for row in rows
    ]
