"""SDT readers on a serial line: opened by path, at whatever legal speed they were left at.

Odd: the speed is kept by the module through a power cut, and there is no way to ask for it but to try.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

from core.devices import IdCardReader
from core.failures import DeviceSilent
from core.waiting import Patience
from drivers.driver import Driver
from drivers.idcard import commands
from drivers.idcard.line import Line, Missed, Timing
from drivers.idcard.sdt import SdtReader
from drivers.ports.serial_port import SerialPort


def open_reader(path: str, patience: Patience, timing: Timing | None = None) -> SdtReader:
    """The reader at a serial line, ready for ``read``.

    Raises ``DeviceGone`` when the path cannot be opened, ``DeviceSilent`` when nothing sensible answers at any of the
    five speeds, and what ``patience`` raises.
    """
    timing = timing if timing is not None else Timing()
    with ExitStack() as undo:
        port = SerialPort(path, commands.BAUDS[0])
        undo.callback(port.close)
        baud = _find_baud(port, timing, patience)
        guess = replace(timing, answer=timing.probe)
        # Like a power-cut: a card that was read by the program before can be read again without lifting it.
        _answers(port, baud, commands.RESET, guess, patience)
        knows_number = _answers(port, baud, commands.SAM_NUMBER, guess, patience)
        undo.pop_all()
    return SdtReader(port, baud=baud, timing=timing, knows_number=knows_number)


def _find_baud(port: SerialPort, timing: Timing, patience: Patience) -> int:
    """Ask for the state at each speed, the usual one first; there, also for a card, which the plainest reader can find."""
    usual, *others = commands.BAUDS
    guess = replace(timing, answer=timing.probe)
    tries = [(usual, commands.STATUS, timing), (usual, commands.FIND, guess)]
    for baud, command, allowed in (*tries, *((baud, commands.STATUS, guess) for baud in others)):
        port.set_baud(baud)
        if _answers(port, baud, command, allowed, patience):
            return baud
    raise DeviceSilent("no answer at any speed")


def _answers(port: SerialPort, baud: int, command: commands.Command, timing: Timing, patience: Patience) -> bool:
    try:
        Line(port, baud, timing).ask(command, patience)
    except Missed:
        return False
    return True


DRIVER: Driver[IdCardReader] = Driver("sdt-serial", open_reader, "drivers.idcard.simulated:SdtRehearsal")
