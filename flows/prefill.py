"""A form filled from what is already known: where each value comes from, who disagrees, what the person may change.

The form is never stored: it follows from the card, the licences, the guide's answers and what the person typed or chose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from core.catalogue import FieldKind, FormField, ServiceItem
from core.people import IdCard
from core.wire import FieldValue, Licence, LicenceStatus

TYPED = "typed"


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """What one source says. ``source`` as in ``FormField.sources``."""

    source: str
    value: str

    def __repr__(self) -> str:
        return f"Offer({self.source})"


@dataclass(frozen=True, slots=True, repr=False)
class Sources:
    """Everything a form may be filled from."""

    card: IdCard | None = None
    licences: tuple[Licence, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Filled:
    """One field as it stands. ``offers`` side by side, the typed one last; ``open`` while the person has yet to choose."""

    field: FormField
    offers: tuple[Offer, ...]
    value: str
    source: str
    changed: bool
    open: bool

    def __repr__(self) -> str:
        return f"Filled({self.field.id}, {self.source or 'empty'})"

    @property
    def disputed(self) -> bool:
        """Whether there is more than one value to show side by side."""
        return len(self.offers) > 1

    @property
    def wire(self) -> FieldValue:
        return FieldValue(id=self.field.id, value=self.value, source=self.source or TYPED, changed=self.changed)


def fill(
    item: ServiceItem, sources: Sources, typed: Mapping[str, str], chosen: Mapping[str, str]
) -> tuple[Filled, ...]:
    """Every field of the form. ``typed``: field → text of the person; ``chosen``: field → source picked in a conflict."""
    return tuple(_filled(each, sources, typed.get(each.id, ""), chosen.get(each.id)) for each in item.fields)


def _filled(each: FormField, sources: Sources, typed: str, chosen: str | None) -> Filled:
    known = distinct(offers(each, sources))
    everything = distinct((*known, Offer(TYPED, typed))) if typed and each.editable else known
    pick = next((offer for offer in everything if offer.source == chosen), None)
    last = next((offer for offer in everything if offer.value == typed), None)
    best = pick or last or (known[0] if known else Offer("", ""))
    return Filled(
        field=each,
        offers=everything,
        value=best.value,
        source=best.source,
        changed=best.source == TYPED and bool(known),
        open=len(known) > 1 and pick is None and last is None,
    )


def offers(each: FormField, sources: Sources) -> Iterator[Offer]:
    """What each source but the person says, best first."""
    for source in each.sources:
        value = value_from(source, sources)
        if value and fits(each, value):
            yield Offer(source, value)


def fits(each: FormField, value: str) -> bool:
    return each.kind is not FieldKind.CHOICE or any(option.id == value for option in each.options)


def value_from(source: str, sources: Sources) -> str:
    """The value of one source, empty when it has none. Blanks around it are dropped, nothing else is changed."""
    room, _, rest = source.partition(".")
    if room == "guide":
        return sources.answers.get(rest, "")
    if room == "id_card" and sources.card is not None:
        name = sources.card.name or sources.card.english_name
        return str(name if rest == "name" else getattr(sources.card, rest, "") or "").strip()
    if room == "licence":
        kind, _, key = rest.partition(".")
        return next((each.face.get(key, "").strip() for each in usable(sources.licences) if each.type == kind), "")
    return ""


def usable(licences: Iterable[Licence]) -> Iterator[Licence]:
    return (each for each in licences if each.status is LicenceStatus.VALID)


def distinct(found: Iterable[Offer]) -> tuple[Offer, ...]:
    """The first offer of every value."""
    first: dict[str, Offer] = {}
    for offer in found:
        first.setdefault(offer.value, offer)
    return tuple(first.values())
