"""Every state byte (SW3) a reader can answer: what it means, what the driver does, and what the person is told if that fails.

``failure`` is raised when the remedy is used up. ``gone`` is raised instead when, after the trouble, no card is found
any more: a card lifted too soon is no damaged card.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from core.failures import (
    CardFailure,
    CardMoved,
    CardNotGenuine,
    CardNotId,
    CardUnreadable,
    DeviceBroken,
    DeviceFailure,
    DeviceNoise,
    Failure,
    HouseFailure,
    NoCard,
)


class Sw3(IntEnum):
    SUCCESS = 0x90
    FOUND = 0x9F
    NO_SUCH_CONTENT = 0x91
    CHECKSUM_ERROR = 0x10
    LENGTH_ERROR = 0x11
    WRONG_COMMAND = 0x21
    NOT_AUTHORISED = 0x23
    UNRECOGNISED = 0x24
    CARD_REJECTS_SAM = 0x31
    SAM_REJECTS_CARD = 0x32
    CONTENT_NOT_VERIFIED = 0x33
    TYPE_NOT_RECOGNISED = 0x40
    READ_FAILED = 0x41
    RANDOM_FAILED = 0x47
    SELF_TEST_FAILED = 0x60
    SAM_NOT_AUTHORISED = 0x66
    NO_CARD = 0x80
    SELECT_FAILED = 0x81


class Remedy(StrEnum):
    NONE = "none"
    RESEND = "resend"
    WAIT = "wait"
    FIND_AGAIN = "find again"
    RESET = "reset the module, find again"
    GIVE_UP = "give up"


@dataclass(frozen=True, slots=True)
class Meaning:
    words: str
    remedy: Remedy
    failure: type[Failure] | None = None
    gone: type[Failure] | None = None


MEANINGS: dict[int, Meaning] = {
    Sw3.SUCCESS: Meaning("success", Remedy.NONE),
    Sw3.FOUND: Meaning("card found", Remedy.NONE),
    Sw3.NO_SUCH_CONTENT: Meaning("the card has no such content", Remedy.GIVE_UP, CardUnreadable),
    Sw3.CHECKSUM_ERROR: Meaning("checksum error in what we sent", Remedy.RESEND, DeviceNoise),
    Sw3.LENGTH_ERROR: Meaning("length error in what we sent", Remedy.GIVE_UP, HouseFailure),
    Sw3.WRONG_COMMAND: Meaning("unknown command, or wrong order", Remedy.FIND_AGAIN, DeviceFailure, CardMoved),
    Sw3.NOT_AUTHORISED: Meaning("not authorised for this command", Remedy.GIVE_UP, DeviceBroken),
    Sw3.UNRECOGNISED: Meaning("unrecognised error", Remedy.RESET, CardFailure, CardMoved),
    Sw3.CARD_REJECTS_SAM: Meaning("card does not accept the module", Remedy.FIND_AGAIN, CardNotGenuine, CardMoved),
    Sw3.SAM_REJECTS_CARD: Meaning("module does not accept the card", Remedy.FIND_AGAIN, CardNotGenuine, CardMoved),
    Sw3.CONTENT_NOT_VERIFIED: Meaning("content not verified: do not use it", Remedy.RESET, CardNotGenuine, CardMoved),
    Sw3.TYPE_NOT_RECOGNISED: Meaning("card type not recognised", Remedy.GIVE_UP, CardNotId),
    Sw3.READ_FAILED: Meaning("read failed, mostly the card moved", Remedy.FIND_AGAIN, CardUnreadable, CardMoved),
    Sw3.RANDOM_FAILED: Meaning("no random number", Remedy.RESET, CardFailure, CardMoved),
    Sw3.SELF_TEST_FAILED: Meaning("self-test failed, takes no command", Remedy.GIVE_UP, DeviceBroken),
    Sw3.SAM_NOT_AUTHORISED: Meaning("module never licensed, or revoked", Remedy.GIVE_UP, DeviceBroken),
    Sw3.NO_CARD: Meaning("no card, or the card just read still lies there", Remedy.WAIT, NoCard, CardMoved),
    Sw3.SELECT_FAILED: Meaning("select failed", Remedy.FIND_AGAIN, CardFailure, CardMoved),
}
UNKNOWN = Meaning("state byte outside the specification", Remedy.RESET, CardFailure, CardMoved)
CARD_SIDE = Meaning("the card itself refused (SW1 SW2)", Remedy.FIND_AGAIN, CardUnreadable, CardMoved)
"""SW1 SW2 other than 00 00 is a failure even with SW3 = 90."""


def meaning_of(sw1: int, sw2: int, sw3: int) -> Meaning:
    """The meaning of a status; the reader's word (SW3) comes first unless it claims success."""
    found = MEANINGS.get(sw3, UNKNOWN)
    return CARD_SIDE if found.failure is None and (sw1 or sw2) else found
