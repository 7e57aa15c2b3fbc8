"""What is in an open field before it is finished: a value, changed by keys, that the flow has not seen yet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from flows.events import Event, FieldClosed, FieldTyped
from kiosk.faces import Editor
from kiosk.keyboard.keys import Key
from kiosk.keyboard.pinyin import Candidate

Offers = Callable[[str], tuple[Candidate, ...]]
MOST, ROOM = 8, 14
"""Offers in one row, and characters in all of them."""


SYLLABLE = re.compile(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:(?:i?ang|i?ong|uang|eng|ing|[iu]an|[aeiu]n)(?![aeiouv])|iao|uai|[iu]a|ai|ao|ei|er|ie|iu|ou|ue|ui|uo|ve|[aeiouv])|."
)
"""One syllable of typed pinyin, the longest that leaves the next a beginning."""


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """``letters``: typed pinyin that is not a word yet. ``mode``: zh, en or symbols. Holds what a citizen types: never shown in a repr."""

    field: str
    kind: str
    value: str
    most: int
    letters: str = ""
    offers: tuple[Candidate, ...] = ()
    start: int = 0
    mode: str = "zh"
    shift: bool = False
    chosen: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    changed: bool = False

    @property
    def spelled(self) -> str:
        """The letters with a mark between syllables: bao'jie'gui."""
        return "'".join(SYLLABLE.findall(self.letters))

    @property
    def shown(self) -> tuple[Candidate, ...]:
        """The offers there is room for, from ``start`` on."""
        room, until = ROOM, self.start
        while until < min(len(self.offers), self.start + MOST) and room >= len(self.offers[until].text):
            room -= len(self.offers[until].text)
            until += 1
        return self.offers[self.start : max(until, self.start + 1)]


def opened(editor: Editor, english: bool) -> Draft:
    chosen = frozenset(choice.id for choice in editor.choices if choice.chosen)
    order = tuple(choice.id for choice in editor.choices)
    mode = "en" if english else "zh"
    return Draft(editor.field, editor.kind, editor.value, editor.most, mode=mode, chosen=chosen, order=order)


def pressed(draft: Draft, key: Key, offers: Offers) -> tuple[Draft, Event | None]:
    """The draft after ``key``, and the event that ends it, if it does."""
    if key.kind == "done":
        return draft, FieldTyped(draft.field, finished(draft))
    if key.kind == "close":
        return draft, FieldClosed()
    if key.kind == "option" and draft.kind == "choice":
        return draft, FieldTyped(draft.field, key.value)
    return KEYS[key.kind](draft, key.value, offers), None


def finished(draft: Draft) -> str:
    """Options in the order of the form; letters still open become the first word offered for them."""
    if draft.kind == "multi":
        return ",".join(option for option in draft.order if option in draft.chosen)
    waiting = draft.offers[0].text if draft.offers else draft.letters
    return (draft.value + waiting)[: draft.most].strip()


def _char(draft: Draft, char: str, offers: Offers) -> Draft:
    draft = _settled(draft, offers)
    return replace(draft, value=(draft.value + char)[: draft.most], shift=False, changed=True)


def _letter(draft: Draft, char: str, offers: Offers) -> Draft:
    if draft.mode != "zh" or draft.kind != "text":
        return _char(draft, char.upper() if draft.shift else char, offers)
    letters = draft.letters + char
    return replace(draft, letters=letters, offers=offers(letters), start=0, changed=True)


def _pick(draft: Draft, place: str, offers: Offers) -> Draft:
    """Take an offer; letters it does not stand for stay and are offered anew."""
    offer = draft.offers[int(place)]
    letters = draft.letters[offer.letters :]
    value = (draft.value + offer.text)[: draft.most]
    return replace(
        draft, value=value, letters=letters, offers=offers(letters) if letters else (), start=0, changed=True
    )


def _settled(draft: Draft, offers: Offers) -> Draft:
    while draft.letters:
        if not draft.offers:
            return replace(draft, value=(draft.value + draft.letters)[: draft.most], letters="")
        draft = _pick(draft, "0", offers)
    return draft


def _space(draft: Draft, _: str, offers: Offers) -> Draft:
    return _pick(draft, "0", offers) if draft.offers else _char(draft, " ", offers)


def _erase(draft: Draft, _: str, offers: Offers) -> Draft:
    if draft.letters:
        letters = draft.letters[:-1]
        return replace(draft, letters=letters, offers=offers(letters) if letters else (), start=0)
    return replace(draft, value=draft.value[:-1], changed=True)


def _mode(draft: Draft, mode: str, offers: Offers) -> Draft:
    return replace(_settled(draft, offers), mode=mode, shift=False)


def _shift(draft: Draft, _: str, __: Offers) -> Draft:
    return replace(draft, shift=not draft.shift)


def _more(draft: Draft, _: str, __: Offers) -> Draft:
    following = draft.start + len(draft.shown)
    return replace(draft, start=following if following < len(draft.offers) else 0)


def _option(draft: Draft, option: str, _: Offers) -> Draft:
    return replace(draft, chosen=draft.chosen ^ {option}, changed=True)


KEYS: dict[str, Callable[[Draft, str, Offers], Draft]] = {
    "char": _char,
    "letter": _letter,
    "pick": _pick,
    "erase": _erase,
    "space": _space,
    "mode": _mode,
    "shift": _shift,
    "more": _more,
    "option": _option,
}
