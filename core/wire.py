"""What terminal and centre say to each other, version 1.

Two doors: ``POST /v1/call/<name>`` (interactive) and ``POST /v1/sync`` (outbox of the terminal, heartbeat). Every request
body is one ``Envelope``; the HTTP header ``Tongban-Signature`` carries ``signing_input`` signed by the device key
(base64url Ed25519). Every answer is one ``Reply`` with HTTP 200, also a refusal; 401 bad signature, 400 no envelope,
413 too large, 503 not now. Asked twice with the same ``id`` it happens once and the stored reply is given again.
The envelope is strict; bodies ignore unknown fields, so that N and N-1 understand each other.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import AwareDatetime, Base64Bytes, BaseModel, ConfigDict, Field

VERSION = 1
CALL_PATH = "/v1/call/"
SYNC_PATH = "/v1/sync"
SIGNATURE_HEADER = "Tongban-Signature"
MOST_BYTES = 4 * 1024 * 1024

Ulid = str
Sha256 = str


def signing_input(path: str, body: bytes) -> bytes:
    """The bytes a device signs: method, path and body, so that an envelope cannot be replayed at another door."""
    return f"POST {path}\n".encode() + body


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Body(BaseModel):
    """A body hides itself in ``repr``: most of them hold a person."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    def __str__(self) -> str:
        return repr(self)


class Envelope(Strict):
    """``id``: idempotency key (ULID). ``stream``: which process speaks (``kiosk``, ``printd``); ``seq`` rises within it."""

    v: Literal[1]
    id: Ulid = Field(min_length=26, max_length=26)
    device: str = Field(min_length=1, max_length=40)
    stream: str = Field(min_length=1, max_length=20)
    seq: int = Field(ge=0)
    at: AwareDatetime
    name: str = Field(min_length=1, max_length=40)
    body: dict[str, Any]


class Refusal(Body):
    """``code`` is a code of ``core.failures``; ``detail`` holds no personal data."""

    code: str
    detail: str = ""


class Reply(Strict):
    v: Literal[1]
    id: Ulid
    ok: bool
    body: dict[str, Any] | None = None
    refusal: Refusal | None = None


# --- hello -----------------------------------------------------------------------------------------------------------


class HelloAsk(Body):
    software: str


class OfferedItem(Body):
    id: str
    version: int


class HelloTold(Body):
    """``stock``: blanks left for this terminal by stock type."""

    terminal: str
    place: str
    region: str
    agency: str
    phone: str
    items: tuple[OfferedItem, ...]
    stock: dict[str, int]
    now: AwareDatetime


# --- consent and licences -------------------------------------------------------------------------------------------


class Holder(Body):
    """Who laid the card down. Travels only inside the signed, encrypted link; encrypted at rest."""

    name: str
    number: str
    card_kind: str
    valid_to: date | None = None


class ConsentAsk(Body):
    """``notice_digest`` is the sha256 of the notice text the person agreed to."""

    visit: Ulid
    item: str
    situation: str
    holder: Holder
    licence_types: tuple[str, ...]
    purpose: str
    notice_digest: Sha256
    agreed_at: AwareDatetime


class ConsentTold(Body):
    """``waiting``: number of an earlier case of this person and item that is decided, but whose certificate is not printed."""

    trx: Ulid
    expires_at: AwareDatetime
    waiting: str | None = None


class LicencesAsk(Body):
    trx: Ulid


class LicenceStatus(StrEnum):
    """Ours; each source maps to it. 撤销 / 注销 / 吊销 / 撤回 are four different acts."""

    VALID = "valid"
    SUSPENDED = "suspended"
    RESCINDED = "rescinded"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Licence(Body):
    """One e-licence as the library knows it. ``type`` is the catalogue's id of the licence type. ``face``: key → value."""

    type: str
    identifier: str
    number: str
    issuer: str
    issued_on: date
    expires_on: date | None
    status: LicenceStatus
    face: dict[str, str]
    warnings: tuple[str, ...] = ()
    fetched_at: AwareDatetime


class RefusedLicence(Body):
    """A licence that exists but cannot be used: ``code`` LICENCE_REVOKED, LICENCE_EXPIRED, LICENCE_NOT_YOURS, LICENCE_MISSING."""

    type: str
    code: str


class LicencesTold(Body):
    use_id: Ulid
    licences: tuple[Licence, ...]
    refused: tuple[RefusedLicence, ...]


# --- application ----------------------------------------------------------------------------------------------------


class FieldValue(Body):
    """``source``: as in ``FormField.sources``. ``changed``: the person typed over what a source said."""

    id: str
    value: str
    source: str
    changed: bool = False


class MaterialAnswer(Body):
    """``how`` is a ``core.catalogue.Way``; ``evidence`` the licence identifier or document digest behind it."""

    id: str
    how: str
    evidence: str = ""


class Route(StrEnum):
    PLEDGE = "pledge"
    NORMAL = "normal"


class CheckAsk(Body):
    """Before the person signs: may they pledge, can the paper be made, can it be printed here?"""

    visit: Ulid
    trx: Ulid
    item: str
    item_version: int
    situation: str
    answers: dict[str, str]
    form: tuple[FieldValue, ...]


class CheckTold(Body):
    """``pledge_refused``/``print_refused``: failure code, or ``None`` when it can be done (here)."""

    pledge_refused: str | None
    print_refused: str | None
    elsewhere: tuple[str, ...] = ()


class Stroke(Body):
    """One line of a finger: points in thousandths of the signing box, x to the right, y down.

    ``aspect``: the box's width through its height, so that the ink can be drawn again as it was.
    """

    points: tuple[tuple[int, int], ...]
    aspect: float = Field(default=2.0, ge=0.2, le=20.0, allow_inf_nan=False)


