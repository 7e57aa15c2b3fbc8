"""The other direction of ``text_block``: an ``IdCard`` as the 256 bytes that a chip of its kind would hold."""

from __future__ import annotations

from datetime import date

from core.people import CardKind, IdCard
from drivers.idcard.nations import CODES
from drivers.idcard.text_block import FOR_EVER, LAYOUTS, LENGTH, TYPE

_REST = {
    CardKind.RESIDENT: (),
    CardKind.HMT_RESIDENCE: ((TYPE[0], "J"),),
    CardKind.FOREIGNER_2017: ((236, "01"), (TYPE[0], "I")),
    CardKind.FOREIGNER_2023: ((TYPE[0], "Y"), (250, "000")),
}
"""What a card holds besides its person: card version, type letter, link to the old number."""


def encode_text(card: IdCard) -> bytes:
    """256 bytes. ``ValueError`` when a field does not fit its place."""
    block = bytearray(" ".encode("utf-16-le") * (LENGTH // 2))
    values = _values(card)
    for name, places in LAYOUTS[card.kind].items():
        _put(block, places, values[name])
    for start, text in _REST[card.kind]:
        _put(block, ((start, 2 * len(text)),), text)
    return bytes(block)


def encode_address(address: str) -> bytes:
    """One block of 70 bytes, or none for no address."""
    block = bytearray(" ".encode("utf-16-le") * 35)
    _put(block, ((0, 70),), address)
    return bytes(block) if address else b""


def _values(card: IdCard) -> dict[str, str]:
    plain = ("name", "number", "address", "issuer", "english_name", "nationality", "pass_number", "issue_count")
    return {name: getattr(card, name) for name in plain} | {
        "sex": card.sex.value,
        "nation": CODES.get(card.nation, ""),
        "birth": _written(card.birth),
        "valid_from": _written(card.valid_from),
        "valid_to": _written(card.valid_to) or FOR_EVER,
    }


def _written(day: date | None) -> str:
    return "" if day is None else f"{day:%Y%m%d}".zfill(8)


def _put(block: bytearray, places: tuple[tuple[int, int], ...], text: str) -> None:
    raw = text.encode("utf-16-le")
    for start, length in places:
        block[start : start + min(length, len(raw))] = raw[:length]
        raw = raw[length:]
    if raw:
        raise ValueError(f"{len(raw)} bytes too many for its place on the card")
