"""Blanks and their account, the witness's judgement, and when a terminal may try."""

from __future__ import annotations

import pytest

from core.devices import Job, JobState
from core.failures import BlanksOut, HouseFailure
from core.wire import Outcome
from printing.attempt import ending, may_try, told
from printing.blanks import BlankRange, account, next_blank
from printing.stores import Attempt, Blank, BlankState, Phase
from printing.witness import judge

NAME = "O:1"


def job(state: JobState, impressions: int | None, *reasons: str, name: str = NAME) -> Job:
    return Job(7, name, state, reasons, impressions)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (job(JobState.COMPLETED, 1), Phase.PRINTED),
        (job(JobState.COMPLETED, 1, "job-completed-successfully"), Phase.PRINTED),
        (job(JobState.COMPLETED, 1, "job-completed-with-warnings"), Phase.PRINTED),
        (job(JobState.COMPLETED, 1, "job-completed-with-errors"), Phase.UNKNOWN),
        (job(JobState.COMPLETED, 1, "aborted-by-system"), Phase.UNKNOWN),
        (job(JobState.COMPLETED, 1, "job-canceled-at-device"), Phase.UNKNOWN),
        (job(JobState.COMPLETED, 0), Phase.UNKNOWN),
        (job(JobState.COMPLETED, 2), Phase.UNKNOWN),
        (job(JobState.COMPLETED, None), Phase.UNKNOWN),
        (job(JobState.COMPLETED, 1, name="O:2"), Phase.UNKNOWN),
        (job(JobState.ABORTED, 0), Phase.NOT_PRINTED),
        (job(JobState.CANCELED, 0), Phase.NOT_PRINTED),
        (job(JobState.ABORTED, 1), Phase.UNKNOWN),
        (job(JobState.ABORTED, None), Phase.UNKNOWN),
        (job(JobState.ABORTED, 0, "media-jam-error"), Phase.UNKNOWN),
        (job(JobState.CANCELED, 0, name="O:2"), Phase.UNKNOWN),
        (job(JobState.PROCESSING, 1), Phase.UNKNOWN),
        (job(JobState.PROCESSING, 0), Phase.UNKNOWN),
        (None, Phase.UNKNOWN),
    ],
)
def test_all_witnesses_must_agree(found: Job | None, verdict: Phase) -> None:
    assert judge(found, NAME) is verdict


def test_a_disturbed_job_proves_only_that_it_printed() -> None:
    assert judge(job(JobState.CANCELED, 0), NAME, disturbed=True) is Phase.UNKNOWN
    assert judge(job(JobState.COMPLETED, 1), NAME, disturbed=True) is Phase.PRINTED


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("phase", [None, *Phase])
def test_when_a_request_begins_an_attempt(phase: Phase | None, again: bool) -> None:
    latest = None if phase is None else Attempt("O", 1, "B1", phase)
    expected = phase in (None, Phase.DEAD) or (again and phase not in (Phase.PREP, Phase.START))
    assert may_try(latest, again) is expected


def test_only_ends_are_ends() -> None:
    assert {told(phase) for phase in Phase if phase.ended} == set(Outcome)
    for phase in (Phase.PREP, Phase.START):
        with pytest.raises(HouseFailure):
            ending(phase)
        with pytest.raises(ValueError, match="not a valid"):
            told(phase)


def test_a_range_names_every_sheet() -> None:
    loaded = BlankRange("a4", "WJ000098", "WJ000101")
    assert list(loaded.numbers()) == ["WJ000098", "WJ000099", "WJ000100", "WJ000101"]
    assert len(loaded) == 4


@pytest.mark.parametrize(
    ("first", "last"),
    [("A2", "A1"), ("A1", "B2"), ("A1", "A02"), ("", "A1"), ("A", "A"), ("a1", "a2"), ("A1", "A1 "), ("A0", "A999999")],
)
def test_what_is_no_range(first: str, last: str) -> None:
    with pytest.raises(ValueError, match=r"range|number"):
        BlankRange("a4", first, last)


def test_sheets_leave_the_tray_in_order() -> None:
    assert next_blank(["A3", "A1", "A2"], frozenset()) == "A1"
    assert next_blank(["A3", "A1", "A2"], frozenset({"A1"})) == "A2"
    with pytest.raises(BlanksOut):
        next_blank(["A1"], frozenset({"A1"}))


def test_the_account_of_a_range() -> None:
    loaded = BlankRange("a4", "A1", "A4")
    states = {"A1": BlankState.USED, "A2": BlankState.RESERVED, "A3": BlankState.VOID, "B1": BlankState.AVAILABLE}
    found = account(loaded, [Blank(number, "a4", "A", state) for number, state in states.items()])
    assert found.counts == {BlankState.USED: 1, BlankState.RESERVED: 1, BlankState.VOID: 1}
    assert found.missing == ("A4",)
    assert not found.closed


def test_a_closed_account() -> None:
    loaded = BlankRange("a4", "A1", "A2")
    found = account(loaded, [Blank("A1", "a4", "A", BlankState.USED), Blank("A2", "a4", "A", BlankState.AVAILABLE)])
    assert found.closed