class Signed(Body):
    """``document`` is the canonical JSON text that was shown; ``digest`` its sha256; ``strokes`` the signature over it."""

    document: str
    digest: Sha256
    strokes: tuple[Stroke, ...]
    signed_at: AwareDatetime


class SubmitAsk(Body):
    visit: Ulid
    trx: Ulid
    item: str
    item_version: int
    situation: str
    answers: dict[str, str]
    form: tuple[FieldValue, ...]
    materials: tuple[MaterialAnswer, ...]
    route: Route
    signed: Signed


class CaseState(StrEnum):
    """ACCEPTED → DECIDED → SEALED (a certificate and a print order exist) → PRINTED | UNKNOWN; REFUSED, WITHDRAWN, NORMAL (waits for officers)."""

    ACCEPTED = "accepted"
    NORMAL = "normal"
    DECIDED = "decided"
    SEALED = "sealed"
    PRINTED = "printed"
    PRINT_UNKNOWN = "print_unknown"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SubmitTold(Body):
    case_no: str
    state: CaseState


class WatchAsk(Body):
    """Long-poll: answers as soon as the case's version differs from ``seen``, or after ``wait_s`` seconds."""

    case_no: str
    seen: int = 0
    wait_s: float = Field(default=10.0, ge=0, le=25)


class CertificateTold(Body):
    number: str
    identifier: str
    verify_code: str
    valid_from: date
    valid_to: date | None
    face_png: Base64Bytes | None = None


class ReceiptTold(Body):
    """``kind``: intake_receipt, pledge_document, decision. A finished PDF for the receipt printer."""

    kind: str
    number: str
    title: str
    pdf: Base64Bytes


class WatchTold(Body):
    case_no: str
    state: CaseState
    version: int
    reason: str = ""
    order_no: str | None = None
    certificate: CertificateTold | None = None
    receipts: tuple[ReceiptTold, ...] = ()
    make_good_by: date | None = None


class WithdrawAsk(Body):
    case_no: str


class WithdrawTold(Body):
    state: CaseState


# --- printing -------------------------------------------------------------------------------------------------------


class OfferAsk(Body):
    order_no: str


class OfferTold(Body):
    """A lease to prepare. ``fence`` rises with every offer of an order."""

    order_no: str
    fence: int
    stock: str
    lease_until: AwareDatetime


class PrepareAsk(Body):
    order_no: str
    fence: int
    blank: str


class PrepareTold(Body):
    """GO. ``sheet`` is the print rendition; ``digest`` its sha256, stored by the terminal before START."""

    order_no: str
    fence: int
    blank: str
    sheet: Base64Bytes
    digest: Sha256


class BlanksAsk(Body):
    stock: str


class BlanksTold(Body):
    """The range loaded in this terminal's tray and the numbers of it that are still available, lowest first.

    ``doubtful``: numbers of this tray that an unknown outcome holds until people have looked. Meanwhile nobody can tell
    whether that sheet or the next one lies on top.
    """

    stock: str
    available: tuple[str, ...]
    doubtful: tuple[str, ...] = ()


class Outcome(StrEnum):
    """``dead``: a promise that this (order, fence) will never be started."""

    PRINTED = "printed"
    NOT_PRINTED = "not_printed"
    SPOILED = "spoiled"
    UNKNOWN = "unknown"
    DEAD = "dead"


class Evidence(Body):
    """What the witnesses said. No personal field."""

    job_id: int | None = None
    job_state: int | None = None
    job_reasons: tuple[str, ...] = ()
    impressions: int | None = None
    note: str = ""


class OutcomeTold(Body):
    """Sent through the outbox by ``printd`` until acknowledged; message name ``print.outcome``."""

    order_no: str
    fence: int
    blank: str
    outcome: Outcome
    evidence: Evidence
    at: AwareDatetime


class TakenTold(Body):
    """Message ``print.taken``: the person said they hold the sheet."""

    order_no: str
    at: AwareDatetime


class RatingTold(Body):
    """Message ``rating``: 5 非常满意 … 1 非常不满意; reasons needed for 1 and 2. At most one per case."""

    case_no: str
    level: int = Field(ge=1, le=5)
    reasons: tuple[str, ...] = ()
    at: AwareDatetime


class Message(Body):
    """One outbox row. ``seq`` rises by one per stream; a gap is visible to the centre."""

    seq: int
    id: Ulid
    name: str
    body: dict[str, Any]


class SyncAsk(Body):
    """``health``: device id → condition or failure code."""

    messages: tuple[Message, ...] = Field(max_length=100)
    health: dict[str, str] = {}


class Ack(Body):
    """``refused`` is stored and acknowledged too: it never blocks the messages behind it."""

    seq: int
    status: Literal["accepted", "duplicate", "refused"]
    code: str | None = None


class SyncTold(Body):
    acks: tuple[Ack, ...]
    now: datetime


CALLS: dict[str, tuple[type[Body], type[Body]]] = {
    "hello": (HelloAsk, HelloTold),
    "consent.open": (ConsentAsk, ConsentTold),
    "licences.fetch": (LicencesAsk, LicencesTold),
    "application.check": (CheckAsk, CheckTold),
    "application.submit": (SubmitAsk, SubmitTold),
    "case.watch": (WatchAsk, WatchTold),
    "application.withdraw": (WithdrawAsk, WithdrawTold),
    "blanks.list": (BlanksAsk, BlanksTold),
    "print.offer": (OfferAsk, OfferTold),
    "print.prepare": (PrepareAsk, PrepareTold),
}
MESSAGES: dict[str, type[Body]] = {"print.outcome": OutcomeTold, "print.taken": TakenTold, "rating": RatingTold}
