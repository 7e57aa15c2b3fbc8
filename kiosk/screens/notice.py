"""What the data is for, before any of it is read; two boxes to tick, nothing ticked beforehand."""

from __future__ import annotations

from flows.events import Confirmed, HomePressed, NoticeTicked
from kiosk import theme as colours
from kiosk.faces import NoticeBody, Section, Tick
from kiosk.screens.kit import Kit
from kiosk.screens.page import Page
from kiosk.widgets.nodes import Box, Node, Press


def page(body: NoticeBody, kit: Kit) -> Page:
    sections: list[Node] = []
    for section in body.sections:
        sections += [kit.rule(), _section(kit, section)] if sections else [_section(kit, section)]
    told = kit.card(*sections, gap=24)
    ticks = kit.column(*(tick(kit, one, NoticeTicked(one.id, not one.on)) for one in body.ticks), gap=18)
    buttons = (
        kit.button("no", body.no_label, HomePressed(), kind="line", grow=1, role="label"),
        kit.button("go", body.go_label, Confirmed(), enabled=body.can_go, grow=1.2),
    )
    title = kit.text("title", body.title)
    content = kit.column(title, told, gap=26)
    if not body.ticks:
        return Page("notice", content, kit.footer(*buttons))
    both = kit.row(*buttons, gap=18, cross="stretch")
    if kit.wide:  # what must be ticked stays in sight
        side = kit.column(ticks, Box(grow=1), both, gap=18, grow=1, pad=kit.pad(20, 26))
        return Page("notice", content, panel=side)
    return Page("notice", content, kit.footer(ticks, both, stacked=True))


def _section(kit: Kit, section: Section) -> Box:
    mark = kit.icon_disc(section.icon or "info", 84, colours.PRIMARY_PALE, colours.PRIMARY, 0.62, radius=22)
    words = kit.column(kit.text("label", section.title), kit.text("body", section.text, colours.SECOND), gap=4, grow=1)
    return kit.row(mark, words, gap=24)


def tick(kit: Kit, one: Tick, action: NoticeTicked) -> Box:
    """A whole card to press, with a box at its left."""
    edge = colours.PRIMARY if one.on else "#8FA6CC"
    return kit.card(
        kit.check(one.on),
        kit.text("label", one.label, grow=1),
        axis="x",
        gap=22,
        cross="center",
        edge=edge,
        fill="#F4F8FF" if one.on else colours.WHITE,
        press=Press(f"tick.{one.id}", action),
        key=one.id,
        pad=kit.pad(28, 22),
        least=max(kit.px(110), kit.theme.target),
    )
