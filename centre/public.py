"""What anybody may ask: is this certificate genuine, and is it in force? By the QR code's address or by the short code.

A QR code proves issue by its own signature; whether the certificate is still in force only the register can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response

from centre.desk.pages import page
from centre.limits import RateLimit
from centre.tables.prints import certificates, orders
from centre.wiring import Centre
from centre.work.seal import face_of
from core.clock import CHINA
from core.people import mask_name
from printing.stores import OrderState
from printing.verify_code import SHORT_ALPHABET, clean_short_code, grouped, verify_token

TRIES, WITHIN = 30, timedelta(minutes=5)
_LONGEST_TOKEN = 1000
_LONGEST_CODE = 40

router = APIRouter()


class Standing(StrEnum):
    IN_FORCE = "in_force"
    OVER = "over"
    NOT_YET = "not_yet"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Found:
    """A certificate as strangers see it: the holder's name only hinted at. ``blank``: the sheet it was printed on."""

    standing: Standing
    title: str
    number: str
    identifier: str
    issuer: str
    holder: str
    valid_from: date
    valid_to: date | None
    blank: str
    short: str


@router.get("/verify")
def by_short_code(request: Request, code: str = "") -> Response:
    """The form, and, with ``code``, the answer."""
    if not code:
        return _page(request, "asked")
    if not _may_ask(request):
        return _page(request, "too_often", status=429)
    cleaned = clean_short_code(code[:_LONGEST_CODE])
    issued = set(cleaned) <= set(SHORT_ALPHABET)
    found = _look_up(request.app.state.centre, certificates.c.verify_code == cleaned) if issued else None
    return _page(request, "found" if found else "unknown", found, status=200 if found else 404)


@router.get("/C/{token}")
@router.get("/c/{token}")
def by_picture(request: Request, token: str) -> Response:
    """What a phone opens after scanning."""
    if not _may_ask(request):
        return _page(request, "too_often", status=429)
    centre: Centre = request.app.state.centre
    verdict = verify_token(token[:_LONGEST_TOKEN].upper(), centre.signers.code_keys)
    if verdict.claims is None or not verdict.genuine:
        return _page(request, "forged", status=404)
    same = sa.and_(
        certificates.c.identifier == str(verdict.claims.identifier),
        certificates.c.face_digest == verdict.claims.digest.hex(),
    )
    found = _look_up(centre, same)
    return _page(request, "found" if found else "unknown", found, status=200 if found else 404)


def _may_ask(request: Request) -> bool:
    limit: RateLimit = request.app.state.verify_limit
    return limit.allows(request.client.host if request.client else "")


def _look_up(centre: Centre, which: sa.ColumnElement[bool]) -> Found | None:
    return centre.ledger.read(lambda connection: _found(centre, connection, which))


def _found(centre: Centre, connection: sa.Connection, which: sa.ColumnElement[bool]) -> Found | None:
    told = certificates.c
    row = connection.execute(
        sa.select(certificates).where(told.region_id == centre.region, told.file.is_not(None), which)
    ).one_or_none()
    if row is None:
        return None
    face = face_of(centre, connection, row.region_id, row.id)
    today = centre.clock.now().astimezone(CHINA).date()
    return Found(
        standing=_standing(row.status, row.valid_from, row.valid_to, today),
        title=face.title,
        number=face.number,
        identifier=str(face.identifier),
        issuer=face.issuer,
        holder=mask_name(face.holder),
        valid_from=face.valid_from,
        valid_to=face.valid_to,
        blank=_sheet(connection, row.region_id, row.id),
        short=grouped(face.verify_code),
    )


def _standing(status: str, valid_from: date, valid_to: date | None, today: date) -> Standing:
    if status != "issued":
        return Standing.ENDED
    if today < valid_from:
        return Standing.NOT_YET
    return Standing.OVER if valid_to is not None and today > valid_to else Standing.IN_FORCE


def _sheet(connection: sa.Connection, region: int, certificate: str) -> str:
    """The number of the blank that carries it, empty while none does for certain."""
    told = orders.c
    return (
        connection.execute(
            sa.select(told.blank)
            .where(told.region_id == region, told.certificate_id == certificate, told.state == OrderState.PRINTED.value)
            .order_by(told.id.desc())
            .limit(1)
        ).scalar_one_or_none()
        or ""
    )


def _page(request: Request, answer: str, found: Found | None = None, status: int = 200) -> Response:
    return page(request, "verify.html", {"answer": answer, "found": found}, status)
