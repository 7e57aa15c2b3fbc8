"""``hello``: what this terminal may do, and what lies in its tray."""

from __future__ import annotations

from centre.asked import Asked, Said
from centre.change import Change
from centre.regions import code_of
from centre.stores.blanks import left
from centre.tables.places import terminals
from core.clock import CHINA
from core.wire import HelloAsk, HelloTold, OfferedItem


def answer(asked: Asked, ask: HelloAsk) -> Said:
    centre, caller = asked.centre, asked.caller

    def greet(change: Change) -> HelloTold:
        ours = (terminals.c.region_id == caller.region, terminals.c.id == caller.id)
        change.execute(terminals.update().where(*ours).values(software=ask.software[:80], seen_at=change.at))
        return HelloTold(
            terminal=caller.id,
            place=caller.place,
            region=code_of(change.connection, caller.region, change.at.astimezone(CHINA).date()),
            agency=centre.settings.agency,
            phone=caller.phone,
            items=tuple(
                OfferedItem(id=item.id, version=item.version)
                for item in centre.items.values()
                if item.id in caller.items
            ),
            stock={caller.stock: left(change.connection, caller.region, caller.id, caller.stock)}
            if caller.stock
            else {},
            now=change.at,
        )

    return asked.change(greet)
