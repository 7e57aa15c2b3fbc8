"""The open field when it is a choice: every option as a large card."""

from __future__ import annotations

from kiosk import theme as colours
from kiosk.faces import Choice, Editor
from kiosk.keyboard.draft import Draft
from kiosk.keyboard.keys import Key
from kiosk.screens.kit import Kit
from kiosk.widgets.nodes import Box, Node, Press, Surface

FEW = 5


def panel(editor: Editor, draft: Draft, kit: Kit) -> Box:
    """All options of a choice; with several allowed, a button ends it."""
    head = kit.row(
        kit.column(
            kit.text("heading", editor.label),
            *((kit.text("body", editor.example, colours.SECOND),) if editor.example else ()),
            gap=2,
            grow=1,
        ),
        kit.round_button("close", "down", Key("close")),
        gap=16,
    )
    across = 1 if kit.elder and not kit.wide and len(editor.choices) <= FEW else 2
    rows: list[Node] = []
    for start in range(0, len(editor.choices), across):
        cells: list[Node] = [_option(kit, draft, choice) for choice in editor.choices[start : start + across]]
        cells += [Box(grow=1)] * (across - len(cells))
        rows.append(kit.row(*cells, gap=16, cross="stretch"))
    done = (kit.button("done", editor.done_label, Key("done")),) if draft.kind == "multi" else ()
    inner = kit.column(head, *rows, *done, gap=16, pad=kit.pad(32, 26))
    return Box(children=(inner,), axis="y", key="panel", surface=Surface(fill=colours.WHITE, shadow="up"))


def _option(kit: Kit, draft: Draft, choice: Choice) -> Box:
    multi = draft.kind == "multi"
    on = choice.id in draft.chosen
    words = kit.column(
        kit.text("label", choice.label, lines=2, shrink=0.8),
        *((kit.text("caption", choice.explain, colours.SECOND),) if choice.explain else ()),
        grow=1,
    )
    return kit.card(
        kit.check(on) if multi else kit.radio(on),
        words,
        axis="x",
        gap=18,
        cross="center",
        fill="#EFF5FF" if on else colours.WHITE,
        edge=colours.PRIMARY if on else "#B8C6DD",
        shadow="",
        pad=kit.pad(22, 16),
        press=Press(f"option.{choice.id}", Key("option", choice.id), quick=multi),
        grow=1,
        least=max(kit.px(104), kit.theme.target),
        key=choice.id,
    )
