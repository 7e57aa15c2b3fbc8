"""A small centre over real HTTP: the wire format, the device's signature, idempotent calls, and the order machine.

It can be away, and it can be made to stop just before or just after it does a call, so that a test can pull a plug there.
"""

from __future__ import annotations

import base64
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from core.clock import SystemClock
from core.failures import CaseFailure, CentreConfused, Failure, HouseFailure
from core.papers import sha256_hex
from core.wire import (
    CALL_PATH,
    CALLS,
    SIGNATURE_HEADER,
    SYNC_PATH,
    Ack,
    BlanksAsk,
    BlanksTold,
    Body,
    Envelope,
    Message,
    OfferAsk,
    OfferTold,
    OutcomeTold,
    PrepareAsk,
    PrepareTold,
    Refusal,
    Reply,
    SyncAsk,
    SyncTold,
)
from printing import order
from printing.blanks import BlankRange
from printing.stores import OrderState
from tests.printing.protocol.reference_store import ReferenceStore
from vault.device import verify

STOCK = "health_licence_a4"
RANGE = BlankRange(STOCK, "WJ000001", "WJ000020")


class Gate:
    """Where a call waits until the test has done its mischief."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def pass_through(self) -> None:
        self.reached.set()
        self.opened.wait(30)


class FakeCentre:
    """Use with ``with``. ``public``: the device's key. ``sheet``: the PDF of every order."""

    def __init__(self, terminal: str, public: bytes, sheet: bytes) -> None:
        self.store, self.clock = ReferenceStore(), SystemClock()
        self.store.load(RANGE, terminal)
        self.sheet = sheet
        self.away = False
        self.told: list[tuple[int, str, OutcomeTold]] = []
        self.calls: list[str] = []
        self.health: dict[str, str] = {}
        self.before: dict[str, Gate] = {}
        self.after: dict[str, Gate] = {}
        self._terminal, self._public = terminal, public
        self._replies: dict[str, bytes] = {}
        self._seen: set[str] = set()
        self.numbers: set[int] = set()
        """Of messages heard; one may be put here that an earlier life of the terminal used."""
        self._turn = threading.RLock()
        self._server = _Server(self)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="fake-centre")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for gate in (*self.before.values(), *self.after.values()):
            gate.opened.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def outcomes(self) -> list[str]:
        return [told.outcome.value for _, _, told in self.told]

    def answer(self, path: str, data: bytes, signature: str) -> tuple[int, bytes]:
        if self.away:
            return 503, b"not now"
        if not verify(self._public, path, data, signature):
            return 401, b""
        envelope = Envelope.model_validate_json(data)
        name = path.removeprefix(CALL_PATH) if path != SYNC_PATH else "sync"
        self.calls.append(name)
        _pause(self.before, name)
        with self._turn:
            if envelope.id not in self._replies:
                self._replies[envelope.id] = self._reply(envelope, name).model_dump_json().encode()
            reply = self._replies[envelope.id]
        _pause(self.after, name)
        return (503, b"not now") if self.away else (200, reply)

    def _reply(self, envelope: Envelope, name: str) -> Reply:
        asked = SyncAsk if name == "sync" else CALLS[name][0]
        try:
            with self.store.transaction():
                told = self._do(asked.model_validate(envelope.body))
        except Failure as failure:
            refusal = Refusal(code=failure.code, detail=failure.detail)
            return Reply(v=1, id=envelope.id, ok=False, refusal=refusal)
        return Reply(v=1, id=envelope.id, ok=True, body=told.model_dump(mode="json"))

    def _do(self, ask: Body) -> Body:
        if isinstance(ask, SyncAsk):
            return self._sync(ask)
        if isinstance(ask, BlanksAsk):
            available = self.store.available(self._terminal, ask.stock)
            return BlanksTold(stock=ask.stock, available=available, doubtful=self._doubtful())
        if isinstance(ask, OfferAsk):
            made = order.offer(self.store, ask.order_no, self._terminal, self.clock.now())
            assert made.lease_until is not None
            return OfferTold(order_no=made.order_no, fence=made.fence, stock=made.stock, lease_until=made.lease_until)
        if isinstance(ask, PrepareAsk):
            return self._go(ask)
        raise HouseFailure("not a call of this centre")

    def _doubtful(self) -> tuple[str, ...]:
        unknown = (order for order in self.store.orders.values() if order.state is OrderState.UNKNOWN)
        return tuple(order.blank for order in unknown if order.blank)

    def _go(self, ask: PrepareAsk) -> PrepareTold:
        order.authorize(self.store, ask.order_no, ask.fence, self._terminal, ask.blank, self.clock.now())
        return go_told(ask, self.sheet)

    def _sync(self, ask: SyncAsk) -> SyncTold:
        self.health = dict(ask.health)
        return SyncTold(acks=tuple(map(self._hear, ask.messages)), now=self.clock.now())

    def _hear(self, message: Message) -> Ack:
        if message.id in self._seen:
            return Ack(seq=message.seq, status="duplicate")
        if message.seq in self.numbers:
            return Ack(seq=message.seq, status="refused", code=CentreConfused.code)
        self._seen.add(message.id)
        self.numbers.add(message.seq)
        told = OutcomeTold.model_validate(message.body)
        self.told.append((message.seq, message.id, told))
        moved = order.outcome(
            self.store, told.order_no, told.fence, self._terminal, told.blank, told.outcome, self.clock.now()
        )
        return Ack(seq=message.seq, status="accepted" if moved else "refused", code=None if moved else CaseFailure.code)


def go_told(ask: PrepareAsk, sheet: bytes) -> PrepareTold:
    """GO, with this sheet."""
    return PrepareTold(
        order_no=ask.order_no,
        fence=ask.fence,
        blank=ask.blank,
        sheet=base64.b64encode(sheet),
        digest=sha256_hex(sheet),
    )


def _pause(gates: dict[str, Gate], name: str) -> None:
    if gate := gates.pop(name, None):
        gate.pass_through()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, centre: FakeCentre) -> None:
        self.centre = centre
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 0.3
    server: _Server

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        status, reply = self.server.centre.answer(self.path, data, self.headers.get(SIGNATURE_HEADER, ""))
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)
        except OSError:  # the terminal was killed meanwhile
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""
