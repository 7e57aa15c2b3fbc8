"""A visit in words: ``face_of`` turns it into the frozen face that a screen draws. Pure; no sentence is written in code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from flows.visit import Step, Visit
from kiosk.faces import Body, Face
from kiosk.words import finish, ground, paper, start, trouble
from kiosk.words.texts import Speaker, Texts, load_texts

__all__ = ["Texts", "face_of", "load_texts"]

BODIES: Mapping[Step, Callable[[Visit, Speaker], Body]] = {
    Step.HOME: start.home,
    Step.GUIDE: start.question,
    Step.ENDING: start.ending,
    Step.NO_PRINT: start.no_print,
    Step.NO_PRINT_LATE: start.no_print,
    Step.NOTICE: start.notice,
    Step.CARD: start.card,
    Step.FETCH: start.fetching,
    Step.FORM: paper.form,
    Step.MATERIALS: paper.materials,
    Step.CHECK: paper.checking,
    Step.PLEDGE: paper.pledge,
    Step.SIGN: paper.sign,
    Step.REVIEW: paper.review,
    Step.SUBMIT: finish.submitting,
    Step.DECIDING: finish.deciding,
    Step.PRINTING: finish.printing,
    Step.TAKE: finish.take,
    Step.RECEIVED: finish.received,
    Step.RATE: finish.rate,
    Step.GOODBYE: finish.goodbye,
    Step.TROUBLE: trouble.trouble,
    Step.OVER: start.home,
}


def face_of(visit: Visit, now: datetime, texts: Texts) -> Face:
    """What the screen shows at ``now`` (aware)."""
    say = texts.speaker(visit.language)
    return Face(ground.chrome(visit, now, say), BODIES[visit.step](visit, say), ground.overlay(visit, say))
