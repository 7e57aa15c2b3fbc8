"""Cases as rows: one guarded move at a time, each with its event and its audit row."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from centre.change import Change
from centre.tables.cases import case_events, cases
from centre.tables.prints import orders
from centre.wiring import Centre
from core.failures import CaseFailure
from core.wire import CaseState, FieldValue, Route, Stroke

TABLE = "cases"


@dataclass(frozen=True, slots=True)
class Moved:
    """``kind``: what happened, in one word. ``actor`` as in the audit chain. ``reason``: a failure code or nothing."""

    kind: str
    actor: str
    reason: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """A case, opened. ``form``: field id → value with its source."""

    region: int
    id: str
    case_no: str
    device: str
    item: str
    situation: str
    route: Route
    state: CaseState
    version: int
    name: str
    number: str
    answers: dict[str, str]
    form: tuple[FieldValue, ...]
    materials: tuple[dict[str, str], ...]
    document_digest: str
    strokes: tuple[Stroke, ...]
    accepted_at: datetime

    @property
    def values(self) -> dict[str, str]:
        return {value.id: value.value for value in self.form}


def move(
    change: Change, region: int, case_id: str, start: Iterable[CaseState], to: CaseState, moved: Moved, **values: Any
) -> bool:
    """``start`` → ``to`` if the case is in ``start`` now; version, event and audit row with it."""
    ours = (cases.c.region_id == region, cases.c.id == case_id)
    raised = cases.update().where(*ours, cases.c.state.in_([state.value for state in start]))
    if not change.moves(
        raised.values(state=to.value, version=cases.c.version + 1, reason=moved.reason, changed_at=change.at, **values)
    ):
        return False
    version, case_no = change.execute(sa.select(cases.c.version, cases.c.case_no).where(*ours)).one()
    note(change, region, case_id, case_no, version, to, moved)
    return True


def note(change: Change, region: int, case_id: str, case_no: str, version: int, state: CaseState, moved: Moved) -> None:
    change.execute(
        case_events.insert().values(
            region_id=region,
            case_id=case_id,
            version=version,
            kind=moved.kind,
            state=state.value,
            actor=moved.actor,
            reason=moved.reason,
            at=change.at,
        )
    )
    change.audit(region, moved.actor, f"case.{moved.kind}", case_no, state=state.value, reason=moved.reason)


def shown_at(device: str) -> sa.ColumnElement[bool]:
    """Whether a case is this terminal's to speak of: it took the case in, or it is the one to print its certificate."""
    to_print = sa.exists().where(
        orders.c.region_id == cases.c.region_id, orders.c.case_id == cases.c.id, orders.c.target == device
    )
    return sa.or_(cases.c.device == device, to_print)


def open_case(centre: Centre, connection: sa.Connection, region: int, case_id: str) -> Case:
    """The case with its sealed parts opened. Raises ``CaseFailure`` when there is none."""
    row = connection.execute(sa.select(cases).where(cases.c.region_id == region, cases.c.id == case_id)).one_or_none()
    if row is None:
        raise CaseFailure("no such case")

    def opened(column: str) -> str:
        return centre.cipher.open(TABLE, case_id, column, row._mapping[f"{column}_sealed"])

    return Case(
        region=region,
        id=case_id,
        case_no=row.case_no,
        device=row.device,
        item=row.item,
        situation=row.situation,
        route=Route(row.route),
        state=CaseState(row.state),
        version=row.version,
        name=opened("name"),
        number=opened("number"),
        answers=json.loads(opened("answers")),
        form=tuple(FieldValue.model_validate(each) for each in json.loads(opened("form"))),
        materials=tuple(row.materials),
        document_digest=row.document_digest,
        strokes=tuple(Stroke.model_validate(stroke) for stroke in json.loads(opened("strokes"))),
        accepted_at=row.accepted_at,
    )
