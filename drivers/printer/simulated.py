"""The stand-in printing hardware: two IPP printers (certificates, receipts) and a spooler, all real services of Debian.

::

    with PrinterStand(folder) as stand:
        IppCertificatePrinter(stand.certificate_uri)
        CupsReceiptPrinter(stand.cups_server, stand.receipt_queue, stand.receipt_uri)
        stand.certificate.set_fault(Fault.JAM)
        stand.sheets()

``folder`` keeps what a person wants to see: ``certificate/`` and ``receipt/`` with ``control.json``, ``sheets/`` and logs.
Sockets, spool and the spooler's files lie in a short temporary folder (a Unix socket's path has 107 bytes, and the
spooler's own user must reach it) that goes with the stand, even if the stand is killed.
"""

from __future__ import annotations

import fcntl
import shutil
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Self

from core.failures import DeviceBroken, PrinterGone
from drivers.printer.sim_control import Fault
from drivers.printer.sim_device import SimulatedPrinter
from drivers.printer.sim_process import HERE, Keeper, Service, listens
from drivers.printer.sim_spooler import CUPSD, SimulatedSpooler

__all__ = ["PACKAGES", "Fault", "PrinterStand", "SimulatedPrinter", "missing_packages", "powered_printer"]

PACKAGES = {
    "ippeveprinter": "cups-ipp-utils",
    str(CUPSD): "cups-daemon",
    "lpadmin": "cups-client",
    "/usr/lib/cups/filter/pdftopdf": "cups-filters",
    "pdfinfo": "poppler-utils",
    "pdfseparate": "poppler-utils",
}
"""Program → Debian package."""
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""An ordinary user's PATH on Debian lacks the sbin folders, where half of these programs live."""

TEND_S = 0.1
LONGEST_FOLDER = 70
"""Characters; with ours behind it, a socket's path stays below its 107 bytes."""


def missing_packages() -> list[str]:
    """Debian packages that this machine lacks for the stand."""
    return sorted({name for program, name in PACKAGES.items() if not shutil.which(program, path=SYSTEM_PATH)})


class PrinterStand:
    """Start with ``with``. Raises ``DeviceBroken`` naming the Debian packages when some are missing."""

    receipt_queue = "receipts"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._exit = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as exit_:
            bench = exit_.enter_context(_bench(self.folder))
            self.certificate = exit_.enter_context(bench.powered("certificate"))
            self.receipt = exit_.enter_context(bench.powered("receipt"))
            self.spooler = SimulatedSpooler(
                bench.runtime / "cups", self.folder / "spooler.log", bench.keeper, bench.environment
            )
            exit_.callback(self.spooler.end)
            self.spooler.start(self.receipt_queue, self.receipt_uri)
            self._exit = exit_.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._exit.close()

    @property
    def certificate_uri(self) -> str:
        return self.certificate.uri

    @property
    def receipt_uri(self) -> str:
        """The device behind the queue: the receipt's witness."""
        return self.receipt.uri

    @property
    def cups_server(self) -> str:
        return self.spooler.address

    @property
    def tray(self) -> SimulatedPrinter:
        """The certificate printer's tray: ``tray.set_paper(sheets)``, ``tray.set_toner(percent)``."""
        return self.certificate

    def sheets(self) -> list[Path]:
        """Certificate sheets that really came out, in order."""
        return self.certificate.sheets()

    def receipts(self) -> list[Path]:
        return self.receipt.sheets()

    def addresses(self) -> dict[str, str]:
        """What another process needs to use the stand; the names are those of the settings where they mean the same."""
        return {
            "certificate_uri": self.certificate_uri,
            "receipt_server": self.cups_server,
            "receipt_queue": self.receipt_queue,
            "receipt_uri": self.receipt_uri,
            "certificate_folder": str(self.certificate.folder),
            "receipt_folder": str(self.receipt.folder),
        }

    def tend(self, stop: threading.Event) -> None:
        """Until ``stop`` is set, keep the printers as their control files say."""
        while not stop.wait(TEND_S):
            for printer in (self.certificate, self.receipt):
                with suppress(PrinterGone):  # its form did not answer: at the next look again
                    printer.heed()

    def reset(self) -> None:
        """All as new: no job, no fault, full trays, no sheets."""
        self.spooler.empty()
        for printer in (self.certificate, self.receipt):
            printer.reset()

    def kill_certificate_printer(self) -> None:
        self.certificate.kill()

    def restart_certificate_printer(self) -> None:
        """Power back: same address, the tray as it was, no memory of any job."""
        self.certificate.start()


class _Bench:
    """Where the services stand: a keeper, a runtime folder, and the announcer without which no printer starts."""

    def __init__(self, folder: Path, runtime: Path, keeper: Keeper) -> None:
        self.folder = folder
        self.runtime = runtime
        self.keeper = keeper
        bus = runtime / "bus"
        self.environment = {
            "PATH": SYSTEM_PATH,
            "LANG": "C.UTF-8",
            "HOME": str(runtime),
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={bus}",
        }
        argv = [sys.executable, "-I", "-S", str(HERE / "sim_announcer.py"), str(bus)]
        announcer = Service("announcer", argv, folder / "announcer.log", keeper, self.environment)
        announcer.start()
        announcer.wait_until(lambda: listens(bus))

    @contextmanager
    def powered(self, name: str) -> Iterator[SimulatedPrinter]:
        printer = SimulatedPrinter(name, self.folder / name, self.runtime, self.keeper, self.environment)
        printer.prepare()
        printer.start()
        try:
            yield printer
        finally:
            printer.kill()


@contextmanager
def _bench(folder: Path) -> Iterator[_Bench]:
    if missing := missing_packages():
        raise DeviceBroken(f"missing Debian packages: apt-get install {' '.join(missing)}")
    with _alone(folder):
        runtime = Path(tempfile.mkdtemp(prefix="tongban-stand-", dir=_open_folder()))
        runtime.chmod(0o711)
        keeper = Keeper(runtime)
        try:
            yield _Bench(folder, runtime, keeper)
        finally:
            keeper.dismiss()


def _open_folder() -> Path:
    """Where temporary files go, unless the spooler's user could not get there or a socket's path would be too long."""
    usual = Path(tempfile.gettempdir())
    open_to_all = all(folder.stat().st_mode & stat.S_IXOTH for folder in (usual, *usual.parents))
    return usual if open_to_all and len(str(usual)) < LONGEST_FOLDER else Path("/tmp")  # noqa: S108  mkdtemp's is private


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two stands in one folder would mix up their sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".stand.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DeviceBroken("another stand runs in this folder") from error
        yield


@contextmanager
def powered_printer(folder: Path) -> Iterator[SimulatedPrinter]:
    """One printer and no spooler: what a test of the certificate driver needs."""
    with _bench(folder) as bench, bench.powered("certificate") as printer:
        yield printer
