"""What is around every body: the head with place, time and progress, the bar below, and what may lie over it."""

from __future__ import annotations

from datetime import datetime

from flows.idle import seconds_left
from flows.route import MARKS, can_back, can_leave, stop_of
from flows.visit import Asking, Step, Visit
from kiosk.faces import Bar, Chrome, Overlay, StepMark
from kiosk.words.say import when
from kiosk.words.texts import Speaker

QUIET = frozenset({Step.HOME, Step.OVER})
"""Nobody is being timed here."""


def chrome(visit: Visit, now: datetime, say: Speaker) -> Chrome:
    lobby = visit.lobby
    return Chrome(
        place=lobby.told.place if lobby.told else say("common.offline_place"),
        when=when(say, now),
        online=lobby.told is not None and lobby.away is None,
        title=title(visit, say),
        person=visit.card.masked_name if visit.card else "",
        steps=marks(visit, say),
        bar=bar(visit, say),
        language=visit.language,
        elder=visit.elder,
    )


def title(visit: Visit, say: Speaker) -> str:
    if not visit.item_id:
        return say("home.title")
    name = say.of(visit.item.name)
    if not visit.situation:
        return name
    return say("common.title", item=name, situation=say.of(visit.item.situations[visit.situation].name))


def marks(visit: Visit, say: Speaker) -> tuple[StepMark, ...]:
    """The progress line; empty on the first and the last screens."""
    step = visit.trouble.at if visit.trouble else visit.step
    mark = stop_of(step).mark
    if step in QUIET or not mark:
        return ()
    here = MARKS.index(mark)
    states = ("done" if place < here else "now" if place == here else "ahead" for place in range(len(MARKS)))
    return tuple(StepMark(say(f"mark.{name}"), state) for name, state in zip(MARKS, states, strict=True))


def bar(visit: Visit, say: Speaker) -> Bar:
    timed = visit.step not in QUIET and not stop_of(visit.step).ours
    return Bar(
        home=say("common.home"),
        back=say("common.back"),
        language=say("common.language"),
        elder=say("common.elder_off" if visit.elder else "common.elder_on"),
        help=say("common.help"),
        can_home=can_leave(visit),
        can_back=can_back(visit),
        can_language=visit.step is not Step.OVER,
        seconds_left=seconds_left(visit) if timed else 0,
        seconds_unit=say("common.seconds"),
        up=say("common.up"),
        down=say("common.down"),
    )


def overlay(visit: Visit, say: Speaker) -> Overlay | None:
    if visit.asking is None:
        return None
    help_called = visit.asking is Asking.HELP
    return Overlay(
        kind="help" if help_called else "stay",
        title=say(f"overlay.{visit.asking}_title"),
        text=say("overlay.idle_sent_text" if _is_kept(visit) else f"overlay.{visit.asking}_text"),
        seconds=0 if help_called else seconds_left(visit),
        stay_label=say("overlay.stay" if visit.asking is Asking.IDLE else "overlay.close"),
        leave_label="" if help_called else say("overlay.leave"),
    )


def _is_kept(visit: Visit) -> bool:
    return visit.asking is Asking.IDLE and bool(visit.case_no)
