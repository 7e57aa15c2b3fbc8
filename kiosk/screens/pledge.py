"""The whole pledge, what follows from it, and both ways on with equal weight."""

from __future__ import annotations

from flows.events import RouteChosen
from kiosk import theme as colours
from kiosk.faces import PledgeBody
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box, Node


def page(body: PledgeBody, kit: Kit) -> Page:
    head = kit.column(
        kit.text("heading", body.title, align="center"),
        kit.text("caption", body.subject, colours.SECOND, align="center"),
        gap=4,
    )
    conditions = _numbered(kit, body.conditions_label, body.conditions, colours.SECOND)
    clauses = _numbered(kit, body.clauses_label, body.clauses, colours.PRIMARY)
    after = kit.column(_deadline(body, kit), _consequences(body, kit), _withdraw(body, kit), gap=16)
    if kit.wide:
        content: Node = kit.row(
            kit.card(head, kit.rule(), conditions, clauses, gap=18, grow=1.25, pad=kit.pad(30, 22)),
            kit.column(after, grow=1),
            gap=24,
            cross="start",
        )
    else:
        content = kit.card(head, kit.rule(), conditions, clauses, after, gap=20, pad=kit.pad(30, 24))
    return Page("pledge", content, _ways(body, kit))


def _numbered(kit: Kit, label: str, lines: tuple[str, ...], ground: str) -> Box:
    rows = [
        kit.bullet(kit.disc(str(n), 50 if kit.elder else 40, ground, colours.WHITE), kit.text("body", line, grow=1))
        for n, line in enumerate(lines, 1)
    ]
    return kit.column(kit.text("label", label), *rows, gap=8)


def _deadline(body: PledgeBody, kit: Kit) -> Box:
    """The days large, what they are for beside them, the last day and the papers below."""
    ink = colours.tone("warn").ink
    days = kit.row(
        kit.text("title", body.deadline_days, ink), kit.text("heading", body.deadline_title, ink, grow=1), gap=14
    )
    words = kit.column(days, kit.text("body", body.deadline_text, ink), grow=1)
    return kit.band("warn", kit.icon("calendar", 62, ink, 0.25), words, gap=22, cross="start")


def _consequences(body: PledgeBody, kit: Kit) -> Box:
    shade = colours.tone("bad")
    lines = [
        kit.bullet(kit.icon("dot", 22, shade.strong), kit.text("body", line, shade.ink, grow=1), gap=10)
        for line in body.consequences
    ]
    return kit.band("bad", kit.icon("exclaim", 50, shade.strong), kit.column(*lines, gap=4, grow=1), cross="start")


def _withdraw(body: PledgeBody, kit: Kit) -> Box:
    return kit.told("info", body.withdraw, "undo")


def _ways(body: PledgeBody, kit: Kit) -> Box:
    """Two buttons of one size. When the pledge is not open, why, and the normal way alone."""
    normal = kit.button(
        "normal",
        body.normal_label,
        RouteChosen(False),
        kind="dark",
        icon="document",
        sub=body.normal_text,
        grow=1,
        tall=132,
    )
    if not body.offered:
        return kit.footer(kit.told("warn", body.why_not), normal, stacked=True)
    pledge = kit.button(
        "pledge", body.pledge_label, RouteChosen(True), icon="check_badge", sub=body.pledge_text, grow=1, tall=132
    )
    choose, equal = kit.text("label", body.choose_label, grow=1), kit.text("caption", body.equal_label, colours.SECOND)
    head, both = kit.row(choose, equal, gap=12), kit.row(normal, pledge, gap=18, cross="stretch")
    if kit.elder and not kit.wide:
        head, both = kit.column(choose, equal), kit.column(normal, pledge, gap=14)
    return kit.footer(head, both, stacked=True)
