"""What the terminal may ask of a device. Every driver and every simulator keeps the same promise.

All calls block, honour ``Patience`` (deadline and stop) and raise only ``core.failures.Failure``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Protocol

from core.people import IdCard
from core.waiting import Patience


class Condition(StrEnum):
    READY = "ready"
    BUSY = "busy"
    FAULTY = "faulty"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """``device`` is a fixed id (``idcard printer receipt …``); ``failure`` a code of ``core.failures`` when not ready."""

    device: str
    condition: Condition
    failure: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


class Device(Protocol):
    def health(self, patience: Patience) -> DeviceHealth: ...

    def close(self) -> None: ...


class BytePort(Protocol):
    """A line of bytes: the narrow port below a serial driver. Raises ``DeviceGone`` when the line is cut."""

    def write(self, data: bytes, patience: Patience) -> None: ...

    def read(self, most: int, patience: Patience) -> bytes:
        """At least one byte, at most ``most``; raises ``TookTooLong`` when none came in time."""

    def discard_input(self) -> None: ...

    def close(self) -> None: ...


class IdCardReader(Device, Protocol):
    def read(self, patience: Patience) -> IdCard:
        """Wait for a card and read it. ``NoCard`` when none was laid down in time."""

    def wait_removed(self, patience: Patience) -> None:
        """Return when the card just read has left the field."""


class JobState(IntEnum):
    """IPP job-state, RFC 8011 §5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9

    @property
    def ended(self) -> bool:
        return self >= JobState.CANCELED


@dataclass(frozen=True, slots=True)
class Job:
    """What the device itself says of a job: the witness. ``impressions`` are those completed, ``None`` if it does not tell."""

    id: int
    name: str
    state: JobState
    reasons: tuple[str, ...] = ()
    impressions: int | None = None


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """``reasons`` are stems (``media-empty``), without severity suffix. ``paper`` sheets in the certificate tray, -1 unknown."""

    reasons: frozenset[str]
    accepting: bool
    paper: int = -1
    toner_percent: int = -1
    impressions_total: int | None = None

    @property
    def failure(self) -> str | None:
        """Code of the failure that stops a print, or ``None``."""
        stops = {
            "media-empty": "PAPER_OUT",
            "media-needed": "PAPER_OUT",
            "media-jam": "PAPER_JAM",
            "cover-open": "COVER_OPEN",
            "door-open": "COVER_OPEN",
            "toner-empty": "TONER_OUT",
            "marker-supply-empty": "TONER_OUT",
        }
        for stem, code in stops.items():
            if stem in self.reasons:
                return code
        return "PAPER_OUT" if self.paper == 0 else (None if self.accepting else "PRINTER_FAILURE")


class CertificatePrinter(Device, Protocol):
    """Numbered blanks: IPP straight to the device, no spooler, and **no retry** of create or send on any layer."""

    def status(self, patience: Patience) -> PrinterStatus: ...

    def create_job(self, name: str, patience: Patience) -> int:
        """IPP Create-Job: an id; nothing can print yet."""

    def send_document(self, job_id: int, pdf: bytes, patience: Patience) -> None:
        """IPP Send-Document with last-document. Any error during or after it means *unknown*."""

    def job(self, job_id: int, patience: Patience) -> Job | None:
        """The device's own report, or ``None`` if it does not know the job."""

    def find_jobs(self, name: str, patience: Patience) -> tuple[Job, ...]: ...

    def cancel_job(self, job_id: int, patience: Patience) -> None: ...


class ReceiptOutcome(StrEnum):
    PRINTED = "printed"
    NOT_PRINTED = "not_printed"
    UNKNOWN = "unknown"


class ReceiptPrinter(Device, Protocol):
    """Plain paper through the spooler."""

    def print_pdf(self, title: str, pdf: bytes, patience: Patience) -> ReceiptOutcome:
        """Print and wait for the end. The witness is the device's job, not the spooler's word."""
