"""``tongban centre [serve | enrol]``: run the centre, or make a terminal known to it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from centre.enrol import Enrolment, enrol_from_outside, key_from
from centre.serve import ready_file, serve
from core.settings import Settings
from tongban._settings import add_settings, settings_of


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("verb", nargs="?", choices=["serve", "enrol"], default="serve")
    add_settings(parser)
    parser.add_argument("--ready", type=Path, help="serve: file that gets the address once the centre answers")
    parser.add_argument("--terminal", help="id of the terminal to enrol")
    parser.add_argument("--public-key", help="its Ed25519 public key, base64")
    parser.add_argument("--place", default="", help="enrol: where it stands, as people are told")
    parser.add_argument("--phone", default="", help="enrol: whom to call there")
    parser.add_argument("--stock", default="", help="enrol: the stock type in its tray")
    parser.add_argument("--items", nargs="*", default=[], help="enrol: service items it may offer")


def run(args: Namespace) -> int:
    """``serve`` with a terminal's key enrols it first, in the same process: that saves a start of Python."""
    settings = settings_of(args)
    if args.verb == "enrol" or args.public_key:
        status = _enrol(settings, args)
        if status or args.verb == "enrol":
            return status
    return _serve(settings, args)


def _serve(settings: Settings, args: Namespace) -> int:
    def ready(url: str) -> None:
        print(f"READY {url}", flush=True)
        if args.ready is not None:
            ready_file(args.ready, url)

    serve(settings, ready)
    return 0


def _enrol(settings: Settings, args: Namespace) -> int:
    if not args.terminal or not args.public_key:
        print("enrol needs --terminal and --public-key")
        return 2
    told = Enrolment(args.terminal, key_from(args.public_key), args.place, args.phone, args.stock, tuple(args.items))
    enrol_from_outside(settings, told)
    print(f"enrolled {args.terminal}")
    return 0
