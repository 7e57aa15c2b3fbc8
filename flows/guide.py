"""智能导办: questions that end in a situation to apply for, or lawfully in "you need nothing"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.catalogue import ServiceItem


@dataclass(frozen=True, slots=True)
class Place:
    """Where the guide stands. ``kind``: question, ending, situation; ``asked``: the questions answered on the way."""

    kind: str
    name: str
    asked: tuple[str, ...] = ()


def place(item: ServiceItem, answers: Mapping[str, str]) -> Place:
    """Follow ``answers`` from the start. Answers to questions that are not on the way count for nothing."""
    kind, name = "question", item.guide_start
    asked: list[str] = []
    while kind == "question" and name not in asked:
        lead = _lead(item, name, answers.get(name))
        if lead is None:
            break
        asked.append(name)
        kind, _, name = lead.partition(":")
    return Place(kind, name, tuple(asked))


def is_exact(item: ServiceItem, answers: Mapping[str, str], situation: str) -> bool:
    """Whether the answers lead to this situation, with none too many: what the centre asks of a submission."""
    found = place(item, answers)
    return (found.kind, found.name) == ("situation", situation) and set(found.asked) == set(answers)


def leaves(item: ServiceItem) -> Iterator[tuple[dict[str, str], Place]]:
    """Every way through the guide, with the answers that lead there."""
    yield from _leaves(item, {})


def _leaves(item: ServiceItem, answers: dict[str, str]) -> Iterator[tuple[dict[str, str], Place]]:
    found = place(item, answers)
    if found.kind != "question" or found.name in answers:
        yield answers, found
        return
    for answer in item.guide[found.name].answers:
        yield from _leaves(item, answers | {found.name: answer.id})


def _lead(item: ServiceItem, question: str, answer: str | None) -> str | None:
    return next((each.leads_to for each in item.guide[question].answers if each.id == answer), None)
