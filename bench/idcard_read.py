"""What a read of a card costs above the wire and the module: ours, and a naive fixed-length pyserial reader beside it.

``python bench/idcard_read.py [N]``. The floor is the replies' bytes at 115200 8N1 plus the simulated module's time for
find, select and read; requests cost nothing on a pseudo-terminal. Ours also asks for the newest address, which counts
as its wire time. Wanted: ratio at most 1.10.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import serial

from core.waiting import Patience
from drivers.idcard.sdt_serial import open_reader
from drivers.idcard.simulated import SimulatedReader, cards, change, lay

BAUD = 115200
FIND, SELECT, READ_1024, READ_0, NONE_STORED = 15, 19, 2321, 1297, 11
Read = Callable[[], object]


@contextmanager
def ours(path: str) -> Iterator[Read]:
    reader = open_reader(path, Patience(5))
    yield lambda: reader.read(Patience(10))
    reader.close()


@contextmanager
def naive(path: str, length: int) -> Iterator[Read]:
    """Fixed lengths, no checks, no newest address: what many programs do."""
    with serial.Serial(path, BAUD, timeout=5) as port:

        def read() -> bytes:
            for request, expected in (("20 01 22", FIND), ("20 02 21", SELECT), ("30 10 23", length)):
                port.write(bytes.fromhex("AA AA AA 96 69 00 03" + request))
                reply = port.read(expected)
            return reply

        yield read


def measured(read: Read, n: int) -> float:
    """Median seconds of ``n`` reads after one that is not counted."""
    seconds = []
    for _ in range(n + 1):
        start = time.perf_counter()
        read()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[1:])


def report(name: str, card: str, sam_ms: int, seconds: float, wire: int, n: int) -> None:
    floor = wire * 10 / BAUD + sam_ms * 1.25 / 1000
    print(
        f"{name:6} {card:5} module {sam_ms:3} ms  n={n}  median {1000 * seconds:7.1f} ms  "
        f"floor {1000 * floor:7.1f} ms  ratio {seconds / floor:.3f}"
    )


def main(n: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        link, state = Path(folder) / "idcard", Path(folder) / "idcard.json"
        with SimulatedReader(link, state):
            for key, length in (("jia", READ_1024), ("geng", READ_0)):
                for sam_ms in (0, 400):
                    change(state, lambda old, ms=sam_ms: replace(old, sam_ms=ms, repeat_read=True))  # type: ignore[misc]
                    lay(state, cards()[key])
                    with ours(str(link)) as read:
                        report("ours", key, sam_ms, measured(read, n), FIND + SELECT + length + NONE_STORED, n)
                    with naive(str(link), length) as read:
                        report("naive", key, sam_ms, measured(read, n), FIND + SELECT + length, n)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
