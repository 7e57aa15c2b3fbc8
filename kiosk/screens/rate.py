"""Five faces, and for the sad ones what was wrong. May be skipped."""

from __future__ import annotations

from flows.events import Confirmed, Rated, RatingSkipped, ReasonTicked
from kiosk import theme as colours
from kiosk.faces import Choice, RateBody, Tick
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box, Node, Press

MOODS = {"5": colours.GREEN, "4": "#2F8F3A", "3": "#9A6B00", "2": "#B4530A", "1": colours.RED}


def page(body: RateBody, kit: Kit) -> Page:
    head = kit.column(
        kit.text("title", body.title, align="center"),
        kit.text("label", body.text, colours.SECOND, align="center", bold=False),
        gap=12,
    )
    levels = [_level(kit, choice) for choice in body.levels]
    stacked = kit.elder and not kit.wide
    faces = kit.column(*levels, gap=14) if stacked else kit.row(*levels, gap=14, cross="stretch")
    parts: list[Node] = [head, faces]
    if body.reasons:
        parts.append(_reasons(body, kit))
    footer = kit.footer(
        kit.button("skip", body.skip_label, RatingSkipped(), kind="line", grow=1),
        kit.button("go", body.go_label, Confirmed(), enabled=body.can_go, grow=1.4),
    )
    return Page("rate", kit.sheet(kit.column(*parts, gap=44), 1400), footer, middle=True)


def _level(kit: Kit, choice: Choice) -> Box:
    colour = MOODS.get(choice.id, colours.PRIMARY)
    sign = kit.icon(f"face_{choice.id}", 96 if kit.elder and not kit.wide else 118, colour)
    stacked = kit.elder and not kit.wide
    label = kit.text(
        "label",
        choice.label,
        align="left" if stacked else "center",
        lines=1 if stacked else 2,
        shrink=0.8,
        grow=1 if stacked else 0,
    )
    return kit.card(
        sign,
        label,
        axis="x" if stacked else "y",
        gap=20,
        cross="center" if stacked else "stretch",
        main="center",
        edge=colour if choice.chosen else "#D3DDED",
        edge_width=6 if choice.chosen else 3,
        fill="#F4F8FF" if choice.chosen else colours.WHITE,
        pad=kit.pad(14, 30) if not stacked else kit.pad(28, 16),
        press=Press(f"level.{choice.id}", Rated(int(choice.id))),
        grow=1,
        key=choice.id,
        least=kit.theme.target,
    )


def _reasons(body: RateBody, kit: Kit) -> Box:
    rows: list[Node] = [kit.text("heading", body.reasons_title)]
    for start in range(0, len(body.reasons), 2):
        cells: list[Node] = [_reason(kit, one) for one in body.reasons[start : start + 2]]
        cells += [Box(grow=1)] * (2 - len(cells))
        rows.append(kit.row(*cells, gap=16, cross="stretch"))
    return kit.column(*rows, gap=16)


def _reason(kit: Kit, one: Tick) -> Box:
    return kit.card(
        kit.check(one.on),
        kit.text("label", one.label, lines=2, shrink=0.8, grow=1),
        axis="x",
        gap=18,
        cross="center",
        edge=colours.PRIMARY if one.on else "#B8C6DD",
        fill="#F4F8FF" if one.on else colours.WHITE,
        pad=kit.pad(24, 18),
        press=Press(f"reason.{one.id}", ReasonTicked(one.id, not one.on)),
        grow=1,
        key=one.id,
        least=max(kit.px(104), kit.theme.target),
    )
