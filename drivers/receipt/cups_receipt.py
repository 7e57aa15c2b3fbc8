"""Receipts, forms and plain paper through CUPS, with the device behind the queue as witness.

CUPS is not believed: it was measured to say "completed, all pages" of a job whose printer had been killed and came back
empty. So each job has a title of its own, which arrives as the device's job-name, and the device is asked for it.
When we give up, the job is taken back from spooler and device: a receipt must not come out before the next person.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from core.devices import DeviceHealth, Job, JobState, ReceiptOutcome, ReceiptPrinter
from core.failures import DeviceFailure, Failure, HouseFailure, PrinterFailure, TookTooLong
from core.waiting import Patience
from drivers.driver import Driver
from drivers.printer.ipp_device import IppDevice
from drivers.receipt.spooler import Spooler

LOOK_S = 0.1
AWAY_S = 5.0
"""How long a device may be away in the middle of a job."""
TIDY_S = 3.0
"""Time to take a job back from the spooler, and again from the device, also after the person has left."""
SPOOLER_S = 2.0
"""A spooler that takes longer to answer is not asked again."""
UPTIME_GRAIN_S = 1.5
AWAY = (PrinterFailure, DeviceFailure, TookTooLong)


class _Witness(IppDevice):
    device = "receipt"


class CupsReceiptPrinter:
    """Keeps ``core.devices.ReceiptPrinter``. ``server`` is ``host:port`` or a socket's path; ``device_uri`` as for IPP."""

    def __init__(self, server: str, queue: str, device_uri: str, media: str = "A4") -> None:
        self._server, self._queue, self._media = server, queue, media
        self._device = _Witness(device_uri)
        self._turn = threading.Lock()
        self._left: list[_Errand] = []

    def print_pdf(self, title: str, pdf: bytes, patience: Patience) -> ReceiptOutcome:
        """Print, and wait for the end as the device reports it. ``title`` holds no name of a person.

        Raises a failure only when nothing was sent: device or spooler away, or no patience left. Once the document is
        out of hand the answer is an outcome, and when ``patience`` ends the job is taken back first (twice ``TIDY_S``).
        """
        with self._alone(patience):
            return self._print(_Errand(self._device, f"{title} {secrets.token_hex(4)}"), pdf, patience)

    def take_back_all(self, patience: Patience) -> int:
        """Purge what an earlier process of ours, killed while printing, left in the spooler; how many jobs that were.

        Such a receipt would come out in front of somebody else, and its document would stay on the disk. The spooler
        forgets a running job without telling the device. May be repeated after a failure.
        """
        with self._alone(patience):
            with Spooler(self._server) as spooler:
                for job, name in spooler.mine(patience).items():
                    self._left.append(_Errand(self._device, name, job))
                    if not self._left[-1].take_back(spooler, patience):
                        raise PrinterFailure("the spooler does not let go of a job")
            for errand in self._left:
                errand.stop(patience)
            count = len(self._left)
            self._left.clear()
        return count

    @contextmanager
    def _alone(self, patience: Patience) -> Iterator[None]:
        while not self._turn.acquire(timeout=patience.slice(LOOK_S)):
            patience.check()
        try:
            yield
        finally:
            self._turn.release()

    def _print(self, errand: _Errand, pdf: bytes, patience: Patience) -> ReceiptOutcome:
        errand.before = self._device.up_seconds(patience)
        with Spooler(self._server) as spooler:
            errand.job = spooler.create(self._queue, errand.name, {"media": self._media}, patience)
            try:
                spooler.send(self._queue, errand.job, pdf, patience)
                outcome = errand.watch(spooler, patience)
            except Failure:  # whatever it was, the job may be under way: take it back and ask the device
                outcome = None
        with Spooler(self._server) as spooler:
            taken_back = errand.take_back(spooler, Patience(TIDY_S))
        return outcome or errand.last_word(Patience(TIDY_S), taken_back)

    def health(self, patience: Patience) -> DeviceHealth:
        """The device's; a spooler that is away shows when something is printed."""
        return self._device.health(patience)

    def close(self) -> None:
        """Nothing stays open between calls."""


