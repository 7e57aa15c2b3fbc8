"""A terminal without a screen and a centre on a real port, for the centre's tests. People are those of config/people.yaml."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from centre.app import create_app
from centre.enrol import enrol_key
from centre.wiring import Centre
from core.catalogue import FieldKind, ServiceItem
from core.clock import Clock, SystemClock
from core.papers import sha256_hex
from core.people import CardKind, IdCard, Sex
from core.settings import CONFIG, Settings, settings_from
from core.ulid import new_ulid
from core.wire import (
    CALL_PATH,
    CALLS,
    SIGNATURE_HEADER,
    SYNC_PATH,
    CheckAsk,
    ConsentAsk,
    ConsentTold,
    Envelope,
    FieldValue,
    Holder,
    Licence,
    LicencesAsk,
    LicencesTold,
    MaterialAnswer,
    Reply,
    Route,
    Signed,
    Stroke,
    SubmitAsk,
    SubmitTold,
    SyncTold,
    WatchTold,
)
from flows.document import compose_document, digest_of
from flows.materials import resolve_materials
from flows.prefill import Sources, fill
from vault.device import public_bytes, sign

ITEM = "public_place_health_licence"
PEOPLE: dict[str, dict[str, Any]] = {
    person["key"]: person for person in yaml.safe_load((CONFIG / "people.yaml").read_text(encoding="utf-8"))
}
NOTICE = sha256_hex(b"notice")
STROKES = (Stroke(points=((100, 300), (300, 320), (420, 700))),)
TYPED = {
    FieldKind.PHONE: "13800000000",
    FieldKind.NUMBER: "3",
}
ANSWERS = {"venue": "hair", "hair_shop": "none"}


def make_settings(folder: Path, database: str, executor: str = "centre-test", **centre: Any) -> Settings:
    """Development settings with everything under ``folder``."""
    more = "".join(f"{name} = {json.dumps(value)}\n" for name, value in centre.items())
    return settings_from(
        (CONFIG / "development.toml").read_text(encoding="utf-8"),
        f"""
        [centre]
        database = "{database}"
        data = "{folder}"
        executor = "{executor}"
        keys = {{ store = "file", folder = "{folder}/keys" }}
        {more}
        """,
    )


@dataclass
class Running:
    url: str
    centre: Centre
    key: Ed25519PrivateKey


@contextmanager
def running(settings: Settings, clock: Clock | None = None, **options: Any) -> Iterator[Running]:
    """A centre on a port of its own, its demonstration terminal T-0001 enrolled."""
    app = create_app(settings, clock, **options)
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_config=None, access_log=False, timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="centre-under-test")
    thread.start()
    try:
        wait_until(lambda: server.started or not thread.is_alive(), "the centre to start")
        port = server.servers[0].sockets[0].getsockname()[1]
        key = Ed25519PrivateKey.generate()
        centre: Centre = app.state.centre
        enrol_key(centre, "T-0001", public_bytes(key))
        yield Running(f"http://127.0.0.1:{port}", centre, key)
    finally:
        server.should_exit = True
        thread.join(15)


def wait_until(holds: Callable[[], Any], what: str, seconds: float = 20.0) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = holds()
        if found:
            return found
        threading.Event().wait(0.02)
    raise AssertionError(f"waited {seconds} s for {what}")


class Refused(AssertionError):
    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass
class Terminal:
    """Signs and sends. ``post`` is raw; ``call`` gives the body of the answer or raises ``Refused``."""

    url: str
    key: Ed25519PrivateKey
    id: str = "T-0001"
    stream: str = "kiosk"
    clock: Clock = field(default_factory=SystemClock)
    seq: int = 0
    client: httpx.Client | None = None

    def envelope(self, name: str, body: Mapping[str, Any], /, **changes: Any) -> dict[str, Any]:
        self.seq += 1
        told = {
            "v": 1,
            "id": new_ulid(self.clock),
            "device": self.id,
            "stream": self.stream,
            "seq": self.seq,
            "at": self.clock.now().isoformat(),
            "name": name,
            "body": dict(body),
        }
        return told | changes

    def post(self, path: str, raw: bytes, signature: str | None = None) -> httpx.Response:
        headers = {SIGNATURE_HEADER: sign(self.key, path, raw) if signature is None else signature}
        if self.client is None:
            self.client = httpx.Client(timeout=40, trust_env=False, verify=False)
        return self.client.post(self.url + path, content=raw, headers=headers)

    def send(self, path: str, name: str, body: Mapping[str, Any], /, **changes: Any) -> Reply:
        raw = json.dumps(self.envelope(name, body, **changes), ensure_ascii=False).encode()
        Envelope.model_validate_json(raw)
        response = self.post(path, raw)
        assert response.status_code == 200, (response.status_code, response.text[:200])
        return Reply.model_validate_json(response.content)

    def call(self, name: str, ask: Any, **changes: Any) -> Any:
        reply = self.send(CALL_PATH + name, name, ask.model_dump(mode="json"), **changes)
        if not reply.ok:
            assert reply.refusal is not None
            raise Refused(reply.refusal.code, reply.refusal.detail)
        return CALLS[name][1].model_validate_json(json.dumps(reply.body))

    def sync(self, messages: list[dict[str, Any]], health: dict[str, str] | None = None) -> SyncTold:
        reply = self.send(SYNC_PATH, "sync", {"messages": messages, "health": health or {}})
        assert reply.ok, reply
        return SyncTold.model_validate_json(json.dumps(reply.body))

    def close(self) -> None:
        if self.client is not None:
            self.client.close()


def card_of(key: str) -> IdCard:
    person = PEOPLE[key]
    valid_to = person["valid_to"]
    return IdCard(
        kind=CardKind(person["kind"]),
        name=person["name"],
        number=person["number"],
        sex=Sex(person["sex"]),
        birth=person["birth"],
        valid_from=person["valid_from"],
        valid_to=None if valid_to == "长期" else valid_to,
    )


@dataclass
class Visit:
    """One person at one terminal, step by step. ``answers``, ``typed`` and ``chosen`` may be changed before ``form``."""

    terminal: Terminal
    item: ServiceItem
    who: str = "jia"
    answers: dict[str, str] = field(default_factory=lambda: dict(ANSWERS))
    typed: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=lambda: {"business_address": "licence.business_licence.premises"})
    trx: str = ""
    licences: tuple[Licence, ...] = ()

    def __post_init__(self) -> None:
        self.visit = new_ulid(self.terminal.clock)

    def consent_ask(self, **changes: Any) -> ConsentAsk:
        card = card_of(self.who)
        told = {
            "visit": self.visit,
            "item": self.item.id,
            "situation": "new",
            "holder": Holder(name=card.name, number=card.number, card_kind=card.kind.value, valid_to=card.valid_to),
            "licence_types": tuple(kind.id for kind in self.item.licences),
            "purpose": self.item.purpose.zh,
            "notice_digest": NOTICE,
            "agreed_at": self.terminal.clock.now(),
        }
        return ConsentAsk(**(told | changes))

    def consent(self, **changes: Any) -> ConsentTold:
        told: ConsentTold = self.terminal.call("consent.open", self.consent_ask(**changes))
        self.trx = told.trx
        return told

    def fetch(self) -> LicencesTold:
        told: LicencesTold = self.terminal.call("licences.fetch", LicencesAsk(trx=self.trx))
        self.licences = told.licences
        return told

    @property
    def form(self) -> tuple[FieldValue, ...]:
        typed = {
            each.id: ",".join(option.id for option in each.options[:2])
            if each.kind is FieldKind.MULTI
            else TYPED.get(each.kind, "测试")
            for each in self.item.fields
            if each.sources == ("typed",)
        } | {"floor_area": "68"}
        typed = {name: text for name, text in typed.items() if name != "floor_area" or not self._has_area}
        sources = Sources(card_of(self.who), self.licences, self.answers)
        return tuple(each.wire for each in fill(self.item, sources, typed | self.typed, self.chosen))

    @property
    def _has_area(self) -> bool:
        return any(licence.type == "lease_registration" for licence in self.licences)

    def materials(self, route: Route) -> tuple[MaterialAnswer, ...]:
        return resolve_materials(self.item, self.answers, self.licences, route)

    def check_ask(self) -> CheckAsk:
        return CheckAsk(
            visit=self.visit,
            trx=self.trx,
            item=self.item.id,
            item_version=self.item.version,
            situation="new",
            answers=self.answers,
            form=self.form,
        )

    def submit_ask(self, route: Route = Route.PLEDGE, **changes: Any) -> SubmitAsk:
        told: dict[str, Any] = {
            "visit": self.visit,
            "trx": self.trx,
            "item": self.item.id,
            "item_version": self.item.version,
            "situation": "new",
            "answers": self.answers,
            "form": self.form,
            "materials": self.materials(route),
            "route": route,
        } | changes
        if "signed" not in told:
            document = compose_document(
                self.item,
                situation=told["situation"],
                answers=told["answers"],
                form=told["form"],
                materials=told["materials"],
                route=route,
            )
            now = self.terminal.clock.now()
            told["signed"] = Signed(document=document, digest=digest_of(document), strokes=STROKES, signed_at=now)
        return SubmitAsk(**told)

    def submit(self, route: Route = Route.PLEDGE, **changes: Any) -> SubmitTold:
        told: SubmitTold = self.terminal.call("application.submit", self.submit_ask(route, **changes), id=self.visit)
        return told

    def ready(self) -> Visit:
        self.consent()
        self.fetch()
        return self

    def watch(self, case_no: str, until: Callable[[WatchTold], bool], seconds: float = 20.0) -> WatchTold:
        seen, deadline = 0, time.monotonic() + seconds
        while time.monotonic() < deadline:
            told: WatchTold = self.terminal.call("case.watch", _watch(case_no, seen))
            if until(told):
                return told
            seen = told.version
        raise AssertionError("the case did not get there")


def _watch(case_no: str, seen: int) -> Any:
    return CALLS["case.watch"][0](case_no=case_no, seen=seen, wait_s=5)  # type: ignore[call-arg]


def decoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


LONG_AGO = datetime(2026, 11, 22, 4, 0, tzinfo=UTC) - timedelta(days=1)
