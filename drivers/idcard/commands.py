"""The commands of the SDT set: their bytes, how long the module may take, and which reply can belong to them.

The protocol has no sequence numbers. What keeps a late reply from being taken for the answer to the next question is
its shape: ``Command.fits`` knows which success codes and data lengths belong to which command.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from core.failures import CardUnreadable
from drivers.idcard.frame import HEADER, Reply
from drivers.idcard.status import Sw3

BAUDS = (115200, 57600, 38400, 19200, 9600)
"""Legal speeds in the order of their codes in 60 nn."""


def _exactly(*lengths: int) -> Callable[[bytes], bool]:
    return lambda data: len(data) in lengths


def _addresses(data: bytes) -> bool:
    return len(data) % 70 == 0 and 0 < len(data) <= 280


@dataclass(frozen=True, slots=True)
class Command:
    """``body`` is CMD PARA DATA; ``longest`` the data bytes of its longest reply; ``slow`` if the card is read."""

    name: str
    body: bytes
    belongs: Callable[[bytes], bool]
    longest: int = 0
    slow: bool = False
    successes: frozenset[int] = frozenset({Sw3.SUCCESS})
    refusable: bool = True

    def fits(self, reply: Reply) -> bool:
        """Whether ``reply`` can be the answer to this command; a broken module may say so at any time."""
        if reply.sw3 in (Sw3.SUCCESS, Sw3.FOUND):
            return reply.sw3 in self.successes and self.belongs(reply.data)
        return self.refusable or reply.sw3 in (Sw3.SELF_TEST_FAILED, Sw3.SAM_NOT_AUTHORISED)

    @property
    def wire_bytes(self) -> int:
        """Bytes of request and longest reply together."""
        return 2 * HEADER + len(self.body) + 1 + 3 + self.longest + 1


def _command(name: str, hexes: str, *lengths: int) -> Command:
    return Command(name, bytes.fromhex(hexes), _exactly(*lengths), max(lengths))


def _read(name: str, hexes: str, longest: int) -> Command:
    # Longer than any fixed reply and no list of addresses, so that no stray answer is taken for a card.
    return Command(name, bytes.fromhex(hexes), lambda data: len(data) > 28 and not _addresses(data), longest, slow=True)


RESET = _command("reset", "10FF", 0)
STATUS = _command("status", "11FF", 0)
SAM_NUMBER = _command("sam number", "12FF", 16)
# A bare refusal behind a time-out may be the late answer to the question before.
FENCE = replace(SAM_NUMBER, name="fence", refusable=False)
# Some clones answer a find with 90 and without the four bytes.
FIND = Command("find", bytes.fromhex("2001"), _exactly(0, 4), 4, successes=frozenset({Sw3.SUCCESS, Sw3.FOUND}))
SELECT = _command("select", "2002", 0, 8)
READ = _read("read", "3001", 4 + 256 + 1024)
READ_WITH_FINGERPRINTS = _read("read with fingerprints", "3010", 6 + 256 + 1024 + 1024)
NEWEST_ADDRESS = Command("newest address", bytes.fromhex("3003"), _addresses, 280)
MANAGEMENT = _command("management information", "3005", 28)


def set_baud(baud: int) -> Command:
    """Change the speed of the line; answered at the old speed, kept by the module. ``ValueError`` for an illegal one."""
    return _command("set baud", f"60{BAUDS.index(baud):02X}", 0)


def set_rf_bytes(count: int) -> Command:
    """Longest radio frame, 24 to 255 bytes."""
    return _command("set radio frame", f"61FF{count:02X}", 0)


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """What a read gives back: 256 bytes of text, the WLT photo (1024), fingerprint features (0, 512 or 1024)."""

    text: bytes
    photo: bytes
    fingerprints: bytes


def parse_content(data: bytes) -> Content:
    """Cut a read reply by its own header: two lengths, or three when fingerprints were asked for.

    The lengths add up for one of the two headers only, so the reply says itself which it has. ``CardUnreadable`` when
    they add up for none.
    """
    for header in (4, 6):
        lengths = [int.from_bytes(data[at : at + 2], "big") for at in range(0, header, 2)]
        if header + sum(lengths) == len(data):
            text, photo, prints = [*lengths, 0][:3]
            cut = (header, header + text, header + text + photo, header + text + photo + prints)
            return Content(data[cut[0] : cut[1]][:256], data[cut[1] : cut[2]][:1024], data[cut[2] : cut[3]][:1024])
    raise CardUnreadable(f"lengths in the reply's header do not add up to {len(data)} bytes")


def format_sam_number(raw: bytes) -> str:
    """16 bytes, little-endian u16 u16 u32 u32 u32 → ``05.02-20091105-0001234567-0007654321``."""
    maker, model = (int.from_bytes(raw[at : at + 2], "little") for at in (0, 2))
    made, serial, check = (int.from_bytes(raw[at : at + 4], "little") for at in (4, 8, 12))
    return f"{maker:02d}.{model:02d}-{made:08d}-{serial:010d}-{check:010d}"
