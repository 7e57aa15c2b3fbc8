"""``tongban code read IMAGE [--json]``: the codes in a picture."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sight.codes import NotAPicture, read_codes


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=["read"])
    parser.add_argument("image", type=Path)
    parser.add_argument("--json", action="store_true")


def run(args: Namespace) -> int:
    try:
        codes = read_codes(args.image.read_bytes())
    except (NotAPicture, OSError) as error:
        print(f"{args.image}: {error}", file=sys.stderr)
        return 1
    if args.json:
        print(
            json.dumps(
                [{"format": code.format, "text": code.text, "corners": code.corners} for code in codes],
                ensure_ascii=False,
            )
        )
    else:
        print("\n".join(f"{code.format}: {code.text}" for code in codes))
    return 0 if codes else 2
