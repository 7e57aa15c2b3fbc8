"""The open field with its keyboard: letters and offered words, or digits."""

from __future__ import annotations

from kiosk import theme as colours
from kiosk.faces import Editor
from kiosk.keyboard.draft import Draft
from kiosk.keyboard.keys import Key
from kiosk.screens import options
from kiosk.screens.kit import Kit
from kiosk.widgets.nodes import Box, Node, Press, Surface, Text

LETTERS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SYMBOLS = ("1234567890", "-/:;（）“”@#", "，。、？！·《》")
DIGITS = ("123", "456", "789")


def panel(editor: Editor, draft: Draft, kit: Kit, error: str = "") -> Box:
    """``error``: what was wrong with the value that was typed before."""
    if draft.kind in ("choice", "multi"):
        return options.panel(editor, draft, kit)
    keys = _text_keys(editor, draft, kit) if draft.kind == "text" else _digit_keys(editor, draft, kit)
    bed = Surface(fill=colours.KEY_BED)
    board = Box(
        children=keys,
        axis="y",
        gap=kit.px(12),
        pad=(kit.px(18), kit.px(16), kit.px(18), kit.px(18)),
        surface=bed,
        key="board",
    )
    offers = (_offers(draft, kit),) if draft.kind == "text" else ()
    gap = (Box(grow=1),) if kit.wide else ()
    children = (_field(editor, draft, kit, error), *offers, *gap, board)
    return Box(children=children, axis="y", key="panel", surface=Surface(fill=colours.WHITE, shadow="up"))


# --- the open field -----------------------------------------------------------------------------


def _field(editor: Editor, draft: Draft, kit: Kit, error: str) -> Box:
    """Label and example, the value as far as it is, a caret, and the way out without a change."""
    label = kit.column(
        kit.text("caption", editor.label, colours.SECOND),
        kit.text("caption", error or editor.example, colours.RED if error else colours.PRIMARY, shrink=0.86, lines=2),
        gap=0,
    )
    value: list[Node] = [kit.text("heading", draft.value, shrink=0.62)] if draft.value else []
    if draft.letters:
        value.append(
            kit.column(
                kit.text("heading", draft.spelled, colours.PRIMARY, bold=False, shrink=0.62), _underline(kit), gap=0
            )
        )
    value.append(Box(surface=Surface(fill=colours.PRIMARY, radius=kit.px(2)), width=kit.px(4), height=kit.px(52)))
    unit = (kit.text("label", editor.unit, colours.SECOND),) if editor.unit else ()
    close = kit.round_button("close", "down", Key("close"))
    typed = kit.row(*value, gap=4, grow=1)
    surface = Surface(fill=colours.WHITE, radius=kit.px(24), edge=colours.PRIMARY, edge_width=kit.px(4))
    inner = Box(
        children=(Box(children=(label,), width=kit.px(230)), typed, *unit, close),
        axis="x",
        gap=kit.px(16),
        pad=kit.pad(24, 10),
        cross="center",
        surface=surface,
        least=kit.px(110),
    )
    return kit.column(inner, pad=(kit.px(24), kit.px(18), kit.px(24), kit.px(14)), key="field")


def _underline(kit: Kit) -> Box:
    return Box(surface=Surface(fill=colours.PRIMARY), height=kit.px(3))


def _offers(draft: Draft, kit: Kit) -> Box:
    """Offered words; the first is what the space bar takes."""
    cells: list[Node] = []
    for place, offer in enumerate(draft.shown):
        at = draft.start + place
        first = place == 0
        role, ink = "label" if kit.elder else "heading", colours.WHITE if first else colours.INK
        words = kit.text(role, offer.text, ink, bold=first, shrink=0.6, align="center")
        surface = Surface(fill=colours.PRIMARY if first else colours.WHITE, radius=kit.px(18))
        cells.append(
            Box(
                children=(words,),
                axis="y",
                main="center",
                pad=kit.pad(14, 0),
                surface=surface,
                least_width=kit.theme.target,
                least=kit.theme.target,
                press=Press(f"offer.{place}", Key("pick", str(at)), quick=True),
                key=f"offer.{place}",
            )
        )
    more = (kit.round_button("offer.more", "right", Key("more")),) if len(draft.offers) > len(draft.shown) else ()
    row = kit.row(*cells, Box(grow=1), *more, gap=10, pad=(kit.px(18), kit.px(8), kit.px(18), kit.px(8)))
    return Box(children=(row,), axis="y", key="offers", least=max(kit.px(92), kit.theme.target + kit.px(16)))


