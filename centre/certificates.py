"""From a service item and a form to a certificate: its face, number, identifier and dates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.catalogue import CertificateField, ServiceItem
from core.failures import HouseFailure
from core.numbers import LicenceId, parse_licence_id
from core.settings import Centre as CentreSettings
from flows.document import field_text
from printing.face import CertificateFace, FaceField, validity_text
from printing.verify_code import new_short_code

_SAMPLE_SERIAL = 999_999


@dataclass(frozen=True, slots=True)
class Issue:
    """What a certificate gets on the day it is issued. ``serial`` is unique among the agency's certificates of a year."""

    day: date
    serial: int
    verify_code: str


def certificate_face(
    item: ServiceItem, form: Mapping[str, str], issuer: CentreSettings, issue: Issue
) -> CertificateFace:
    """The face of a new certificate. ``form``: field id → value as submitted."""
    valid_to = last_day(issue.day, item.certificate.validity_years)
    fields = tuple(
        FaceField(each.key, each.label.zh, _value(item, each, form, issue.day, valid_to))
        for each in item.certificate.fields
    )
    return CertificateFace(
        template=item.certificate.template,
        title=item.certificate.title.zh,
        number=item.certificate.number_format.format(year=issue.day.year, serial=issue.serial),
        identifier=LicenceId(item.certificate.type_code, issuer.agency_uscc, f"{issue.day.year}{issue.serial:08d}"),
        fields=fields,
        issuer=issuer.agency,
        issued_on=issue.day,
        valid_from=issue.day,
        valid_to=valid_to,
        verify_code=issue.verify_code,
        holder_key=item.certificate.fields[0].key,
    )


def sample_face(item: ServiceItem, form: Mapping[str, str], issuer: CentreSettings, day: date) -> CertificateFace:
    """The face as it would be, to try it out before anything is approved."""
    return certificate_face(item, form, issuer, Issue(day, _SAMPLE_SERIAL, new_short_code()))


def last_day(first: date, years: int) -> date:
    """The last day of a validity of whole years that begins on ``first``."""
    try:
        return first.replace(year=first.year + years) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(first.year + years, 2, 28)


def _value(item: ServiceItem, each: CertificateField, form: Mapping[str, str], day: date, valid_to: date) -> str:
    if each.value == "validity":
        return validity_text(day, valid_to)
    room, _, name = each.value.partition(".")
    if room == "form":
        return field_text(item.field(name), form.get(name, ""))
    if each.value.startswith("text:"):
        return each.value.removeprefix("text:")
    raise HouseFailure(f"certificate field {each.key}: {each.value!r}")


def face_text(face: CertificateFace) -> str:
    return json.dumps(face.plain, ensure_ascii=False)


def face_from(text: str) -> CertificateFace:
    """A stored face; ``HouseFailure`` when it is not one of ours."""
    told: dict[str, Any] = json.loads(text)
    identifier, right = parse_licence_id(told["identifier"])
    if not right:
        raise HouseFailure("a stored identifier has a wrong check character")
    return CertificateFace(
        template=told["template"],
        title=told["title"],
        number=told["number"],
        identifier=identifier,
        fields=tuple(FaceField(*each) for each in told["fields"]),
        issuer=told["issuer"],
        issued_on=date.fromisoformat(told["issued_on"]),
        valid_from=date.fromisoformat(told["valid_from"]),
        valid_to=date.fromisoformat(told["valid_to"]) if told["valid_to"] else None,
        verify_code=told["verify_code"],
        holder_key=told["holder_key"],
        page_mm=tuple(told["page_mm"]),
    )
