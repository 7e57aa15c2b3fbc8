"""Rows of a form: label, value, where it comes from; sources that differ side by side; what is missing stands out."""

from __future__ import annotations

from itertools import groupby

from flows.events import ConflictChosen, FieldOpened
from kiosk import theme as colours
from kiosk.faces import Choice, FieldRow
from kiosk.screens.kit import Kit
from kiosk.widgets.nodes import Box, Node, Press

LABEL, LABEL_WIDE = 190, 144


def rows(
    kit: Kit, fields: tuple[FieldRow, ...], edit_label: str = "", open_field: str = "", narrow: bool = False
) -> Box:
    """Fields in order: those that are well together on one card, each of the others on a card of its own.

    ``narrow``: label and source above the value.
    """
    cards: list[Node] = []
    for well, group in groupby(fields, key=lambda row: row.state == "ok" and row.field != open_field):
        if well:
            cards.append(_together(kit, tuple(group), edit_label, narrow))
        else:
            cards += [_alone(kit, row, edit_label, row.field == open_field, narrow) for row in group]
    return kit.column(*cards, gap=18)


def two_columns(kit: Kit, fields: tuple[FieldRow, ...], edit_label: str = "") -> Box:
    """The first half at the left, the second at the right, for a wide glass."""
    half = -(-len(fields) // 2)
    left, right = (rows(kit, part, edit_label, narrow=kit.elder) for part in (fields[:half], fields[half:]))
    return kit.row(kit.column(left, grow=1), kit.column(right, grow=1), gap=24, cross="start")


def _together(kit: Kit, fields: tuple[FieldRow, ...], edit_label: str, narrow: bool) -> Box:
    lines: list[Node] = []
    for row in fields:
        lines += [kit.rule(), _row(kit, row, edit_label, narrow)] if lines else [_row(kit, row, edit_label, narrow)]
    return kit.card(*lines, gap=0, pad=kit.pad(14, 10), key=fields[0].field + ".card")


def _row(kit: Kit, row: FieldRow, edit_label: str, narrow: bool) -> Box:
    press = Press(f"field.{row.field}", FieldOpened(row.field)) if row.editable and edit_label else None
    tag = kit.tag(row.source, row.icon, row.tone)
    value = kit.text("label", row.value, grow=1, shrink=0.8, lines=3)
    if narrow:
        head = kit.row(kit.text("caption", row.label, colours.SECOND, grow=1), tag, gap=12)
        inner = kit.column(head, kit.row(value, *_edit(kit, edit_label if press else "")), gap=6, grow=1)
    else:
        inner = kit.row(_label(kit, row), value, tag, *_edit(kit, edit_label if press else ""), gap=16, grow=1)
    return kit.plain(
        inner, press=press, key=row.field, pad=kit.pad(16, 12), least=max(kit.gap(70), kit.theme.target if press else 0)
    )


def _label(kit: Kit, row: FieldRow) -> Box:
    return Box(
        children=(kit.text("caption", row.label, colours.SECOND, shrink=0.86, lines=2),),
        width=kit.px(LABEL_WIDE if kit.wide else LABEL),
    )


def _edit(kit: Kit, label: str) -> tuple[Node, ...]:
    """What shows that a row can be pressed. Rows that cannot be changed have none."""
    return (kit.chip(label, "pencil"),) if label else ()


def _alone(kit: Kit, row: FieldRow, edit_label: str, opened: bool, narrow: bool) -> Box:
    if row.state == "conflict" and not opened:
        return _conflict(kit, row, narrow)
    tone = "bad" if row.state == "wrong" and not opened else "info"
    shade = colours.tone(tone)
    ink = colours.PRIMARY if row.state == "empty" else colours.INK
    value = (
        kit.text("label", row.value, ink, grow=1, bold=row.state != "empty")
        if row.value and not narrow
        else Box(grow=1)
    )
    line: list[Node] = [kit.text("caption", row.label, colours.SECOND, grow=1)] if narrow else [_label(kit, row), value]
    if opened:
        line.append(kit.icon("pencil", 42, shade.strong))
    else:
        line += [kit.tag(row.source, row.icon, row.tone)]
        line += (
            [kit.icon("right", 40, shade.strong)]
            if row.state == "empty"
            else _edit(kit, edit_label if row.editable else "")
        )
    inside: list[Node] = [kit.row(*line, gap=16)]
    if row.value and narrow:
        inside.append(kit.text("label", row.value, ink, bold=row.state != "empty"))
    if row.error and not opened:
        inside.append(
            kit.row(kit.icon("exclaim", 40, shade.strong), kit.text("body", row.error, shade.ink, grow=1), gap=12)
        )
    press = Press(f"field.{row.field}", FieldOpened(row.field)) if row.editable and not opened else None
    return kit.card(
        *inside,
        gap=10,
        edge=shade.strong,
        edge_width=4,
        pad=kit.pad(30, 18),
        press=press,
        key=row.field,
        main="center",
        least=max(kit.gap(86), kit.theme.target),
    )


def _conflict(kit: Kit, row: FieldRow, narrow: bool) -> Box:
    """Two sources that say different things: the person chooses, or types a third."""
    shade = colours.tone("warn")
    label = kit.text("label", row.label, shade.ink)
    said = kit.text("body", row.conflict_label, shade.ink, grow=1)
    words = (kit.column(label, said, grow=1),) if narrow else (label, said)
    head = kit.row(kit.icon("alert", 46, shade.strong), *words, gap=14)
    options = [_option(kit, row.field, choice) for choice in row.conflict]
    beside = kit.column(*options, gap=14) if narrow else kit.row(*options, gap=16, cross="stretch")
    return kit.card(head, beside, gap=16, edge=shade.line, edge_width=4, pad=kit.pad(30, 20), key=row.field)


def _option(kit: Kit, field: str, choice: Choice) -> Box:
    words = kit.column(
        kit.text("label", choice.label),
        kit.text("caption", choice.explain, colours.GREEN_DEEP),
        gap=2,
        grow=1,
    )
    return kit.card(
        kit.radio(choice.chosen),
        words,
        axis="x",
        gap=18,
        cross="center",
        fill="#F4F8FF",
        edge="#6F8CBD",
        shadow="",
        pad=kit.pad(20, 16),
        press=Press(f"conflict.{field}.{choice.id}", ConflictChosen(field, choice.id)),
        grow=1,
        key=choice.id,
        least=kit.theme.target,
    )
