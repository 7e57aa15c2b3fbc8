"""What a demonstration centre begins with: invented terminals, blanks, licences, credit records and one officer.

Production settings refuse ``demonstration``; seeding twice changes nothing.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
import yaml

from centre.change import Change
from centre.consents import holder_index
from centre.officers import add_officer
from centre.stores.blanks import load_range
from centre.tables.library import licence_people, licences
from centre.tables.places import credit_records, officers, terminals
from centre.wiring import Centre
from core.failures import HouseFailure
from core.numbers import LicenceId, uscc_check
from core.settings import CONFIG
from core.ulid import new_ulid
from printing.blanks import BlankRange

_FILE = CONFIG / "demonstration.yaml"
_PEOPLE = CONFIG / "people.yaml"
_LIBRARY_USCC = "11110101000000002"
_SOLE_TRADER = "92110101MA"

Person = dict[str, Any]


def seed(centre: Centre) -> None:
    """Write the demonstration into an empty centre; one that has it already is left as it is."""
    told = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    people = {person["key"]: person for person in yaml.safe_load(_PEOPLE.read_text(encoding="utf-8"))}

    def write(change: Change) -> None:
        for terminal in told["terminals"]:
            _terminal(centre, change, terminal)
        for officer in told["officers"]:
            _officer(centre, change, officer)
        if not change.execute(sa.select(licences.c.id).limit(1)).first():
            for licence in told["licences"]:
                _licence(centre, change, licence, people)
            for record in told["credit_records"]:
                _credit_record(centre, change, record, people)

    centre.ledger.change(write)


def _terminal(centre: Centre, change: Change, told: dict[str, Any]) -> None:
    """A place for a terminal and its blanks; nobody can speak for it until its key is enrolled."""
    if change.execute(sa.select(terminals.c.id).where(terminals.c.id == told["id"])).first():
        return
    change.execute(
        terminals.insert().values(
            region_id=centre.region,
            id=told["id"],
            public_key="",
            state="active",
            place=told["place"],
            phone=told["phone"],
            stock=told["stock"],
            software="",
            offers=told["items"],
            health={},
            enrolled_at=change.at,
        )
    )
    sheets = BlankRange(told["stock"], told["blanks"]["first"], told["blanks"]["last"])
    load_range(change, centre.region, told["id"], sheets, told["blanks"]["loaded_by"], new_ulid(centre.clock))


def _officer(centre: Centre, change: Change, told: dict[str, str]) -> None:
    if not change.execute(sa.select(officers.c.id).where(officers.c.login == told["login"])).first():
        add_officer(change, centre.region, centre.clock, told["login"], told["name"], told["password"])


def _licence(centre: Centre, change: Change, told: dict[str, Any], people: dict[str, Person]) -> None:
    licence = new_ulid(centre.clock)
    face = _face(told, people)
    seal = centre.cipher.seal
    change.execute(
        licences.insert().values(
            region_id=centre.region,
            id=licence,
            type=told["type"],
            identifier=str(_identifier(centre, told)),
            version=1,
            issuer=told["issuer"],
            issued_on=told["issued_on"],
            expires_on=told.get("expires_on"),
            status=told["status"],
            source="demonstration",
            number_sealed=seal("licences", licence, "number", face.get("uscc", told["serial"])),
            face_sealed=seal("licences", licence, "face", json.dumps(face, ensure_ascii=False)),
        )
    )
    for key, role in told["person"].items():
        change.execute(
            licence_people.insert().values(
                region_id=centre.region,
                licence_id=licence,
                person_index=holder_index(centre, people[key]["number"]),
                role=role,
            )
        )


def _face(told: dict[str, Any], people: dict[str, Person]) -> dict[str, str]:
    face: dict[str, str] = dict(told["face"])
    if told["type"] == "business_licence":
        first = f"{_SOLE_TRADER}{told['serial'][-7:]}"
        face.setdefault("uscc", first + uscc_check(first))
        face.setdefault("legal_rep", people[next(iter(told["person"]))]["name"])
    return face


def _identifier(centre: Centre, told: dict[str, Any]) -> LicenceId:
    codes = {kind.id: kind.type_code for item in centre.items.values() for kind in item.licences}
    if told["type"] not in codes:
        raise HouseFailure(f"demonstration: no item fetches {told['type']!r}")
    return LicenceId(codes[told["type"]], _LIBRARY_USCC + uscc_check(_LIBRARY_USCC), told["serial"])


def _credit_record(centre: Centre, change: Change, told: dict[str, Any], people: dict[str, Person]) -> None:
    valid_from, valid_to = told["valid_from"], told.get("valid_to")
    if not isinstance(valid_from, date):
        raise HouseFailure("demonstration: valid_from is a day")
    change.execute(
        credit_records.insert().values(
            region_id=centre.region,
            id=new_ulid(centre.clock),
            subject_index=holder_index(centre, people[told["person"]]["number"]),
            kind=told["kind"],
            source=told["source"],
            valid_from=valid_from,
            valid_to=valid_to,
        )
    )
