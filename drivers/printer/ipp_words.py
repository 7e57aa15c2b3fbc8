"""IPP attributes as our words: status, trays, supplies, jobs. Pure; any shape a printer may send ends in a value.

``printer-input-tray`` and ``printer-supply`` are octet strings ``key=value;…`` (PWG 5100.9 §5.3, after RFC 3805).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.devices import Job, JobState, PrinterStatus

STATUS_ATTRIBUTES = [
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "printer-input-tray",
    "printer-supply",
    "printer-impressions-completed",
    "printer-up-time",
]
JOB_ATTRIBUTES = [
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions",
    "job-impressions-completed",
]
PROCESSING, STOPPED = 4, 5
"""printer-state, RFC 8011 §5.4.11."""
UNKNOWN_LEVEL = -1
_SEVERITY = re.compile(r"-(error|warning|report)$")


def many(value: Any) -> Sequence[Any]:
    """IPP 1setOf: pyipp gives a bare value for one."""
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def stems(reasons: Any) -> frozenset[str]:
    """Reasons without severity: printers change the suffix at will (an error was seen to come back as a warning)."""
    return frozenset(_SEVERITY.sub("", str(reason)) for reason in many(reasons)) - {"none"}


def record(octets: Any) -> dict[str, str]:
    """``a=1;b=2;`` as a mapping."""
    return dict(part.split("=", 1) for part in str(octets).split(";") if "=" in part)


def number(value: Any, default: int = UNKNOWN_LEVEL) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return default


def paper_level(trays: Any, name: str) -> int:
    """Sheets in the tray called ``name``, else in the first that knows; -1 unknown (-2 and -3 of RFC 3805 are too)."""
    known = {tray.get("name", ""): number(tray.get("level")) for tray in map(record, many(trays))}
    if known.get(name, UNKNOWN_LEVEL) >= 0:
        return known[name]
    return next((level for level in known.values() if level >= 0), UNKNOWN_LEVEL)


def toner_percent(supplies: Any) -> int:
    """The emptiest of what is consumed (not the waste box), in percent; -1 unknown."""
    consumed = [supply for supply in map(record, many(supplies)) if supply.get("class") == "supplyThatIsConsumed"]
    levels = [_percent(number(supply.get("level")), number(supply.get("maxcapacity"))) for supply in consumed]
    return min((level for level in levels if level >= 0), default=UNKNOWN_LEVEL)


def _percent(level: int, most: int) -> int:
    return level * 100 // most if level >= 0 and most > 0 else UNKNOWN_LEVEL


def status_of(printer: Mapping[str, Any], tray: str) -> PrinterStatus:
    """``accepting`` is false for a stopped printer as well: it takes jobs, but prints none."""
    total = printer.get("printer-impressions-completed")
    return PrinterStatus(
        reasons=stems(printer.get("printer-state-reasons")),
        accepting=bool(printer.get("printer-is-accepting-jobs")) and printer.get("printer-state") != STOPPED,
        paper=paper_level(printer.get("printer-input-tray"), tray),
        toner_percent=toner_percent(printer.get("printer-supply")),
        impressions_total=total if isinstance(total, int) else None,
    )


def job_of(attributes: Mapping[str, Any]) -> Job:
    completed = attributes.get("job-impressions-completed")
    return Job(
        id=number(attributes.get("job-id")),
        name=str(attributes.get("job-name", "")),
        state=_state(attributes.get("job-state")),
        reasons=tuple(str(reason) for reason in many(attributes.get("job-state-reasons"))),
        impressions=completed if isinstance(completed, int) else None,
    )


def _state(told: Any) -> JobState:
    """What cannot be read is taken as still moving: nobody may conclude anything from it."""
    try:
        return JobState(number(told))
    except ValueError:
        return JobState.PROCESSING
