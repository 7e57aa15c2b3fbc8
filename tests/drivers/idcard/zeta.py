"""Zeta Z9, an invented reader in one file: asks ``?`` LF; answers ``-`` LF, or number ``;`` name LF for the card there.

The new-driver test copies this file into a folder of drivers, as it is, and watches the contract suite take it up.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from core.devices import Condition, DeviceHealth, IdCardReader
from core.failures import DeviceGone, DeviceSilent, NoCard, TookTooLong
from core.people import CardKind, IdCard, Sex
from core.waiting import Patience
from drivers.driver import Driver
from drivers.ports.serial_port import SerialPort
from drivers.pty_line import PtyLine

ISSUER, HOME = "测试公安局东城分局", "北京市东城区测试路1号"


class ZetaReader:
    def __init__(self, port: SerialPort) -> None:
        self._port = port

    def read(self, patience: Patience) -> IdCard:
        try:
            while (line := self._ask(patience)) == "-":
                patience.sleep(0.01)
        except TookTooLong as error:
            raise NoCard from error
        number, name = line.split(";")
        return IdCard(
            CardKind.RESIDENT, name, number, Sex.MALE, date(1900, 1, 1), date(2020, 1, 1), None, "汉", HOME, "", ISSUER
        )

    def wait_removed(self, patience: Patience) -> None:
        while self._ask(patience) != "-":
            patience.sleep(0.01)

    def health(self, patience: Patience) -> DeviceHealth:
        try:
            self._ask(patience)
        except DeviceGone as error:
            return DeviceHealth("idcard", Condition.GONE, error.code)
        return DeviceHealth("idcard", Condition.READY)

    def close(self) -> None:
        self._port.close()

    def _ask(self, patience: Patience) -> str:
        self._port.discard_input()
        self._port.write(b"?\n", patience)
        heard, limit = b"", patience.within(0.5)
        while not heard.endswith(b"\n"):
            try:
                heard += self._port.read(64, limit)
            except TookTooLong as error:
                patience.check()
                raise DeviceSilent from error
        return heard.decode().strip()


class ZetaRehearsal:
    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "zeta")
        self._line = PtyLine(folder / "zeta")
        self._orders: list[Callable[[], None]] = []
        self._says, self._silent = "-", False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="zeta")

    def _run(self) -> None:
        while not self._stop.is_set():
            if self._line.plugged and b"?" in self._line.hear(0.005) and not self._silent:
                self._line.say(self._says.encode() + b"\n")
            while self._orders:
                self._orders.pop()()
        self._line.cut()

    def start(self) -> None:
        self._line.plug()
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def lay(self, card: IdCard) -> None:
        self._says = f"{card.number};{card.name}"

    def lift(self) -> None:
        self._says = "-"

    def fall_silent(self) -> None:
        self._silent = True

    def speak_again(self) -> None:
        self._silent = False

    def unplug(self) -> None:
        self._order(self._line.cut)

    def plug(self) -> None:
        self._order(self._line.plug)

    def _order(self, act: Callable[[], None]) -> None:
        """Have the thread do it, and wait until it is done."""
        wanted = not self._line.plugged
        self._orders.append(act)
        while self._line.plugged != wanted:
            time.sleep(0.002)


def open_zeta(path: str, patience: Patience) -> ZetaReader:
    patience.check()
    return ZetaReader(SerialPort(path, 9600))


DRIVER: Driver[IdCardReader] = Driver("zeta-z9", open_zeta, f"{__name__}:ZetaRehearsal")
