"""Watching the device's own job until it has ended, and making sure that nothing of ours still moves when we give up."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from core.devices import CertificatePrinter, Job, JobState
from core.failures import DeviceFailure, PrinterFailure, PrinterGone, TookTooLong
from core.waiting import Patience
from core.wire import Evidence
from printing.stores import Attempt, Phase
from printing.witness import judge

LOOK_S = 0.15
ANSWER_S = 5.0
HELD_S = 3.0
STILL_S = 20.0

AWAY = (PrinterFailure, DeviceFailure, TookTooLong)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``settled``: the printer was seen to hold no live job of the attempt."""

    phase: Phase
    evidence: Evidence
    settled: bool


Tell = Callable[[Job | None, str | None], None]
"""Called at every look with the job and the code of what holds it up."""


class Watch:
    """``watch_s``: how long a job may take, waiting for paper included. ``stop``: the process is ending.

    ``look_s``: between two looks. ``held_s``: how long a job may stand without a document.
    """

    def __init__(
        self,
        printer: CertificatePrinter,
        watch_s: float,
        stop: threading.Event,
        look_s: float = LOOK_S,
        held_s: float = HELD_S,
    ) -> None:
        self._printer, self._watch_s, self._stop = printer, watch_s, stop
        self._look_s, self._held_s = look_s, held_s

    def until_ended(self, attempt: Attempt, job_id: int, tell: Tell) -> Verdict:
        """What became of a job that was sent. Raises ``Cancelled`` when the process is to end; the attempt stays open."""
        patience, held = Patience(self._watch_s, self._stop), Patience(self._held_s)
        while not patience.over:
            patience.check()
            try:
                job = self._printer.job(job_id, self._moment(patience))
            except AWAY:
                tell(None, PrinterGone.code)
            else:
                if job is None or job.name != attempt.job_name or job.state.ended:
                    return self._verdict(attempt, job)
                tell(job, self.trouble(patience))
                # A held job has no document: whoever was to send it failed or is dead, and nobody sends twice.
                if job.state is JobState.HELD and held.over:
                    return self._given_up(attempt, job_id, disturbed=False)
            self._stop.wait(patience.slice(self._look_s))
        return self._given_up(attempt, job_id, disturbed=True)

    def find(self, attempt: Attempt) -> Job | None:
        """The newest job of that name, looked for until the printer answers. Raises ``Cancelled``, ``PrinterGone``."""
        patience = Patience(self._watch_s, self._stop)
        while not patience.over:
            patience.check()
            try:
                return self._newest(attempt, patience)
            except AWAY:
                self._stop.wait(patience.slice(self._look_s))
        raise PrinterGone("did not answer")

    def glimpse(self, attempt: Attempt) -> Job | None:
        """The newest job of that name, ``None`` also when the printer does not answer at once."""
        try:
            return self._newest(attempt, Patience(ANSWER_S, self._stop))
        except AWAY:
            return None

    def _newest(self, attempt: Attempt, patience: Patience) -> Job | None:
        jobs = self._printer.find_jobs(attempt.job_name, self._moment(patience))
        return max(jobs, key=lambda job: job.id, default=None)

    def still(self, attempt: Attempt) -> bool:
        """Cancel every live job of that name and wait for the end of it; whether the printer was seen without one."""
        patience = Patience(STILL_S, self._stop)
        try:
            while not patience.over:
                patience.check()
                jobs = self._printer.find_jobs(attempt.job_name, self._moment(patience))
                live = [job for job in jobs if not job.state.ended]
                if not live:
                    return True
                for job in live:
                    self._printer.cancel_job(job.id, self._moment(patience))
                patience.sleep(self._look_s)
        except AWAY:
            return False
        return False

    def trouble(self, patience: Patience) -> str | None:
        """Code of what the printer says stops a print."""
        try:
            return self._printer.status(self._moment(patience)).failure
        except AWAY:
            return PrinterGone.code

    def _given_up(self, attempt: Attempt, job_id: int, disturbed: bool) -> Verdict:
        settled = self.still(attempt)
        try:
            job = self._printer.job(job_id, Patience(ANSWER_S, self._stop))
        except AWAY:
            job = None
        phase = judge(job, attempt.job_name, disturbed=disturbed)
        note = "given up" if settled else "given up; printer not seen still"
        return Verdict(phase, evidence_of(job_id, job, note), settled)

    def _verdict(self, attempt: Attempt, job: Job | None) -> Verdict:
        """A job that ended by itself, or that the printer no longer knows: then nothing of it can be alive either."""
        if job is None or job.name != attempt.job_name:
            note = "the printer does not know the job"
            return Verdict(Phase.UNKNOWN, evidence_of(attempt.job_id, None, note), self.still(attempt))
        jammed = self.trouble(Patience(ANSWER_S, self._stop)) == "PAPER_JAM"
        return Verdict(judge(job, attempt.job_name, disturbed=jammed), evidence_of(job.id, job), settled=True)

    def _moment(self, patience: Patience) -> Patience:
        return patience.within(ANSWER_S)


def evidence_of(job_id: int | None, job: Job | None, note: str = "") -> Evidence:
    if job is None:
        return Evidence(job_id=job_id, note=note)
    reasons = tuple(reason[:60] for reason in job.reasons[:10])
    return Evidence(
        job_id=job.id, job_state=int(job.state), job_reasons=reasons, impressions=job.impressions, note=note
    )
