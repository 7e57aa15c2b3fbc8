"""The paper path of a simulated printer: what ``ippeveprinter -c`` runs for every job.

Run as a module: ``sim_press FOLDER PORT DOCUMENT``. Page by page it meets the faults of ``control.json``, and a sheet is
saved in ``FOLDER/sheets`` only at the moment when it comes out, so a printer killed before leaves none. Talks to
``ippeveprinter`` by ``STATE:`` and ``ATTR:`` lines on standard error (ippeveprinter(1)). Standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from drivers.printer import sim_panel
from drivers.printer.sim_control import Fault, read_control, take_sheet

REASON = {Fault.JAM: "media-jam", Fault.COVER: "cover-open"}
TICK = 0.02
LOOK = 0.1
"""Seconds between two questions whether the job was cancelled."""


class Cancelled(Exception):
    pass


def say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def page_count(document: Path) -> int:
    told = subprocess.run(["pdfinfo", document], capture_output=True, text=True, check=True).stdout
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages:"))


@dataclass
class Press:
    """``shown`` is the printer-state-reason now shown, ``looked`` when we last asked about a cancel."""

    folder: Path
    port: int
    document: Path
    shown: str = ""
    looked: float = 0.0

    def run(self) -> None:
        pages = page_count(self.document)
        say(f"ATTR: job-impressions={pages}")
        for page in range(1, pages + 1):
            self.feed(page)
            self.come_out(page, pages)
            say(f"ATTR: job-impressions-completed={page}")

    def feed(self, page: int) -> None:
        """Returns when the page may come out."""
        started = time.monotonic()
        while self.held_up(page) or time.monotonic() - started < read_control(self.folder).seconds_per_page:
            self.heed_cancel(LOOK)
            time.sleep(TICK)
        self.heed_cancel(0.0)

    def held_up(self, page: int) -> bool:
        control = read_control(self.folder)
        fault = control.fault if page >= control.from_page else Fault.NONE
        if fault is Fault.DIE:
            say("ERROR: fuser over temperature")
            sys.exit(1)
        self.show(REASON.get(fault, ""))
        return fault is not Fault.NONE or control.paper == 0

    def show(self, reason: str) -> None:
        """The suffix is what we mean; ``ippeveprinter`` shows another."""
        if self.shown and reason != self.shown:
            say(f"STATE: -{self.shown}-error")
        if reason and reason != self.shown:
            say(f"STATE: +{reason}-error")
        self.shown = reason

    def heed_cancel(self, every: float) -> None:
        if time.monotonic() - self.looked >= every:
            self.looked = time.monotonic()
            if sim_panel.is_cancelled(self.port):
                self.show("")
                raise Cancelled

    def come_out(self, page: int, pages: int) -> None:
        """The sheet becomes a file in one step, numbered in the order in which sheets came out; the tray has one less."""
        sheets, fresh = self.folder / "sheets", self.folder / f".sheet-{os.getpid()}"
        if pages == 1:
            shutil.copyfile(self.document, fresh)
        else:
            number = str(page)
            subprocess.run(["pdfseparate", "-f", number, "-l", number, self.document, fresh], check=True)
        left = take_sheet(self.folder)
        fresh.replace(sheets / f"{sum(1 for _ in sheets.iterdir()) + 1:04d}.pdf")
        sim_panel.set_paper(self.port, left)


def main(folder: str, port: str, document: str) -> int:
    try:
        Press(Path(folder), int(port), Path(document)).run()
    except Cancelled:
        say("INFO: cancelled")
    except subprocess.CalledProcessError:
        say("ERROR: not a PDF that can be printed")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
