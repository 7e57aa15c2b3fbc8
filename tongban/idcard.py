"""``tongban idcard read``: read one card from any line, for the technician. Personal fields are masked unless asked for."""

from __future__ import annotations

import argparse
import json
import time
from datetime import date
from typing import Any

from core.clock import CHINA, SystemClock
from core.failures import Failure
from core.people import IdCard, mask_name
from core.waiting import Patience
from core.words import Words
from drivers.registry import driver_named

FOR_EVER = "长期"


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    read = actions.add_parser("read", help="wait for a card, read it, print it")
    read.add_argument("--port", required=True, metavar="PATH", help="serial line, e.g. /dev/ttyUSB0")
    read.add_argument("--driver", default="sdt-serial", help="name of the driver (%(default)s)")
    read.add_argument("--timeout", type=float, default=30.0, metavar="S", help="seconds to wait (%(default)g)")
    read.add_argument("--full", action="store_true", help="print personal fields in full")
    read.add_argument("--json", action="store_true", help="one JSON object instead of lines")


def run(args: argparse.Namespace) -> int:
    """0 and the card, or 1 and the failure."""
    start = time.monotonic()
    try:
        card = read_one(args.driver, args.port, Patience(args.timeout))
    except Failure as failure:
        print(_as_json(failed(failure)) if args.json else _as_lines(failed(failure)["failure"]))
        return 1
    shown = {"ok": True, "masked": not args.full, "milliseconds": round(1000 * (time.monotonic() - start))}
    fields = plain(card) if args.full else masked(card)
    print(_as_json(shown | {"card": fields}) if args.json else _as_lines(fields))
    return 0


def read_one(driver: str, port: str, patience: Patience) -> IdCard:
    """Open, read one card, close."""
    reader = driver_named("idcard", driver).open(port, patience)
    try:
        card: IdCard = reader.read(patience)
    finally:
        reader.close()
    return card


def plain(card: IdCard) -> dict[str, Any]:
    """The card as plain values; photo and fingerprints only by their lengths."""
    words = ("name", "number", "nation", "address", "newest_address", "issuer")
    more = ("english_name", "nationality", "pass_number", "issue_count")
    return {
        "kind": card.kind.value,
        **{word: getattr(card, word) for word in words},
        "sex": card.sex.value,
        "birth": _written(card.birth),
        "valid_from": _written(card.valid_from),
        "valid_to": _written(card.valid_to) or FOR_EVER,
        "expired": card.expired(SystemClock().now().astimezone(CHINA).date()),
        **{word: getattr(card, word) for word in more},
        "photo_bytes": len(card.photo),
        "fingerprint_bytes": len(card.fingerprints),
    }


def masked(card: IdCard) -> dict[str, Any]:
    """Like ``plain``, but nobody can be known from it: enough for a technician to see that every field arrived."""
    hidden = ("nation", "address", "newest_address", "issuer", "english_name", "nationality", "pass_number")
    shown = plain(card)
    return shown | {
        "name": mask_name(card.name),
        "number": card.masked_number,
        "sex": "*",
        "birth": "****-**-**" if card.birth else "",
        **{word: "*" * len(shown[word]) for word in hidden},
    }


def failed(failure: Failure) -> dict[str, Any]:
    return {
        "ok": False,
        "failure": {
            "code": failure.code,
            "recovery": failure.recovery.value,
            "detail": failure.detail,
            "citizen": _both(failure.citizen),
            "technician": _both(failure.technician),
        },
    }


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _as_json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _as_lines(fields: dict[str, Any], indent: str = "") -> str:
    lines = []
    for name, value in fields.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}:", _as_lines(value, indent + "  ")]
        else:
            lines.append(f"{indent}{name:18} {value}")
    return "\n".join(lines)
