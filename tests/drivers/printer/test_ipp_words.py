"""What printers say, as our words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.devices import Job, JobState, PrinterStatus
from drivers.printer.ipp_words import job_of, paper_level, status_of, stems, toner_percent

MAIN = "type=sheetFeedAutoRemovableTray;mediafeed=29700;maxcapacity=250;level={};status=0;name=main;"
PHOTO = "type=sheetFeedAutoRemovableTray;maxcapacity=25;level=25;status=0;name=photo"
AUTO = "type=sheetFeedAutoRemovableTray;maxcapacity=-2;level=-2;status=0;name=auto"
WASTE = "index=1;class=receptacleThatIsFilled;type=wasteToner;unit=percent;maxcapacity=100;level=0;"
BLACK = "index=2;class=supplyThatIsConsumed;type=toner;maxcapacity={};level={};colorantname=black;"


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        (None, set()),
        ("none", set()),
        ("media-empty-error", {"media-empty"}),
        (["media-empty-warning", "media-needed-report", "toner-low"], {"media-empty", "media-needed", "toner-low"}),
        (["com.example.warning-light"], {"com.example.warning-light"}),
    ],
)
def test_reasons_without_severity(reasons: Any, expected: set[str]) -> None:
    assert stems(reasons) == expected


@pytest.mark.parametrize(
    ("trays", "name", "sheets"),
    [
        (None, "main", -1),
        (AUTO, "main", -1),
        ([AUTO, MAIN.format(0), PHOTO], "main", 0),
        ([AUTO, MAIN.format(17), PHOTO], "photo", 25),
        ([AUTO, MAIN.format(17)], "tray-9", 17),
        ([MAIN.format(-3)], "main", -1),
        (["nonsense", "level=;name=main", "level=x"], "main", -1),
    ],
)
def test_paper(trays: Any, name: str, sheets: int) -> None:
    assert paper_level(trays, name) == sheets


@pytest.mark.parametrize(
    ("supplies", "percent"),
    [
        (None, -1),
        (WASTE, -1),
        ([WASTE, BLACK.format(100, 60), BLACK.format(100, 5)], 5),
        (BLACK.format(50, 10), 20),
        (BLACK.format(0, 10), -1),
        (BLACK.format(-2, -3), -1),
    ],
)
def test_toner(supplies: Any, percent: int) -> None:
    assert toner_percent(supplies) == percent


@pytest.mark.parametrize(
    ("printer", "failure"),
    [
        ({"printer-is-accepting-jobs": True, "printer-state": 3}, None),
        ({"printer-is-accepting-jobs": True, "printer-state": 5}, "PRINTER_FAILURE"),
        ({"printer-is-accepting-jobs": False, "printer-state": 3}, "PRINTER_FAILURE"),
        ({"printer-is-accepting-jobs": True, "printer-state": 5, "printer-state-reasons": "media-jam"}, "PAPER_JAM"),
        ({"printer-is-accepting-jobs": True, "printer-input-tray": MAIN.format(0)}, "PAPER_OUT"),
        (
            {"printer-is-accepting-jobs": True, "printer-state-reasons": ["toner-low", "cover-open-report"]},
            "COVER_OPEN",
        ),
    ],
)
def test_what_stops_a_print(printer: dict[str, Any], failure: str | None) -> None:
    assert status_of(printer, "main").failure == failure


def test_a_job() -> None:
    told = {"job-id": 7, "job-name": "O-1:1", "job-state": 9, "job-state-reasons": "job-completed-successfully"}
    assert job_of(told) == Job(7, "O-1:1", JobState.COMPLETED, ("job-completed-successfully",), None)
    assert job_of(told | {"job-impressions-completed": 0}).impressions == 0


ANY = st.recursive(st.none() | st.integers() | st.text() | st.booleans(), st.lists, max_leaves=5)


@given(st.dictionaries(st.sampled_from(["printer-state-reasons", "printer-input-tray", "printer-supply"]), ANY))
def test_no_answer_breaks_it(printer: dict[str, Any]) -> None:
    assert isinstance(status_of(printer, "main"), PrinterStatus)


@given(st.dictionaries(st.sampled_from(["job-id", "job-name", "job-state-reasons", "job-state"]), ANY))
def test_no_job_breaks_it(told: dict[str, Any]) -> None:
    assert isinstance(job_of(told), Job)
