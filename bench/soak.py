"""What many visits leave in memory: threads, descriptors and resident memory of the terminal and of printd.

Usage: ``python -m bench.soak [visits]`` (200). A headless citizen on real services; every tenth visit prints a certificate,
the others are left at the form. A line every 20 visits; threads and descriptors must not grow, memory must level out.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from pathlib import Path

from drivers.idcard import simulated as reader
from flows.events import Confirmed, HomePressed, PaperTaken, Rated
from flows.visit import Step
from kiosk.stage.house import House
from tests.whole.person import Person

EVERY, PRINTS_EVERY = 20, 10


def visit(person: Person, house: House, prints: bool) -> None:
    if prints:
        person.submits("jia")
        person.reaches(Step.TAKE)
        person.does(PaperTaken())
        person.reaches(Step.RATE)
        person.does(Rated(5), Confirmed())
        person.reaches(Step.GOODBYE)
        person.does(HomePressed())
    else:
        person.to_form("jia")
        person.session.start_over()
    reader.lift(house.reader_state)
    person.until(lambda: not person.runner.workers())
    person.faces[:] = person.faces[-1:]


def printd_pid(house: House) -> int:
    mark = str(house.folder).encode()
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        words = entry.read_bytes().split(b"\0")
        if b"printd" in words and any(mark in word for word in words):
            return int(entry.parent.name)
    raise SystemExit("printd does not run")


def counted(pid: int | str) -> str:
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    descriptors = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return f"{int(status['Threads']):4d} threads {descriptors:4d} fds {status['VmRSS'].strip():>10}"


def main(visits: int) -> None:
    with tempfile.TemporaryDirectory() as folder, House(Path(folder) / "house") as house, Person(house) as person:
        begun = time.monotonic()
        for number in range(1, visits + 1):
            visit(person, house, number % PRINTS_EVERY == 0)
            if number in (1, PRINTS_EVERY) or number % EVERY == 0:
                gc.collect()
                each = 1000 * (time.monotonic() - begun) / number
                print(
                    f"{number:4d} visits {each:6.0f} ms each | terminal {counted('self')} | "
                    f"printd {counted(printd_pid(house))}",
                    flush=True,
                )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
