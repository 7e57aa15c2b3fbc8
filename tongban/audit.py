"""``tongban audit verify``: is the centre's audit chain whole, to its very last row? Needs neither Kivy nor a running centre."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from centre.audit.verify import verify
from centre.db import opened
from tongban._settings import add_settings, settings_of
from vault.keys import open_keys


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=["verify"])
    add_settings(parser)


def run(args: Namespace) -> int:
    """0 when the chain is whole, 1 with everything that is wrong."""
    settings = settings_of(args)
    public = open_keys(settings.centre.keys, settings.profile).signing("audit").public_key()
    with opened(settings.centre.database) as database:
        verdict = verify(database, settings.centre.data, public)
    for problem in verdict.problems:
        print(problem)
    unsigned = f", the newest {verdict.unsigned} not signed yet" if verdict.unsigned else ""
    print(f"{verdict.rows} rows{unsigned}: {'whole' if verdict.whole else 'BROKEN'}")
    return 0 if verdict.whole else 1
