"""From hello to the printed sheet, on both databases, every step over the signed doors."""

from __future__ import annotations

from core.papers import sha256_hex
from core.ulid import new_ulid
from core.wire import (
    BlanksAsk,
    CaseState,
    Evidence,
    HelloAsk,
    OfferAsk,
    Outcome,
    OutcomeTold,
    PrepareAsk,
    WatchTold,
)
from tests.centre.local import Local
from tests.centre.support import Terminal, Visit


def sealed(local: Local, visit: Visit) -> WatchTold:
    told = visit.submit()
    local.work.drain()
    return visit.watch(told.case_no, lambda watched: watched.state is CaseState.SEALED)


def report(terminal: Terminal, seq: int, order_no: str, fence: int, blank: str, outcome: Outcome) -> str:
    told = OutcomeTold(
        order_no=order_no, fence=fence, blank=blank, outcome=outcome, evidence=Evidence(), at=terminal.clock.now()
    )
    message = {
        "seq": seq,
        "id": new_ulid(terminal.clock),
        "name": "print.outcome",
        "body": told.model_dump(mode="json"),
    }
    return terminal.sync([message]).acks[0].status


def test_a_certificate_comes_out(local: Local) -> None:
    terminal = local.terminal()
    hello = terminal.call("hello", HelloAsk(software="test"))
    assert (hello.terminal, hello.region, hello.stock) == ("T-0001", "110101", {"health_licence_a4": 200})
    visit = local.visit(terminal=terminal).ready()
    assert {licence.type for licence in visit.licences} == {"business_licence", "lease_registration"}
    told = terminal.call("application.check", visit.check_ask())
    assert (told.pledge_refused, told.print_refused) == (None, None)

    watched = sealed(local, visit)
    assert watched.certificate is not None
    assert watched.certificate.number == "东卫公证字〔2026〕第000001号"
    assert {receipt.kind for receipt in watched.receipts} == {"intake_receipt", "pledge_document", "decision"}
    assert all(receipt.pdf.startswith(b"%PDF-") for receipt in watched.receipts)
    assert watched.make_good_by is not None

    printd = local.terminal(stream="printd")
    offer = printd.call("print.offer", OfferAsk(order_no=watched.order_no))
    blank = printd.call("blanks.list", BlanksAsk(stock=offer.stock)).available[0]
    ask = PrepareAsk(order_no=offer.order_no, fence=offer.fence, blank=blank)
    go = printd.call("print.prepare", ask)
    assert sha256_hex(go.sheet) == go.digest
    assert go.sheet.startswith(b"%PDF-")
    assert printd.call("print.prepare", ask) == go

    assert report(printd, 1, offer.order_no, offer.fence, blank, Outcome.PRINTED) == "accepted"
    assert visit.watch(watched.case_no, lambda told: told.state is CaseState.PRINTED)
    assert blank not in printd.call("blanks.list", BlanksAsk(stock=offer.stock)).available
