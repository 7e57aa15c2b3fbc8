"""智能导办: one question at a time, until a situation or a lawful end. Coming back asks the last question again."""

from __future__ import annotations

from flows.events import Answered, Event
from flows.guide import place
from flows.moves import Move, go, onward, stay
from flows.visit import Step, Visit


def enter(visit: Visit) -> Move:
    return stay(visit if visit.guide.kind == "question" else one_less(visit))


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case Answered(question, answer) if question == visit.guide.name and is_answer(visit, question, answer):
            return _answered(visit, question, answer)
    return None


def is_answer(visit: Visit, question: str, answer: str) -> bool:
    return any(each.id == answer for each in visit.item.guide[question].answers)


def one_less(visit: Visit) -> Visit:
    """Without the last answer."""
    return visit.but(answers=visit.answers[:-1])


def _answered(visit: Visit, question: str, answer: str) -> Move:
    answers = (*visit.answers, (question, answer))
    visit = visit.but(answers=answers)
    match place(visit.item, dict(answers)).kind:
        case "ending":
            return go(visit, Step.ENDING)
        case "situation":
            return onward(visit)
    return go(visit, Step.GUIDE)
