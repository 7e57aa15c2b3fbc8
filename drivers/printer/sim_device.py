"""One simulated printer: Debian's ``ippeveprinter`` with our press, its tray and toner, and its faults.

It forgets every job when it is killed, as a printer without a disk does, counts jobs from 1 again, and drops finished
ones after 60 seconds. Its tray and its faults outlive it in ``control.json``.
"""

from __future__ import annotations

import shlex
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from core.failures import PrinterGone
from drivers.printer import sim_panel
from drivers.printer.sim_control import Control, Fault, change_control, read_control, write_control
from drivers.printer.sim_process import Keeper, Service, answers, free_port

ROOT = Path(__file__).parents[2]
PRESS = [sys.executable, "-P", "-S", "-m", "drivers.printer.sim_press"]


class SimulatedPrinter:
    """``folder`` holds ``control.json`` and ``sheets/``; what is in ``runtime`` goes with the stand."""

    def __init__(self, name: str, folder: Path, runtime: Path, keeper: Keeper, env: Mapping[str, str]) -> None:
        self.name = name
        self.folder = folder.resolve()
        self.port = free_port()
        self.uri = f"ipp://127.0.0.1:{self.port}/ipp/print"
        self._runtime = runtime
        self._shown = -1
        self._service = Service(name, self._argv(), self.folder / "printer.log", keeper, env)

    def _argv(self) -> list[str | Path]:
        return [
            *("ippeveprinter", "-n", "localhost", "-p", str(self.port)),
            *("-M", "Tongban", "-m", f"Simulated {self.name} printer", "-s", "30,20", "-2"),
            *("-f", "application/pdf", "-d", self._spool, "-K", self._keys, "-c", self._command),
            f"Tongban {self.name} {self.port}",
        ]

    @property
    def _spool(self) -> Path:
        return self._runtime / f"{self.name}-spool"

    @property
    def _keys(self) -> Path:
        return self._runtime / "ssl"

    @property
    def _command(self) -> Path:
        return self._runtime / f"{self.name}-press"

    def prepare(self) -> None:
        """Folders, the control file (kept if there) and the command that ippeveprinter runs for each job."""
        (self.folder / "sheets").mkdir(parents=True, exist_ok=True)
        if not (self.folder / "control.json").exists():
            write_control(self.folder, Control())
        self._spool.mkdir(mode=0o700)
        self._keys.mkdir(mode=0o700, exist_ok=True)
        press = shlex.join([*PRESS, str(self.folder), str(self.port)])
        self._command.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {press} "$1"\n')
        self._command.chmod(0o755)

    def start(self) -> None:
        """Power on: no memory of any job, the tray and the faults as they were."""
        self._service.start()
        self._service.wait_until(lambda: answers(self.port))
        self._show_paper(self.paper)

    def kill(self) -> None:
        """Pull the plug: the page in hand is lost, and so is the printer's memory of its jobs."""
        self._service.kill()

    def freeze(self) -> None:
        """It hangs: lines can be opened, nothing answers, no page moves."""
        self._service.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._service.signal(signal.SIGCONT)

    @property
    def running(self) -> bool:
        return self._service.running

    @property
    def paper(self) -> int:
        """Sheets in the tray: one less for each that comes out."""
        return read_control(self.folder).paper

    def sheets(self) -> list[Path]:
        """The pages that came out, in order."""
        return sorted((self.folder / "sheets").glob("*.pdf"))

    def set_paper(self, sheets: int) -> None:
        """0 holds the job in hand before its next page, and those to come before their first."""
        change_control(self.folder, paper=sheets)
        self._show_paper(sheets)

    def set_toner(self, percent: int) -> None:
        self._panel(lambda: sim_panel.set_toner(self.port, percent))

    def set_fault(self, fault: Fault, from_page: int = 1) -> None:
        change_control(self.folder, fault=fault, from_page=from_page)

    def set_pace(self, seconds_per_page: float) -> None:
        change_control(self.folder, seconds_per_page=seconds_per_page)

    def heed(self) -> None:
        """Follow what another process wrote into the control file: ``power``, and ``paper`` on the printer's own panel."""
        control = read_control(self.folder)
        if not control.power:
            self.kill()
        elif not self.running:
            self.start()
        elif (control.paper == 0) != (self._shown == 0):
            self._show_paper(control.paper)

    def _show_paper(self, sheets: int) -> None:
        self._panel(lambda: sim_panel.set_paper(self.port, sheets))
        self._shown = sheets

    def reset(self) -> None:
        """As new: no job, no fault, full tray, no sheets, an empty log."""
        self.kill()
        (self.folder / "printer.log").unlink(missing_ok=True)
        for sheet in self.sheets():
            sheet.unlink()
        write_control(self.folder, Control())
        self.start()

    def _panel(self, act: Callable[[], None]) -> None:
        try:
            act()
        except OSError as error:
            raise PrinterGone(f"{self.name} printer's form: {type(error).__name__}") from error
