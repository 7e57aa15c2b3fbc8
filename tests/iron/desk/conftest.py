"""A centre as a process, a few cases in it, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from core.catalogue import ServiceItem
from core.ulid import new_ulid
from core.wire import BlanksAsk, CaseState, Evidence, OfferAsk, Outcome, OutcomeTold, PrepareAsk, Route, WatchTold
from flows.catalogue import load_catalogue
from tests.centre.process import CentreProcess, centre_process
from tests.centre.support import ITEM, Terminal, Visit

FLAGS = [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Stand:
    """``printed``, ``doubtful`` and ``waiting``: one case each."""

    url: str
    printed: WatchTold
    doubtful: WatchTold
    waiting: str
    blank: str
    qr_path: str


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    folder = tmp_path_factory.mktemp("desk")
    with centre_process(folder, f"sqlite:///{folder}/centre.db") as centre:
        key = centre.enrol()
        centre.start()
        terminal = Terminal(centre.url, key)
        item = load_catalogue(Path("config/catalogue").resolve())[ITEM]
        try:
            yield _with_cases(centre, terminal, item)
        finally:
            terminal.close()


def _with_cases(centre: CentreProcess, terminal: Terminal, item: ServiceItem) -> Stand:
    printed = _granted(terminal, item)
    blank = _print(terminal, printed, 1, Outcome.PRINTED)
    doubtful = _granted(terminal, item)
    _print(terminal, doubtful, 2, Outcome.UNKNOWN)
    visit = Visit(terminal, item, "hong", chosen={}).ready()
    waiting = visit.submit(Route.NORMAL).case_no
    return Stand(centre.url, printed, doubtful, waiting, blank, "")


def _granted(terminal: Terminal, item: ServiceItem) -> WatchTold:
    visit = Visit(terminal, item).ready()
    return visit.watch(visit.submit().case_no, lambda told: told.state is CaseState.SEALED)


def _print(terminal: Terminal, case: WatchTold, seq: int, outcome: Outcome) -> str:
    offer = terminal.call("print.offer", OfferAsk(order_no=case.order_no or ""))
    blank: str = terminal.call("blanks.list", BlanksAsk(stock=offer.stock)).available[0]
    terminal.call("print.prepare", PrepareAsk(order_no=offer.order_no, fence=offer.fence, blank=blank))
    told = OutcomeTold(
        order_no=offer.order_no,
        fence=offer.fence,
        blank=blank,
        outcome=outcome,
        evidence=Evidence(job_id=seq, job_state=9, impressions=1),
        at=terminal.clock.now(),
    )
    body = told.model_dump(mode="json")
    terminal.sync([{"seq": seq, "id": new_ulid(terminal.clock), "name": "print.outcome", "body": body}])
    return blank


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("no chromium: install the Debian package chromium")
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=flags)
        try:
            yield chromium
        finally:
            chromium.close()
