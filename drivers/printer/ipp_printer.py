"""The certificate printer: IPP straight to the device, no spooler between, every request sent once.

``create_job`` answers an id while nothing can print yet, so that the id can be made durable; ``send_document`` is the
point of no return. RFC 8011 §4.2.4, §4.3.1; the order is the print protocol's.
"""

from __future__ import annotations

from core.devices import CertificatePrinter
from core.failures import Failure, NotPrinted, PrinterFailure, PrinterGone, PrintUnknown
from core.waiting import Patience
from drivers.driver import Driver
from drivers.ports.ipp import Attributes, Operation
from drivers.printer.ipp_device import IppDevice, only
from drivers.printer.ipp_words import many

A4 = "iso_a4_210x297mm"
MUST_HOLD = {"media", "copies", "sides"}
"""Job attributes without which the sheet would be the wrong one."""


class IppCertificatePrinter(IppDevice):
    """Keeps ``core.devices.CertificatePrinter``. ``uri`` names an IP address or ``localhost``: see ``drivers.ports.ipp``."""

    def create_job(self, name: str, patience: Patience) -> int:
        """IPP Create-Job: an id; the job stands at job-data-insufficient. Raises ``PrinterGone``, ``PrinterBusy`` …

        After any other failure the printer may hold an empty job of this name, which can never print.
        """
        template = self._template(patience)
        asked: Attributes = {"job-name": name, "ipp-attribute-fidelity": True}
        answer = self.ask(Operation.CREATE_JOB, patience, asked, template)
        job_id = only(answer["jobs"]).get("job-id")
        if not isinstance(job_id, int):
            raise PrinterFailure("Create-Job was answered without a job-id")
        if ignored := {name for group in answer["unsupported-attributes"] for name in group} & MUST_HOLD:
            self.cancel_job(job_id, patience)
            raise PrinterFailure(f"printer ignores {sorted(ignored)}")
        return job_id

    def send_document(self, job_id: int, pdf: bytes, patience: Patience) -> None:
        """IPP Send-Document with last-document.

        Raises ``NotPrinted`` when not one byte could leave this machine, ``PrintUnknown`` for everything else: also
        when the printer answers with an error, or when the waiting is stopped.
        """
        if patience.stopped or patience.over:
            raise NotPrinted("stopped before anything was sent")
        asked: Attributes = {"job-id": job_id, "document-format": "application/pdf", "last-document": True}
        try:
            self._port.ask(Operation.SEND_DOCUMENT, patience, asked, document=pdf)
        except PrinterGone as error:
            raise NotPrinted(f"nothing was sent: {error.detail}") from error
        except Failure as error:
            raise PrintUnknown(f"Send-Document: {error}") from error

    def _template(self, patience: Patience) -> Attributes:
        """One A4 sheet, one side, not scaled if the printer can leave it alone: the face is in exact millimetres."""
        supported = self.attributes(["print-scaling-supported", "sides-supported"], patience)
        template: Attributes = {"media": A4, "copies": 1}
        if "none" in many(supported.get("print-scaling-supported")):
            template["print-scaling"] = "none"
        if "one-sided" in many(supported.get("sides-supported")):
            template["sides"] = "one-sided"
        return template


def open_printer(uri: str, patience: Patience) -> IppCertificatePrinter:
    """Nothing is asked yet: a printer that is switched off can be opened, and says so in its health."""
    return IppCertificatePrinter(uri)


DRIVER: Driver[CertificatePrinter] = Driver("ipp", open_printer, "drivers.printer.sim_rehearsal:PrinterRehearsal")
