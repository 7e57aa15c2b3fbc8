"""The face of trouble: what it is, what is safe, what can be done. Never a dead end, never blames the person."""

from __future__ import annotations

from core.failures import (
    CardFailure,
    CaseFailure,
    CentreFailure,
    DeviceFailure,
    LicenceFailure,
    PrinterFailure,
    TookTooLong,
    every_failure,
)
from flows.steps.trouble import can_go_normal, can_retry
from flows.visit import Step, Trouble, Visit
from kiosk.faces import TroubleBody, Way
from kiosk.words.texts import Speaker

_FAMILIES = (
    (CardFailure, "card", "id_card"),
    (DeviceFailure, "device", "reader"),
    (PrinterFailure, "printer", "printer"),
    (CentreFailure, "centre", "wifi_off"),
    (TookTooLong, "centre", "hourglass"),
    (LicenceFailure, "licence", "licence"),
    (CaseFailure, "case", "document"),
)
_OWN_TITLE = {
    "NOT_PRINTED": "not_printed",
    "PRINT_UNKNOWN": "unknown",
    "CARD_EXPIRED": "card_expired",
    "CARD_KIND_NOT_SERVED": "card_kind",
    "LICENCE_MISSING": "licence_missing",
}
_FIX = frozenset({Step.FORM, Step.SIGN})


def trouble(visit: Visit, say: Speaker) -> TroubleBody:
    found = visit.trouble or Trouble("HOUSE_FAILURE", visit.step)
    title, icon = _title(visit, found)
    return TroubleBody(
        title=say(f"trouble.title.{title}"),
        text=_text(visit, found, say),
        icon=icon,
        kept=tuple(say(f"trouble.kept.{name}") for name in _kept(visit)),
        keep_label=say("trouble.case") if visit.case_no else "",
        keep_code=visit.case_no,
        ways_title=say("trouble.ways"),
        ways=tuple(_ways(visit, found, say)),
        code=say("trouble.code", code=found.code),
    )


def is_doubtful(visit: Visit) -> bool:
    return visit.submission is not None and not visit.case_no


def _title(visit: Visit, found: Trouble) -> tuple[str, str]:
    if is_doubtful(visit):
        return "doubt", "hourglass"
    if visit.case_no and found.code == "CASE_FAILURE":
        return "refused", "document"
    kind = every_failure().get(found.code, Exception)
    name, icon = next(((name, icon) for root, name, icon in _FAMILIES if issubclass(kind, root)), ("house", "wrench"))
    return _OWN_TITLE.get(found.code, name), icon


def _text(visit: Visit, found: Trouble, say: Speaker) -> str:
    if found.reason:
        return say("trouble.reason", reason=found.reason)
    return say.failure(found.code) + (say("trouble.doubt") if is_doubtful(visit) else "")


def _kept(visit: Visit) -> tuple[str, ...]:
    granted = visit.case is not None and visit.case.certificate is not None
    if granted:
        return ("granted", "signed", "free")
    if visit.case_no:
        return ("received", "signed", "free")
    if is_doubtful(visit):
        return ("signed", "free")
    return ("nothing", "typed", "wiped") if visit.library else ("nothing", "wiped")


def _ways(visit: Visit, found: Trouble, say: Speaker) -> list[Way]:
    ways = []
    if can_retry(visit):
        kind = "retry_card" if found.at is Step.CARD else "fix" if found.at in _FIX else "retry"
        ways.append(_way("retry", kind, "retry", say))
    if can_go_normal(visit):
        ways.append(_way("normal", "normal", "document", say))
    ways.append(_way("help", "help", "headset", say))
    home = say("trouble.way.home_kept_text" if visit.case_no else "trouble.way.home_text")
    return [*ways, Way("home", say("trouble.way.home"), home, "home")]


def _way(name: str, words: str, icon: str, say: Speaker) -> Way:
    return Way(name, say(f"trouble.way.{words}"), say(f"trouble.way.{words}_text"), icon)
