"""What the device's jobs of one receipt amount to."""

from __future__ import annotations

import pytest

from core.devices import Job, JobState, ReceiptOutcome
from core.failures import HouseFailure
from core.waiting import Patience
from drivers.receipt.cups_receipt import open_receipts, verdict
from drivers.registry import drivers_of


def job(state: JobState, impressions: int | None, reason: str = "none") -> Job:
    return Job(1, "receipt 0", state, (reason,), impressions)


COMPLETED, CANCELED, ABORTED = JobState.COMPLETED, JobState.CANCELED, JobState.ABORTED


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        ([job(COMPLETED, 1)], "printed"),
        ([job(COMPLETED, None)], "printed"),
        ([job(COMPLETED, 0)], "unknown"),
        ([job(COMPLETED, 1, "job-completed-with-errors")], "unknown"),
        ([job(CANCELED, 0)], "not_printed"),
        ([job(ABORTED, 0)], "not_printed"),
        ([job(ABORTED, 1)], "unknown"),
        ([job(CANCELED, None)], "unknown"),
        ([job(ABORTED, 0), job(COMPLETED, 1)], "printed"),
        ([job(ABORTED, 0), job(CANCELED, 0)], "not_printed"),
        ([job(ABORTED, 0), job(JobState.PROCESSING, 0)], "unknown"),
    ],
)
def test_verdict(jobs: list[Job], expected: str) -> None:
    assert verdict(tuple(jobs)) is ReceiptOutcome(expected)


def test_an_address_has_three_words() -> None:
    with pytest.raises(HouseFailure):
        open_receipts("127.0.0.1:631 receipts", Patience(1))


def test_it_is_found_by_its_name() -> None:
    assert "cups" in drivers_of("receipt")
