"""What became of a sheet, judged by what the device itself says of its job. Doubt is UNKNOWN, never PRINTED.

IPP ``completed`` means all sheets are stacked, but may be "with errors", and a printer that lost power answers for a
job it no longer knows; so state, impressions and name must all agree (RFC 8011 §5.3.7, §5.3.8).
"""

from __future__ import annotations

from core.devices import Job, JobState
from printing.stores import Phase

PAGES = 1
_NOT_WELL = ("error", "abort", "cancel")
"""In the reasons of a completed job: ``job-completed-with-errors``, ``aborted-by-system`` …"""
_NOTHING = frozenset({JobState.CANCELED, JobState.ABORTED})


def judge(job: Job | None, name: str, disturbed: bool = False) -> Phase:
    """PRINTED, NOT_PRINTED or UNKNOWN for an ended (or lost) job that was sent as ``name``.

    ``disturbed``: we cancelled it while it was moving, or the printer reports a jam: a sheet may be marked although
    no impression was counted.
    """
    if job is None or job.name != name or job.impressions is None:
        return Phase.UNKNOWN
    if job.state is JobState.COMPLETED and job.impressions == PAGES and not _says(job, *_NOT_WELL):
        return Phase.PRINTED
    if job.state in _NOTHING and job.impressions == 0 and not disturbed and not _says(job, "jam"):
        return Phase.NOT_PRINTED
    return Phase.UNKNOWN


def _says(job: Job, *words: str) -> bool:
    return any(word in reason for reason in job.reasons for word in words)
