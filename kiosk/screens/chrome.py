"""What is around every screen: place and time, title and progress, and the bar that never changes."""

from __future__ import annotations

from core.words import Language
from flows.events import BackPressed, ElderSwitched, HelpPressed, HomePressed, LanguageChosen
from kiosk import theme as colours
from kiosk.faces import Bar, Chrome, HomeBody, StepMark
from kiosk.screens.kit import Kit
from kiosk.widgets.live import RingFacts
from kiosk.widgets.nodes import Action, Box, Live, Node, Press, Surface

HEAD = Surface(fill=colours.NIGHT, fill2="#155FD0", art="header")
HERO = Surface(fill=colours.NIGHT, fill2="#1A5FCB", art="hero")
SOFT = "#C9DCFF"


def ground(kit: Kit, hero: bool, height: float) -> Box:
    return Box(surface=HERO if hero else HEAD, height=height)


def status(kit: Kit, chrome: Chrome) -> Box:
    """Where this terminal stands, and what time it is."""
    return kit.row(*_place(kit, chrome), Box(width=kit.px(8)), *_time(kit, chrome), gap=12, least=kit.px(60))


def _place(kit: Kit, chrome: Chrome) -> tuple[Node, ...]:
    place = kit.text("status", chrome.place, colours.WHITE, shrink=0.78, grow=1)
    return kit.icon("pin", 34, colours.WHITE), place


def _time(kit: Kit, chrome: Chrome) -> tuple[Node, ...]:
    when = kit.text("status", chrome.when, colours.WHITE)
    return when, kit.icon(
        "wifi" if chrome.online else "wifi_off", 36, colours.WHITE if chrome.online else colours.AMBER
    )


def header(kit: Kit, chrome: Chrome) -> Box:
    """Status, title and who is here, and the way so far."""
    person = (_person(kit, chrome.person),) if chrome.person else ()
    title = kit.text("heading", chrome.title, colours.WHITE, shrink=0.66, grow=1)
    rows: list[Node] = [status(kit, chrome), kit.row(title, *person, gap=16, least=kit.px(80))]
    if chrome.steps:
        rows.append(steps(kit, chrome.steps))
    margin = kit.px(48)
    return kit.column(*rows, gap=6, pad=(margin, kit.px(10), margin, kit.px(22)))


def header_wide(kit: Kit, chrome: Chrome) -> Box:
    """One low band: place and title at the left, the way so far in the middle, time and person at the right."""
    title = kit.text("heading" if not kit.elder else "label", chrome.title, colours.WHITE, shrink=0.6)
    left = kit.column(kit.row(*_place(kit, chrome), gap=12), title, gap=6)
    person = (_person(kit, chrome.person),) if chrome.person else ()
    right = kit.column(kit.row(*_time(kit, chrome), gap=12), *person, gap=8, cross="end")
    middle = kit.column(steps(kit, chrome.steps), grow=1) if chrome.steps else Box(grow=1)
    margin = kit.px(40)
    left_box = Box(children=(left,), width=kit.px((600 if kit.elder else 560) if chrome.steps else 1200))
    return kit.row(left_box, middle, right, gap=24, pad=(margin, kit.px(14), margin, kit.px(16)), least=kit.px(150))


