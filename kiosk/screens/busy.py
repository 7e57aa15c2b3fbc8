"""Something takes a moment: what, how long, and what is done already."""

from __future__ import annotations

from flows.events import WithdrawPressed
from kiosk import theme as colours
from kiosk.faces import BusyBody, Section
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box, Live, Node


def page(body: BusyBody, kit: Kit) -> Page:
    side = kit.px(200)
    turning = kit.column(Live(kind="spinner", width=side, height=side, key="spinner"), cross="center")
    words = kit.column(
        kit.text("title", body.title, align="center"),
        kit.text("label", body.text, colours.SECOND, align="center", bold=False),
        gap=12,
    )
    parts: list[Node] = [turning, words]
    if body.lines:
        parts.append(kit.card(*_joined(kit, body.lines), gap=22))
    return Page("busy", kit.sheet(kit.column(*parts, gap=48)), _withdraw(body, kit), middle=True)


def _withdraw(body: BusyBody, kit: Kit) -> Box | None:
    """Until the decision is made the pledge may be taken back; the button is there as long as that is so."""
    if not body.withdraw_label:
        return None
    return kit.footer(kit.button("withdraw", body.withdraw_label, WithdrawPressed(), kind="line", grow=1))


def _joined(kit: Kit, lines: tuple[Section, ...]) -> list[Node]:
    rows: list[Node] = []
    for line in lines:
        rows += [kit.rule(), _line(kit, line)] if rows else [_line(kit, line)]
    return rows


def _line(kit: Kit, line: Section) -> Box:
    done = line.icon.startswith("check")
    sign = kit.icon(line.icon or "dot", 52, colours.GREEN if done else colours.PRIMARY)
    text = kit.text("body", line.text, colours.SECOND, align="right", grow=1)
    return kit.row(sign, kit.text("label", line.title), text, gap=20)
