"""What a refusal leads to: another attempt, or the failure itself."""

from __future__ import annotations

from core.failures import CardUnreadable, Failure
from drivers.idcard.frame import Reply
from drivers.idcard.status import Meaning, Remedy, meaning_of


class Stumble(Exception):
    """Something went wrong that another attempt may mend.

    ``failure`` is the truth when attempts run out; ``gone`` is, when no card is found any more (``None``: no card was
    being handled, keep waiting for one). ``reset``: the module must be reset before the next look.
    """

    def __init__(self, failure: Failure, gone: Failure | None = None, *, reset: bool = False) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.gone = gone
        self.reset = reset


def meaning(reply: Reply) -> Meaning:
    return meaning_of(reply.sw1, reply.sw2, reply.sw3)


def trouble(reply: Reply, *, card: bool) -> Stumble | Failure:
    """What to raise for a refusal; ``card`` says whether a card was being handled."""
    found = meaning(reply)
    detail = f"SW {reply.sw1:02X} {reply.sw2:02X} {reply.sw3:02X}: {found.words}"
    failure = (found.failure or CardUnreadable)(detail)
    if found.remedy is Remedy.GIVE_UP:
        return failure
    gone = found.gone(detail) if card and found.gone else None
    return Stumble(failure, gone, reset=found.remedy is Remedy.RESET)


def accept(reply: Reply) -> Reply:
    """``reply`` if it is a success; raises ``Stumble`` or the failure otherwise."""
    if meaning(reply).failure is not None:
        raise trouble(reply, card=True)
    return reply
