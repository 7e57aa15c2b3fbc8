"""The command ``tongban``: every other module of this folder is a subcommand, imported only when it is named.

A subcommand's module starts with ````tongban name``: what it does``, which is its line in ``tongban --help``. It has
``configure(parser)``, which adds its arguments, and ``run(args)``, which returns the exit status. So ``tongban audit``
works on a machine without Kivy, and a new subcommand is one new file.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from core.failures import Failure

HERE = Path(__file__).parent


class Command(Protocol):
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def commands() -> dict[str, str]:
    """Every subcommand with its one line, read from the sources without importing them."""
    paths = sorted(path for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    return {path.stem: one_line(path) for path in paths}


def one_line(path: Path) -> str:
    opening = (ast.get_docstring(ast.parse(path.read_bytes())) or "").partition("\n")[0]
    return opening.partition("``: ")[2].partition(". ")[0].removesuffix(".")


def command(name: str) -> Command:
    return cast(Command, import_module(f"tongban.{name}"))


def parser_for(words: Sequence[str]) -> argparse.ArgumentParser:
    """All subcommands, and the arguments of the one that ``words`` name."""
    parser = argparse.ArgumentParser(
        prog="tongban", description="通办: a self-service government terminal and its centre."
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, line in commands().items():
        subparser = subparsers.add_parser(name, help=line, description=line)
        if [name] == list(words[:1]):
            command(name).configure(subparser)
    return parser


def tell(failure: Failure) -> None:
    """Code, the citizen's sentence and the technician's, in both languages, on stderr."""
    for line in (str(failure), *failure.citizen, *failure.technician):
        print(line, file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else list(arguments)
    args = parser_for(words).parse_args(words)
    try:
        return command(args.command).run(args)
    except Failure as failure:
        tell(failure)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
