"""The spooler's client as a program of its own: ``cups_port.py SERVER``. The only importer of pycups (GPL-2.0-or-later).

pycups has no time-outs: when cupsd hangs, a call never comes back, and a thread in it cannot be ended. So it lives in a
child process that can be killed; ``drivers.receipt.spooler`` is its other end. One JSON object a line on standard input,
followed by ``size`` bytes of a document if it says so; one JSON object a line back. Standard library and pycups only.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import cups

NOT_FOUND = 0x0406


class Client:
    """``server`` is ``host:port`` or the path of a socket."""

    def __init__(self, server: str) -> None:
        cups.setServer(server)
        cups.setUser("tongban")
        cups.setPasswordCB(lambda prompt: "")  # the library's own asks at the terminal, and waits
        self._connection = cups.Connection()

    def create(self, queue: str, title: str, options: dict[str, str]) -> dict[str, Any]:
        return {"job": self._connection.createJob(queue, title, options)}

    def send(self, queue: str, job: int, document: bytes) -> dict[str, Any]:
        self._connection.startDocument(queue, job, "document", "application/pdf", 1)
        self._connection.writeRequestData(document, len(document))
        return {"status": self._connection.finishDocument(queue)}

    def state(self, job: int) -> dict[str, Any]:
        """The job's state, ``None`` when the spooler does not know it (any more)."""
        try:
            return {"state": int(self._connection.getJobAttributes(job, ["job-state"])["job-state"])}
        except cups.IPPError as error:
            if error.args[0] == NOT_FOUND:
                return {"state": None}
            raise

    def purge(self, job: int) -> dict[str, Any]:
        """Cancel it if it still runs, and forget it with its document. A running one has to be purged again when ended."""
        try:
            self._connection.cancelJob(job, purge_job=True)
        except cups.IPPError as error:
            if error.args[0] != NOT_FOUND:
                raise
        return {}

    def mine(self) -> dict[str, Any]:
        """Number and name of all jobs of ours that the spooler knows, running or kept."""
        known = self._connection.getJobs(which_jobs="all", my_jobs=True, requested_attributes=["job-id", "job-name"])
        return {"jobs": {job: told.get("job-name", "") for job, told in known.items()}}

    def obey(self, order: dict[str, Any], document: bytes) -> dict[str, Any]:
        acts = (self.create, self.send, self.state, self.purge, self.mine)
        act: Any = {act.__name__: act for act in acts}[order.pop("act")]
        answer: dict[str, Any] = act(**order, document=document) if document else act(**order)
        return answer


def main(server: str) -> None:
    client: Client | None = None
    for line in iter(sys.stdin.buffer.readline, b""):
        order = json.loads(line)
        document = sys.stdin.buffer.read(order.pop("size", 0))
        try:
            client = client or Client(server)
            answer = client.obey(order, document)
        except (cups.IPPError, cups.HTTPError) as error:
            answer = {"error": f"{type(error).__name__} {error.args[0]}"}
        except RuntimeError:  # "failed to connect to server"
            answer = {"error": "spooler away"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