# --- keys ---------------------------------------------------------------------------------------


def _text_keys(editor: Editor, draft: Draft, kit: Kit) -> tuple[Node, ...]:
    if draft.mode == "symbols":
        rows = [[_key(kit, char, "char") for char in row] for row in SYMBOLS]
    else:
        rows = [[_key(kit, char.upper() if draft.shift else char, "letter", char) for char in row] for row in LETTERS]
    rows[1] = [Box(grow=0.5), *rows[1], Box(grow=0.5)] if draft.mode != "symbols" else rows[1]
    shift = (
        _wide(kit, "key.shift", "shift", Key("shift"), 1.6, icon=True, strong=draft.shift)
        if draft.mode != "symbols"
        else Box(grow=0.2)
    )
    rows[2] = [shift, *rows[2], _wide(kit, "key.erase", "backspace", Key("erase"), 1.6, icon=True)]
    return (
        *(kit.row(*row, gap=10, cross="stretch", key=f"row{n}") for n, row in enumerate(rows)),
        _last_row(editor, draft, kit),
    )


def _last_row(editor: Editor, draft: Draft, kit: Kit) -> Box:
    other = {"zh": "en", "en": "zh", "symbols": "zh"}[draft.mode]
    comma, stop = ("，", "。") if draft.mode != "en" else (",", ".")
    keys: list[Node] = [
        _wide(
            kit,
            "key.symbols",
            "123" if draft.mode != "symbols" else "ABC",
            Key("mode", "symbols" if draft.mode != "symbols" else "zh"),
            1.5,
        ),
        _wide(kit, "key.language", "中/英" if draft.mode != "en" else "英/中", Key("mode", other), 1.5),
        _key(kit, comma, "char"),
        _wide(kit, "key.space", "space", Key("space"), 3.6, icon=True, pale=True),
        _key(kit, stop, "char"),
        _done(kit, editor, 1.9),
    ]
    return kit.row(*keys, gap=10, cross="stretch", key="last")


def _digit_keys(editor: Editor, draft: Draft, kit: Kit) -> tuple[Node, ...]:
    rows = [kit.row(*(_key(kit, digit, "char") for digit in row), gap=12, cross="stretch", key=row) for row in DIGITS]
    point = _key(kit, ".", "char") if draft.kind == "number" else _key(kit, "-", "char")
    last = kit.row(
        point,
        _key(kit, "0", "char"),
        _wide(kit, "key.erase", "backspace", Key("erase"), 1, icon=True),
        gap=12,
        cross="stretch",
        key="0",
    )
    done = kit.row(_done(kit, editor, 1), gap=12, cross="stretch", key="done")
    return (*rows, last, done)


def _key(kit: Kit, label: str, kind: str, value: str = "") -> Box:
    return _cap(
        kit,
        f"key.{value or label}",
        kit.text("heading", label, bold=False, align="center"),
        Key(kind, value or label),
        1.0,
        colours.WHITE,
    )


def _wide(
    kit: Kit,
    id: str,
    label: str,
    key: Key,
    share: float,
    *,
    icon: bool = False,
    pale: bool = False,
    strong: bool = False,
) -> Box:
    ink = colours.WHITE if strong else colours.INK
    face: Node = (
        kit.icon(label, 52, ink) if icon else kit.text("label", label, ink, align="center", shrink=0.7, bold=False)
    )
    return _cap(kit, id, face, key, share, colours.WHITE if pale else colours.PRIMARY if strong else colours.KEY_DARK)


def _done(kit: Kit, editor: Editor, share: float) -> Box:
    text = kit.text("label", editor.done_label, colours.WHITE, align="center", shrink=0.7)
    return _cap(kit, "done", text, Key("done"), share, colours.PRIMARY)


def _cap(kit: Kit, id: str, face: Node, key: Key, share: float, fill: str) -> Box:
    """One key: a cap with a thick lower edge."""
    surface = Surface(fill=fill, radius=kit.px(14), shadow="key")
    quick = key.kind not in ("done", "close")
    side = "stretch" if isinstance(face, Text) else "center"
    tall = (
        max(kit.px(126 if kit.elder else 108), kit.theme.target) if not kit.wide else max(kit.px(96), kit.theme.target)
    )
    return Box(
        children=(face,),
        axis="y",
        main="center",
        cross="center" if side == "center" else "stretch",
        surface=surface,
        press=Press(id, Key(key.kind, key.value), quick=quick),
        grow=share,
        least=tall,
        key=id,
    )
