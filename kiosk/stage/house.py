"""Centre, printd and simulated devices of one machine, in one folder: started side by side, ready one by one, ended backwards.

The folder holds everything: ``site.toml`` with the addresses found, the data of both programs, logs, what came out of the
printers. Nothing of it is in a fixed place, so that several houses can stand on one machine.
"""

from __future__ import annotations

import base64
import json
import socket
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from core.settings import CONFIG, Settings, settings_from
from drivers.idcard import simulated as reader
from drivers.printer.sim_control import Fault, change_control
from drivers.printer.sim_process import Keeper, Service
from kiosk.stage.processes import READY_S, service
from kiosk.wiring import DEVICE_KEY
from vault.device import public_bytes
from vault.keys import open_keys


class House:
    """``with House(folder) as house``: when entered, the centre answers, the printers are on and ``printd`` listens.

    ``house.settings_files`` are for ``--settings`` of every subcommand. Raises ``HouseFailure`` with the log of what failed.
    """

    def __init__(self, folder: Path, overlay: str = "") -> None:
        self.folder = folder.resolve()
        self._overlay = overlay
        self._exit = ExitStack()
        self._addresses: dict[str, Any] = {}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._logs.mkdir(parents=True)
            self._sockets = Path(tempfile.mkdtemp(prefix="tongban-"))
            self._keeper = Keeper(self._sockets)
            stack.callback(self._keeper.dismiss)
            self._exit = stack
            self._start()
            self._exit = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._exit.close()

    @property
    def settings_files(self) -> list[Path]:
        return [CONFIG / "development.toml", self.folder / "site.toml", self.folder / "overlay.toml"]

    @property
    def settings(self) -> Settings:
        return settings_from(*(path.read_text(encoding="utf-8") for path in self.settings_files))

    @property
    def reader_state(self) -> Path:
        """The simulated reader's state: ``drivers.idcard.simulated.lay`` and friends change it."""
        return self.folder / "devices" / "idcard.json"

    @property
    def stand(self) -> Path:
        """The simulated printers' folder: ``certificate/`` and ``receipt/``."""
        return self.folder / "devices" / "printers"

    def start(self, name: str, *arguments: str, more: dict[str, str] | None = None) -> Service:
        """Run a subcommand as a service that ends with the house."""
        started = service(name, self._logs, self._keeper, *arguments, more=more)
        self._exit.callback(started.end)
        return started

    def start_printd(self) -> None:
        """Also after it was killed."""
        self.printd = self.start("printd", "printd", "--settings", *map(str, self.settings_files))
        self.printd.wait_until(lambda: _answers(self.settings.terminal.socket), READY_S)

    def start_centre(self) -> None:
        """Also after it was killed; it keeps its address."""
        ready = self.folder / "centre.url"
        ready.unlink(missing_ok=True)
        settings = map(str, self.settings_files)
        arguments = ("serve", "--settings", *settings, "--ready", str(ready), *self._known())
        self.centre = self.start("centre", "centre", *arguments)
        self.centre.wait_until(ready.exists, READY_S)
        self._addresses["url"] = ready.read_text().strip()
        self._write_site()

    @property
    def certificates(self) -> Path:
        """The simulated certificate printer's folder: its control file, and ``sheets/`` that came out."""
        return self.stand / "certificate"

    @property
    def receipts(self) -> Path:
        return self.stand / "receipt"

    def sheets(self) -> list[Path]:
        """Certificate sheets that really came out."""
        return sorted((self.certificates / "sheets").glob("*.pdf"))

    def mend(self) -> None:
        """Whatever was broken or stopped works again."""
        for printer in (self.certificates, self.receipts):
            change_control(printer, fault=Fault.NONE, paper=250, power=True, seconds_per_page=0.0, from_page=1)
        if not self.centre.running:
            self.start_centre()
        if not self.printd.running:
            self.start_printd()

    @property
    def _logs(self) -> Path:
        return self.folder / "logs"

    def _start(self) -> None:
        reader.behave(self.reader_state)
        (self.folder / "overlay.toml").write_text(self._overlay, encoding="utf-8")
        self._write_site()
        stand = self.start("stand", "stand", "--folder", str(self.stand))
        port = self.settings.idcard.port
        sim = self.start("idcard", "sim", "idcard", "--link", port, "--state", str(self.reader_state))
        self.start_centre()
        told = self.stand / "stand.json"
        stand.wait_until(told.exists, READY_S)
        self._addresses |= json.loads(told.read_text())
        self._write_site()
        sim.wait_until(Path(port).exists, READY_S)
        self.start_printd()

    def _known(self) -> tuple[str, ...]:
        """The terminal and its public key, for the centre to enrol."""
        settings = self.settings
        key = public_bytes(open_keys(settings.terminal.keys, settings.profile).signing(DEVICE_KEY))
        return ("--terminal", settings.terminal.id, "--public-key", base64.b64encode(key).decode())

    def _write_site(self) -> None:
        """Addresses are found while starting; what is not known yet keeps the value of ``development.toml``."""
        found, here = self._addresses, self.folder
        sections: dict[str, dict[str, object]] = {
            "terminal": {"data": here / "terminal", "socket": self._sockets / "printd.sock"},
            "terminal.keys": {"store": "file", "folder": here / "terminal" / "keys"},
            "link": {"url": found.get("url", "http://127.0.0.1:9")},
            "idcard": {"port": self._sockets / "idcard"},
            "certificate_printer": {"uri": found.get("certificate_uri", "")},
            "receipt_printer": {
                "server": found.get("receipt_server", ""),
                "queue": found.get("receipt_queue", ""),
                "device_uri": found.get("receipt_uri", ""),
            },
            "centre": {
                "port": urlsplit(found.get("url", "")).port or 0,
                "database": f"sqlite:///{here}/centre/centre.db",
                "data": here / "centre",
            },
            "centre.keys": {"store": "file", "folder": here / "centre" / "keys"},
        }
        text = "\n".join(f"[{name}]\n" + _rows(rows) for name, rows in sections.items())
        (here / "site.toml").write_text(text, encoding="utf-8")


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        return line.connect_ex(str(path)) == 0


def _rows(rows: dict[str, object]) -> str:
    return "".join(
        f"{key} = {json.dumps(value if isinstance(value, int) else str(value))}\n" for key, value in rows.items()
    )
