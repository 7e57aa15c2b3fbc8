"""``tongban desk``: add an officer of the desk, or register a packet of blanks put into a tray."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace

from centre.officers import LEAST_PASSWORD, add_officer
from centre.outside import outside
from centre.stores.blanks import load_range
from core.failures import HouseFailure
from core.ulid import new_ulid
from printing.blanks import BlankRange
from tongban._settings import add_settings, settings_of


def configure(parser: ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    officer = verbs.add_parser("officer", help="a new officer; the password is asked for, or read from a pipe")
    add_settings(officer)
    officer.add_argument("--login", required=True)
    officer.add_argument("--name", required=True, help="as the desk shows it")
    officer.set_defaults(act=_officer)
    blanks = verbs.add_parser("blanks", help="a packet of numbered blanks, loaded by two people")
    add_settings(blanks)
    blanks.add_argument("--terminal", required=True)
    blanks.add_argument("--stock", required=True)
    blanks.add_argument("--first", required=True, metavar="NUMBER")
    blanks.add_argument("--last", required=True, metavar="NUMBER")
    blanks.add_argument("--by", required=True, action="append", metavar="PERSON", help="given twice")
    blanks.set_defaults(act=_blanks)


def run(args: Namespace) -> int:
    status: int = args.act(args)
    return status


def _officer(args: Namespace) -> int:
    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if len(password) < LEAST_PASSWORD:
        raise HouseFailure(f"a password has at least {LEAST_PASSWORD} characters")
    with outside(settings_of(args)) as centre:
        centre.ledger.change(
            lambda change: add_officer(change, centre.region, centre.clock, args.login, args.name, password)
        )
    print(f"added {args.login}")
    return 0


def _blanks(args: Namespace) -> int:
    try:
        packet = BlankRange(args.stock, args.first, args.last)
    except ValueError as error:
        raise HouseFailure(str(error)) from error
    with outside(settings_of(args)) as centre:
        region, name = centre.region, new_ulid(centre.clock)
        centre.ledger.change(lambda change: load_range(change, region, args.terminal, packet, args.by, name))
    print(f"registered {len(packet)} blanks at {args.terminal}")
    return 0