@dataclass
class _Errand:
    """One print. ``before``: the device's uptime when it began; ``seen``: the device has had the job.

    ``deaf``: the spooler did not answer; the device alone is watched from then on.
    """

    device: IppDevice
    name: str
    job: int = 0
    before: int = -1
    seen: bool = False
    deaf: bool = False
    began: float = field(default_factory=time.monotonic)

    def watch(self, spooler: Spooler, patience: Patience) -> ReceiptOutcome | None:
        """Printed, or ``None`` when there is nothing more to wait for: then the job is to be taken back."""
        present = time.monotonic()
        while time.monotonic() - present < AWAY_S:
            patience.check()
            try:
                jobs = self.jobs(patience.within(AWAY_S))
                present = time.monotonic()
            except AWAY:
                patience.sleep(LOOK_S)
                continue
            if any(job.state.ended for job in jobs):
                return ReceiptOutcome.PRINTED if verdict(jobs) is ReceiptOutcome.PRINTED else None
            if not jobs and (self.seen or self._spooler_done(spooler, patience)):
                return None
            patience.sleep(LOOK_S)
        return None

    def jobs(self, patience: Patience) -> tuple[Job, ...]:
        """The device's jobs of this name: one, or more if the spooler sent it again."""
        jobs = self.device.find_jobs(self.name, patience)
        self.seen = self.seen or bool(jobs)
        return jobs

    def _spooler_done(self, spooler: Spooler, patience: Patience) -> bool:
        if self.deaf:
            return False
        try:
            state = spooler.state(self.job, patience.within(SPOOLER_S))
        except AWAY:
            patience.check()
            self.deaf = True
            return False
        return state is None or JobState(state).ended

    def take_back(self, spooler: Spooler, patience: Patience) -> bool:
        """Nothing of it is left in the spooler, neither running nor kept; whether that was seen."""
        try:
            while spooler.state(self.job, patience) is not None:
                spooler.purge(self.job, patience)
                patience.sleep(LOOK_S / 2)
        except AWAY:
            return False
        return True

    def last_word(self, patience: Patience, taken_back: bool) -> ReceiptOutcome:
        """What the device says now; what still runs there is cancelled.

        Nothing is *not printed* while a spooler has it, or if the device may have printed it and forgotten.
        """
        try:
            jobs = self.stop(patience)
            proven = taken_back and (bool(jobs) or not self.seen) and self._remembers(patience)
        except AWAY:
            return ReceiptOutcome.UNKNOWN
        said = verdict(jobs)
        return said if proven or said is ReceiptOutcome.PRINTED else ReceiptOutcome.UNKNOWN

    def stop(self, patience: Patience) -> tuple[Job, ...]:
        """The device's jobs of this name, every one ended: what still runs is cancelled."""
        jobs = self.jobs(patience)
        while not all(job.state.ended for job in jobs):
            self._cancel(jobs, patience)
            jobs = self.jobs(patience)
        return jobs

    def _cancel(self, jobs: tuple[Job, ...], patience: Patience) -> None:
        for job in jobs:
            self.device.cancel_job(job.id, patience)
        patience.sleep(LOOK_S)

    def _remembers(self, patience: Patience) -> bool:
        """Whether the device has been on ever since we began: then its list of jobs is the whole story."""
        up = self.device.up_seconds(patience)
        return self.before >= 0 and up >= self.before + time.monotonic() - self.began - UPTIME_GRAIN_S


def verdict(jobs: tuple[Job, ...]) -> ReceiptOutcome:
    """Printed if any was; not printed if there is none, or each ended before its first page."""
    if any(_printed(job) for job in jobs):
        return ReceiptOutcome.PRINTED
    stopped = (JobState.CANCELED, JobState.ABORTED)
    unprinted = all(job.state in stopped and job.impressions == 0 for job in jobs)
    return ReceiptOutcome.NOT_PRINTED if unprinted else ReceiptOutcome.UNKNOWN


def _printed(job: Job) -> bool:
    """Completed, without a word of errors, and not with zero pages."""
    return job.state is JobState.COMPLETED and job.impressions != 0 and "job-completed-with-errors" not in job.reasons


def open_receipts(address: str, patience: Patience) -> CupsReceiptPrinter:
    """``address`` is ``SERVER QUEUE DEVICE-URI``, separated by blanks. Nothing is asked yet."""
    words = address.split()
    if len(words) != 3:
        raise HouseFailure("a receipt printer's address is SERVER QUEUE DEVICE-URI")
    return CupsReceiptPrinter(*words)


DRIVER: Driver[ReceiptPrinter] = Driver("cups", open_receipts, "drivers.printer.sim_rehearsal:ReceiptRehearsal")
