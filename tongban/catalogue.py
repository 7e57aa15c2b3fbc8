"""``tongban catalogue check``: are the service items sound? Every mistake of every file, a line each."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from core.catalogue import ServiceItem
from core.settings import CONFIG
from flows.catalogue import CatalogueWrong, load_catalogue
from flows.guide import leaves


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=["check"])
    parser.add_argument("folder", type=Path, nargs="?", default=CONFIG / "catalogue", help="default: our own")


def run(args: Namespace) -> int:
    try:
        items = load_catalogue(args.folder)
    except CatalogueWrong as error:
        print(error, file=sys.stderr)
        return 1
    for item in items.values():
        print(line(item))
    return 0


def line(item: ServiceItem) -> str:
    ends = [place.kind for _, place in leaves(item)]
    return (
        f"{item.id} v{item.version} {item.name.zh}: {ends.count('situation')} ways to apply, {ends.count('ending')} ways to "
        f"need nothing, {len(item.fields)} fields, {len(item.materials)} materials"
    )
