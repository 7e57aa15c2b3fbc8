"""What any IPP printer can be asked about itself and its jobs: the witness of both kinds of printing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.devices import Condition, DeviceHealth, Job, PrinterStatus
from core.failures import PrinterBusy, PrinterFailure, PrinterGone, TookTooLong
from core.waiting import Patience
from drivers.ports.ipp import Attributes, IppPort, Operation, Refused
from drivers.printer.ipp_words import JOB_ATTRIBUTES, PROCESSING, STATUS_ATTRIBUTES, job_of, number, status_of

NOT_POSSIBLE, NOT_FOUND, GONE, BUSY = 0x0404, 0x0406, 0x0407, 0x0507
"""IPP statuses, RFC 8011 §B.1."""


class IppDevice:
    """``device`` is the id in its health, ``tray`` the name of the tray whose level is the paper."""

    device = "printer"

    def __init__(self, uri: str, tray: str = "main") -> None:
        self._port = IppPort(uri)
        self._tray = tray

    def status(self, patience: Patience) -> PrinterStatus:
        return status_of(self.attributes(STATUS_ATTRIBUTES, patience), self._tray)

    def attributes(self, wanted: list[str], patience: Patience) -> Mapping[str, Any]:
        return only(self.ask(Operation.GET_PRINTER_ATTRIBUTES, patience, {"requested-attributes": wanted})["printers"])

    def up_seconds(self, patience: Patience) -> int:
        """Since it was switched on, and so since when it remembers its jobs; -1 if it does not tell."""
        return number(self.attributes(["printer-up-time"], patience).get("printer-up-time"))

    def job(self, job_id: int, patience: Patience) -> Job | None:
        asked: Attributes = {"job-id": job_id, "requested-attributes": JOB_ATTRIBUTES}
        try:
            answer = self._port.ask(Operation.GET_JOB_ATTRIBUTES, patience, asked)
        except Refused as error:
            if error.status in (NOT_FOUND, GONE):
                return None
            raise PrinterFailure(error.detail) from error
        return job_of(only(answer["jobs"]))

    def find_jobs(self, name: str, patience: Patience) -> tuple[Job, ...]:
        """Jobs of that name, oldest first. The unfinished are asked for first: one that ends meanwhile is found twice."""
        found = {}
        for which in ("not-completed", "completed"):
            asked: Attributes = {"which-jobs": which, "my-jobs": False, "requested-attributes": JOB_ATTRIBUTES}
            for attributes in self.ask(Operation.GET_JOBS, patience, asked)["jobs"]:
                job = job_of(attributes)
                found[job.id] = job
        return tuple(found[id_] for id_ in sorted(found) if found[id_].name == name)

    def cancel_job(self, job_id: int, patience: Patience) -> None:
        """Ask for an end. A job that has ended already, or that the printer does not know, is no failure."""
        try:
            self._port.ask(Operation.CANCEL_JOB, patience, {"job-id": job_id})
        except Refused as error:
            if error.status not in (NOT_POSSIBLE, NOT_FOUND, GONE):
                raise PrinterFailure(error.detail) from error

    def health(self, patience: Patience) -> DeviceHealth:
        try:
            printer = self.attributes(STATUS_ATTRIBUTES, patience)
        except (PrinterGone, TookTooLong) as error:
            return DeviceHealth(self.device, Condition.GONE, PrinterGone.code, {"detail": error.detail})
        except PrinterFailure as error:
            return DeviceHealth(self.device, Condition.FAULTY, error.code, {"detail": error.detail})
        status = status_of(printer, self._tray)
        facts = _facts(status)
        if status.failure is not None:
            return DeviceHealth(self.device, Condition.FAULTY, status.failure, facts)
        busy = printer.get("printer-state") == PROCESSING
        return DeviceHealth(self.device, Condition.BUSY if busy else Condition.READY, None, facts)

    def close(self) -> None:
        """Nothing stays open between calls."""

    def ask(
        self, operation: Operation, patience: Patience, asked: Attributes, job: Attributes | None = None
    ) -> Mapping[str, Any]:
        """``IppPort.ask`` with an error of the printer turned into a failure."""
        try:
            return self._port.ask(operation, patience, asked, job)
        except Refused as error:
            raise (PrinterBusy if error.status == BUSY else PrinterFailure)(error.detail) from error


def only(groups: list[dict[str, Any]]) -> dict[str, Any]:
    if not groups:
        raise PrinterFailure("the printer's answer is empty")
    return groups[0]


def _facts(status: PrinterStatus) -> dict[str, str]:
    reasons = ",".join(sorted(status.reasons))
    return {"paper": str(status.paper), "toner": str(status.toner_percent), "reasons": reasons}
