"""One guide question: its answers as large cards, and why it is asked."""

from __future__ import annotations

from flows.events import Answered
from kiosk import theme as colours
from kiosk.faces import Choice, QuestionBody
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box, Node, Press

FEW, MANY = 4, 6


def page(body: QuestionBody, kit: Kit) -> Page:
    head = kit.column(
        *((kit.text("caption", body.count, colours.SECOND),) if body.count else ()),
        kit.text("title", body.ask),
        gap=6,
    )
    why = kit.band(
        "info",
        kit.icon("question", 56, colours.PRIMARY),
        kit.column(
            kit.text("label", body.why_label, colours.PRIMARY_DEEP),
            kit.text("body", body.why, "#23406F"),
            gap=4,
            grow=1,
        ),
    )
    choices = _choices(body, kit)
    content = (
        kit.split(kit.column(head, why, gap=26), choices, 0.72) if kit.wide else kit.column(head, choices, why, gap=34)
    )
    return Page(f"question.{body.question}", content)


def _choices(body: QuestionBody, kit: Kit) -> Box:
    across = 2 if len(body.choices) > MANY and not (kit.elder and not kit.wide) else 1
    rows = []
    for start in range(0, len(body.choices), across):
        cells: list[Node] = [_choice(kit, body, choice) for choice in body.choices[start : start + across]]
        cells += [Box(grow=1)] * (across - len(cells))
        rows.append(kit.row(*cells, gap=18, cross="stretch"))
    return kit.column(*rows, gap=18)


def _choice(kit: Kit, body: QuestionBody, choice: Choice) -> Box:
    few = len(body.choices) <= FEW
    words: list[Node] = [kit.text("heading" if few else "label", choice.label, lines=2)]
    if choice.explain:
        words.append(kit.text("body" if few else "caption", choice.explain, colours.SECOND))
    edge = colours.PRIMARY if choice.chosen else "#C9D6EA"
    sign = kit.icon("check_circle" if choice.chosen else "right", 46 if choice.chosen else 36, colours.PRIMARY)
    return kit.card(
        kit.column(*words, gap=4, grow=1, main="center"),
        sign,
        axis="x",
        cross="center",
        edge=edge,
        fill="#F4F8FF" if choice.chosen else colours.WHITE,
        press=Press(f"answer.{choice.id}", Answered(body.question, choice.id)),
        grow=1,
        key=choice.id,
        least=max(kit.px(178 if few else 118), kit.theme.target),
        pad=kit.pad(36 if few else 30, 20),
    )
