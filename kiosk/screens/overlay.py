"""Over any screen: are you still there, or staff are on their way. Nothing under it can be pressed."""

from __future__ import annotations

from flows.events import HelpClosed, HomePressed, StayPressed
from kiosk import theme as colours
from kiosk.faces import Overlay
from kiosk.screens.kit import Kit
from kiosk.widgets.live import RingFacts
from kiosk.widgets.nodes import Box, Live, Node, Surface


def over(overlay: Overlay, kit: Kit) -> Box:
    stay = HelpClosed() if overlay.kind == "help" else StayPressed()
    buttons: list[Node] = []
    if overlay.leave_label:
        buttons.append(kit.button("overlay.leave", overlay.leave_label, HomePressed(), kind="line", grow=1))
    buttons.append(kit.button("overlay.stay", overlay.stay_label, stay, grow=1.2))
    beside: Node = kit.row(*buttons, gap=20, cross="stretch")
    if kit.elder and not kit.wide:
        beside = kit.column(*reversed(buttons), gap=18)
    words = kit.column(
        kit.text("title", overlay.title, align="center"),
        kit.text("label", overlay.text, colours.SECOND, align="center", bold=False),
        gap=14,
    )
    card = kit.card(
        kit.column(_sign(overlay, kit), cross="center"),
        words,
        beside,
        gap=36,
        pad=kit.pad(48, 48),
        shadow="float",
        key="card",
    )
    width = kit.px(860 if kit.wide else 940)
    middle = Box(children=(Box(children=(card,), width=width),), axis="y", main="center", cross="center")
    return Box(children=(Box(surface=Surface(fill="#071A3F99")), middle), axis="z", modal=True, key="overlay")


def _sign(overlay: Overlay, kit: Kit) -> Node:
    """The seconds that are left, or the staff on their way."""
    if overlay.kind == "help" or not overlay.seconds:
        return kit.icon_disc("headset", 190, colours.RED_PALE, colours.RED, 0.6)
    side = kit.px(220)
    ring = Live(kind="ring", facts=RingFacts(overlay.seconds, kit.px(16), colours.PRIMARY))
    number = Box(
        children=(kit.text("display", str(overlay.seconds), colours.PRIMARY_DEEP, align="center"),),
        axis="y",
        main="center",
    )
    return Box(children=(ring, number), axis="z", width=side, height=side, key="seconds")
