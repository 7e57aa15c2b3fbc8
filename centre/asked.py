"""One call on its way: the centre, who asks, and the two ways of answering with a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from centre import inbox
from centre.caller import Caller
from centre.change import Change
from centre.wiring import Centre
from core.catalogue import ServiceItem
from core.failures import ItemNotOffered
from core.wire import Body, Envelope


@dataclass(frozen=True, slots=True)
class Said:
    """The body of a reply as JSON text: fresh, or as it was stored."""

    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    centre: Centre
    caller: Caller
    envelope: Envelope

    def once(self, work: Callable[[Change], Body]) -> Said:
        """Change something once for this id; a repeat gets the stored reply."""
        try:
            return Said(inbox.once(self.centre, self.caller, self.envelope, work))
        except inbox.SaidBefore:
            text = inbox.stored_reply(self.centre, self.caller, self.envelope)
            if text is None:
                raise
            return Said(text)

    def change(self, work: Callable[[Change], Body]) -> Said:
        """Change something that is by its own nature the same when it happens twice."""
        return said(self.centre.ledger.change(work))

    def item(self, name: str, version: int | None = None) -> ServiceItem:
        """An item of the catalogue that this terminal may offer. Raises ``ItemNotOffered``."""
        item = self.centre.items.get(name)
        if item is None or name not in self.caller.items:
            raise ItemNotOffered("not in the catalogue, or not for this terminal")
        if version is not None and version != item.version:
            raise ItemNotOffered(f"version {item.version} is in force")
        return item


def said(body: Body) -> Said:
    return Said(body.model_dump_json())
