"""The one file of the terminal that names concrete things: which driver, which store, which link."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from core.clock import Clock, SystemClock
from core.devices import IdCardReader
from core.failures import Failure, HouseFailure
from core.journal import Disposition, Entry
from core.settings import CONFIG, Settings
from core.waiting import Patience
from core.wire import Body
from drivers.idcard.reopening import ReopeningReader
from drivers.receipt.cups_receipt import CupsReceiptPrinter
from drivers.registry import driver_named
from flows.catalogue import load_catalogue
from flows.events import Event
from flows.notice import load_notice
from flows.visit import Lobby
from kiosk.errands import Outside
from kiosk.journal import JsonJournal
from kiosk.link import CentreLink
from kiosk.not_needed import NotNeededSheets
from kiosk.printd.courier import Courier
from kiosk.printd_client import PrintdClient
from kiosk.runner import Runner
from kiosk.store.terminal import TerminalStore, open_store
from kiosk.taking_back import TakingBack
from kiosk.visit_scope import wipe_leftovers
from kiosk.words import Texts, load_texts
from printing.stores import Notice
from vault.keys import open_keys

STREAM = "kiosk"
DEVICE_KEY = "device"
PERSONAL_FOLDERS = (Path(f"/run/user/{os.getuid()}"), Path("/dev/shm"))  # noqa: S108 - a tmpfs: nothing of a visit reaches a disk


@dataclass(frozen=True, slots=True)
class Terminal:
    """Everything of the terminal but the screen."""

    lobby: Lobby
    texts: Texts
    runner: Runner
    clock: Clock
    journal: JsonJournal


def wire(settings: Settings, post: Callable[[Event], None], forget: Callable[[], None], stack: ExitStack) -> Terminal:
    """Put the terminal together; ``stack`` takes it apart. Raises ``HouseFailure`` when it cannot start."""
    clock = SystemClock()
    items = load_catalogue(CONFIG / "catalogue")
    journal = JsonJournal(settings.terminal.data / "kiosk.journal")
    stack.callback(journal.close)
    store = open_store(settings.terminal.data / "kiosk.db", STREAM)
    stack.callback(store.close)
    link = _link(settings, store)
    stack.callback(link.close)
    reader = reader_of(settings)
    stack.callback(reader.close)
    receipts = receipts_of(settings)
    stack.callback(receipts.close)
    TakingBack(receipts).begin(stack)
    courier = _courier(link, store, journal, clock, stack)
    outside = Outside(
        reader=reader,
        link=link,
        printd=PrintdClient(settings.terminal.socket),
        receipts=receipts,
        tell=_teller(store, courier),
        sheet=NotNeededSheets(items, settings.centre.agency, settings.terminal.id, clock),
        call_staff=lambda: journal.write(Entry(clock.now(), "staff.called")),
        clock=clock,
        software=version("tongban"),
        card_s=settings.idcard.timeout_s,
    )
    folder = _personal_folder(settings.terminal.id)
    wipe_leftovers(folder)
    runner = Runner(outside, post, journal, folder, forget)
    stack.callback(runner.close)
    lobby = Lobby(items, load_notice(CONFIG / "languages" / "notice.yaml"), settings.idle)
    return Terminal(lobby, load_texts(CONFIG / "languages"), runner, clock, journal)


def reader_of(settings: Settings) -> IdCardReader:
    driver = driver_named("idcard", settings.idcard.driver)
    return ReopeningReader(lambda patience: _opened(driver.open, settings.idcard.port, patience))


def _opened(opener: Callable[[str, Patience], IdCardReader], port: str, patience: Patience) -> IdCardReader:
    return opener(port, patience)


def receipts_of(settings: Settings) -> CupsReceiptPrinter:
    if settings.receipt_printer.driver != "cups":
        raise HouseFailure(f"no receipt printer driver {settings.receipt_printer.driver!r}")
    printer = settings.receipt_printer
    return CupsReceiptPrinter(printer.server, printer.queue, printer.device_uri)


def _link(settings: Settings, store: TerminalStore) -> CentreLink:
    key = open_keys(settings.terminal.keys, settings.profile).signing(DEVICE_KEY)
    return CentreLink(settings.link.url, settings.terminal.id, STREAM, key, store.next_seq, settings.link.timeout_s)


def _courier(link: CentreLink, store: TerminalStore, journal: JsonJournal, clock: Clock, stack: ExitStack) -> Courier:
    """Carries "taken" and ratings to the centre until it has them, also after a restart."""

    def note(code: str, failure: str) -> None:
        # A full disk must not end the courier: the runner tells staff of it at the next entry of a visit.
        with suppress(Failure):
            journal.write(Entry(clock.now(), code, Disposition.FAILURE, failure=failure))

    stop = threading.Event()
    courier = Courier(link, store.outbox, dict, note, stop)
    courier.start()

    def end() -> None:
        stop.set()
        courier.wake()
        courier.join()

    stack.callback(end)
    return courier


def _teller(store: TerminalStore, courier: Courier) -> Callable[[str, Body], None]:
    def tell(name: str, body: Body) -> None:
        store.outbox.put(Notice(name, body.model_dump_json()))
        courier.wake()

    return tell


def _personal_folder(terminal: str) -> Path:
    """Where a visit's temporary files go: a folder of ours on a tmpfs. What a power cut left there is wiped at start."""
    for folder in PERSONAL_FOLDERS:
        if os.access(folder, os.W_OK):
            return folder / f"tongban-{os.getuid()}-{terminal}"
    raise HouseFailure("no tmpfs for the files of a visit (/run/user/<uid> or /dev/shm)")