def _person(kit: Kit, name: str) -> Box:
    height = kit.px(72 if kit.elder else 60)
    surface = Surface(fill="#0A2357", radius=height // 2)
    children = (kit.icon("person", 40 if kit.elder else 34, colours.WHITE), kit.text("label", name, colours.WHITE))
    return Box(
        children=children, axis="x", gap=kit.px(10), pad=kit.pad(20, 0), cross="center", surface=surface, height=height
    )


def steps(kit: Kit, marks: tuple[StepMark, ...]) -> Box:
    """Dots joined by lines: done, now, ahead. The cells overlap a little, so that the halves of a line meet."""
    return kit.row(*(_step(kit, marks, index) for index in range(len(marks))), gap=-2, cross="start")


def _step(kit: Kit, marks: tuple[StepMark, ...], index: int) -> Box:
    mark = marks[index]
    side = 68 if kit.elder else 58
    dot = {
        "done": kit.icon_disc("check", side - 6, colours.WHITE, colours.PRIMARY_DEEP, 0.62),
        "now": kit.disc(str(index + 1), side, colours.AMBER, "#4A2A00"),
    }.get(mark.state) or kit.disc(str(index + 1), side - 6, "#0F4AB0", colours.WHITE, "#8FB2EA")
    before = _join(kit, index > 0, mark.state != "ahead")
    after = _join(kit, index + 1 < len(marks), mark.state == "done")
    line = kit.row(before, dot, after, gap=6, least=kit.px(side))
    ink = {"now": "#FFE3A8"}.get(mark.state, colours.WHITE)
    role = "status" if kit.wide else "caption"
    label = kit.text(
        role, mark.label, ink, align="center", shrink=0.72 if kit.elder else 0.84, bold=mark.state == "now"
    )
    return kit.column(line, label, gap=2, grow=1)


def _join(kit: Kit, drawn: bool, walked: bool) -> Box:
    if not drawn:
        return Box(grow=1)
    return Box(surface=Surface(fill=colours.WHITE if walked else "#6E9BE6"), height=kit.px(4 if walked else 3), grow=1)


# --- the bar ------------------------------------------------------------------------------------


def bar(kit: Kit, chrome: Chrome, home: bool) -> Box:
    """Along the foot of a high glass, down the right side of a wide one; always in the same order."""
    shown = chrome.bar
    parts: list[Node] = [
        _item(kit, "bar.home", "home", shown.home, HomePressed(), shown.can_home, home),
        _item(kit, "bar.back", "back", shown.back, BackPressed(), shown.can_back),
        _item(kit, "bar.language", "globe", shown.language, LanguageChosen(_other(chrome)), shown.can_language),
        _item(kit, "bar.elder", "glasses", shown.elder, ElderSwitched(not chrome.elder), True, chrome.elder),
        _help(kit, shown),
        *((_ring(kit, shown),) if shown.seconds_left > 0 else ()),
    ]
    surface = Surface(fill=colours.WHITE, shadow="up")
    if kit.wide:
        pad = kit.pad(14, 18)
        return Box(children=tuple(parts), axis="y", gap=kit.px(10), pad=pad, main="stretch", surface=surface)
    return Box(children=tuple(parts), axis="x", gap=kit.px(8), pad=kit.pad(20, 12), cross="center", surface=surface)


def _other(chrome: Chrome) -> Language:
    return Language.EN if chrome.language is Language.ZH else Language.ZH


def _item(kit: Kit, id: str, icon: str, label: str, action: Action, enabled: bool, here: bool = False) -> Box:
    ink = colours.PRIMARY if here and enabled else "#33415C" if enabled else "#9AA6BA"
    sign = kit.icon(icon, 54 if kit.elder else 46, ink)
    text = kit.text("caption", label, ink, align="center", shrink=0.72, lines=2 if " " in label else 1, bold=here)
    surface = Surface(fill=colours.WHITE if not kit.elder else "#F3F7FD", radius=kit.px(20))
    tall = kit.px(126 if kit.elder and not kit.wide else 100)
    return Box(
        children=(sign, text),
        axis="y",
        main="center",
        cross="center" if kit.wide else "stretch",
        gap=kit.px(-2 if kit.elder else 2),
        surface=surface,
        press=Press(id, action, enabled),
        grow=0 if kit.wide else 1,
        least=tall,
        key=id,
    )


def _help(kit: Kit, shown: Bar) -> Box:
    height = kit.px(126 if kit.elder and not kit.wide else 96)
    surface = Surface(fill="#DB2C34", fill2=colours.RED_DEEP, radius=height // 2 if not kit.elder else kit.px(28))
    sign = kit.icon("headset_full", 54 if kit.elder else 48, colours.WHITE)
    stacked = kit.elder or kit.wide
    text = kit.text("label", shown.help, colours.WHITE, align="center", shrink=0.72, lines=2 if kit.wide else 1)
    return Box(
        children=(sign, text),
        axis="y" if stacked else "x",
        main="center",
        cross="center",
        gap=kit.px(4 if stacked else 14),
        pad=kit.pad(12, 6) if stacked else kit.pad(26, 6),
        surface=surface,
        press=Press("bar.help", HelpPressed()),
        least=height,
        width=None if kit.wide else kit.px(280 if kit.elder else 322),
        key="bar.help",
    )


def _ring(kit: Kit, shown: Bar) -> Box:
    """How long the terminal waits; amber when it is about to ask."""
    side = kit.px(126 if kit.elder else 102)
    late = shown.seconds_left <= 10
    ring = Live(kind="ring", facts=RingFacts(shown.seconds_left, kit.px(9), colours.RED if late else colours.PRIMARY))
    number = kit.text("label", str(shown.seconds_left), colours.RED if late else colours.PRIMARY_DEEP, align="center")
    unit = kit.text("caption", shown.seconds_unit, colours.SECOND, align="center", shrink=0.8)
    words = Box(children=(number, unit), axis="y", main="center", gap=-kit.px(8))
    return Box(children=(ring, words), axis="z", width=None if kit.wide else side, height=side, key="ring")


def is_home(body: object) -> bool:
    return isinstance(body, HomeBody)
