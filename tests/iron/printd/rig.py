"""A terminal's printing side, whole: real printer, counting proxy, a small centre, and ``tongban printd`` as a process."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.settings import CONFIG, Settings, settings_from
from core.waiting import Patience
from core.wire import Outcome
from drivers.printer.sim_device import SimulatedPrinter
from drivers.printer.simulated import powered_printer
from kiosk.printd.process import serve
from kiosk.printd.words import Progress, Stage
from kiosk.printd_client import PrintdClient
from kiosk.store.terminal import open_store
from printing.blanks import account
from printing.stores import Attempt, BlankState, OrderState
from tests.iron.printd.ipp_proxy import CREATE_JOB, PRINTING, SEND_DOCUMENT, IppProxy
from tests.printing.protocol.fake_centre import RANGE, STOCK, FakeCentre
from vault.device import public_bytes
from vault.keys import FileKeys

DEVICE = "T-0001"
ORDER = "O-1"
PROJECT = CONFIG.parent


def until(happened: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for a condition; no test sleeps for luck."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


class Rig:
    def __init__(self, folder: Path, printer: SimulatedPrinter, proxy: IppProxy, centre: FakeCentre) -> None:
        self.folder, self.printer, self.proxy, self.centre = folder, printer, proxy, centre
        self.socket = folder / "p.sock"
        self.client = PrintdClient(self.socket)
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._status = -1
        centre.store.add_order(ORDER, STOCK)

    def start(self, watch_s: float = 30.0) -> None:
        """The same program in a thread of the test: it starts in no time, but nobody can kill it."""
        settings = settings_from((CONFIG / "development.toml").read_text(), self._overlay(watch_s).read_text())
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(settings,), name="printd")
        self._thread.start()
        until(self.socket.exists)

    def _serve(self, settings: Settings) -> None:
        self._status = serve(settings, self._stop)

    def start_process(self, watch_s: float = 30.0) -> None:
        """``tongban printd``, to be killed."""
        command = [sys.executable, "-m", "tongban", "printd", "--settings", str(CONFIG / "development.toml")]
        with (self.folder / "printd.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--settings", str(self._overlay(watch_s))], cwd=PROJECT, stderr=log
            )
        until(self._answers)

    def _overlay(self, watch_s: float) -> Path:
        overlay = self.folder / "overlay.toml"
        overlay.write_text(
            f'[terminal]\nid = "{DEVICE}"\ndata = "{self.folder}/data"\nsocket = "{self.socket}"\n'
            f'keys = {{ store = "file", folder = "{self.folder}/keys" }}\n'
            f'[link]\nurl = "{self.centre.url}"\ntimeout_s = 3\n'
            f'[certificate_printer]\nuri = "{self.proxy.uri}"\nwatch_s = {watch_s}\n'
        )
        return overlay

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self.folder / "printd.log").read_text()
        return self.socket.exists()

    def kill(self) -> None:
        """The plug: nothing of the process gets a chance to tidy up."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self.socket.unlink(missing_ok=True)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def wait(self) -> int:
        """Until the process ends by itself; its exit status."""
        assert self._process is not None
        return self._process.wait(30)

    def stop(self) -> int:
        """Ask it to end; its exit status."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            return self._process.wait(30)
        assert self._thread is not None
        self._stop.set()
        self._thread.join(30)
        return self._status

    def close(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._thread is not None:
            self._stop.set()
            self._thread.join(30)

    def printed(self) -> Progress:
        """Ask for the order and wait for its end."""
        return list(self.client.follow(ORDER, Patience(40)))[-1]

    def ended(self) -> Progress:
        """Wait for the end of the order without asking for it."""
        until(lambda: self.client.watch(ORDER).stage is Stage.ENDED, 40)
        return self.client.watch(ORDER)

    def until_told(self, count: int = 1) -> None:
        until(lambda: len(self.centre.told) >= count)

    def sent(self) -> int:
        return self.proxy.counted[SEND_DOCUMENT]

    def attempts(self) -> list[Attempt]:
        """The attempt log; only while the process is down."""
        with open_store(self.folder / "data" / "printd.db", "printd") as store:
            found = store.attempts.latest(ORDER)
            return [] if found is None else [found]

    def check(self, sheets: int) -> None:
        """What holds after every story, however it went: the promise of the protocol."""
        order = self.centre.store.orders[ORDER]
        blanks = self.centre.store.blanks.values()
        fences = order.fence
        assert len(self.printer.sheets()) == sheets <= 1
        assert self.proxy.counted[PRINTING[0]] == 0
        assert self.proxy.counted[CREATE_JOB] <= fences
        assert self.proxy.counted[SEND_DOCUMENT] <= fences
        assert not account(RANGE, blanks).missing
        reserved = [blank for blank in blanks if blank.state is BlankState.RESERVED]
        used = [blank for blank in blanks if blank.state is BlankState.USED]
        in_doubt = order.state in (OrderState.AUTHORIZED, OrderState.UNKNOWN)
        assert [blank.number for blank in reserved] == ([order.blank] if in_doubt else [])
        assert [blank.number for blank in used] == ([order.blank] if order.state is OrderState.PRINTED else [])
        if order.state is OrderState.PRINTED:
            assert sheets == 1
        if order.state is OrderState.SEALED:
            assert sheets == 0
        told = [(message.fence, message.outcome) for _, _, message in self.centre.told]
        assert len(told) == len({fence for fence, _ in told}), "an attempt was told twice"
        assert [seq for seq, _, _ in self.centre.told] == list(range(1, len(told) + 1)), "a gap in the outbox"


@contextmanager
def rig_in(folder: Path, sheet: bytes) -> Iterator[Rig]:
    key = FileKeys(folder / "keys").signing("device")
    with (
        powered_printer(folder / "printer") as printer,
        IppProxy(printer.uri) as proxy,
        FakeCentre(DEVICE, public_bytes(key), sheet) as centre,
    ):
        rig = Rig(folder, printer, proxy, centre)
        try:
            yield rig
        finally:
            rig.close()


NOTHING_ON_PAPER = (Outcome.NOT_PRINTED, Outcome.UNKNOWN)
