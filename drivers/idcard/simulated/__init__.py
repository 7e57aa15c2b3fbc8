"""The simulated SDT reader: a process of its own or a thread, played with through its state file.

``SimulatedReader(link, state)`` runs it; ``lay``, ``lift``, ``misbehave``, ``behave``, ``unplug`` and ``plug`` change the
state file from any process; ``cards()`` are the things to lay on it, ``people()`` the invented people among them.
"""

from drivers.idcard.simulated.cards import PEOPLE, SimulatedCard, card_of, cards, people
from drivers.idcard.simulated.reader import SimulatedReader
from drivers.idcard.simulated.rehearsal import SdtRehearsal
from drivers.idcard.simulated.state import (
    Fault,
    ReaderState,
    behave,
    change,
    lay,
    lift,
    misbehave,
    plug,
    read_state,
    unplug,
)

__all__ = [
    "PEOPLE",
    "Fault",
    "ReaderState",
    "SdtRehearsal",
    "SimulatedCard",
    "SimulatedReader",
    "behave",
    "card_of",
    "cards",
    "change",
    "lay",
    "lift",
    "misbehave",
    "people",
    "plug",
    "read_state",
    "unplug",
]
