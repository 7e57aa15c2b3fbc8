"""Where a person could have been left behind on the terminal, and every form in which they would show."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from kiosk.stage.house import House
from kiosk.wiring import PERSONAL_FOLDERS

PROC = Path("/proc")
DOCUMENT = b"%PDF-"
NOT_THE_TERMINALS = ("centre", "devices/printers/certificate/sheets", "devices/printers/receipt/sheets")
"""The centre keeps cases, encrypted; and what came out of a printer is the person's own paper."""


def forms(word: str) -> set[bytes]:
    """A word as it may stand in a file: in the usual encodings, escaped, as hexadecimal digits, in base 64."""
    plain = {word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}
    escaped = {json.dumps(word)[1:-1].encode(), json.dumps(word).upper()[1:-1].replace("\\U", "\\u").encode()}
    hexadecimal = {each.hex().encode() for each in plain} | {each.hex().upper().encode() for each in plain}
    return plain | escaped | hexadecimal | {form for each in plain for form in _in_base64(each)}


def _in_base64(data: bytes) -> Iterator[bytes]:
    """Whichever of the three places in a group of three bytes it begins at; the groups at both ends are left out."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + data)
        middle = coded[4 if before else 0 : len(coded) - (4 if (before + len(data)) % 3 else 0)]
        yield middle
        yield middle.replace(b"+", b"-").replace(b"/", b"_")


def traces(house: House, words: Iterable[str]) -> list[str]:
    """Files and processes of the terminal that hold one of ``words`` or a whole document, by their names."""
    wanted = {form for word in words for form in forms(word)}
    found = [f"file {path}" for path in _files(house) if _holds(path, wanted)]
    found += [f"file name {path}" for path in _files(house) if any(form in str(path).encode() for form in wanted)]
    return found + [f"process {name}" for name, data in _processes(house) if any(form in data for form in wanted)]


def _files(house: House) -> Iterator[Path]:
    excluded = [house.folder / name for name in NOT_THE_TERMINALS]
    roots = [house.folder, house.settings.terminal.socket.parent, spool(house)]
    roots += [path for folder in PERSONAL_FOLDERS for path in folder.glob(f"tongban-*-{house.settings.terminal.id}")]
    for path in (path for root in roots for path in root.rglob("*")):
        if not any(path.is_relative_to(folder) for folder in excluded) and path.is_file():
            yield path


def _holds(path: Path, wanted: set[bytes]) -> bool:
    try:
        data = path.read_bytes()
    except FileNotFoundError:  # it has gone meanwhile
        return False
    return data.startswith(DOCUMENT) or any(form in data for form in wanted)


def spool(house: House) -> Path:
    """The folder of the terminal's spooler: of the cupsd that listens where the terminal prints its receipts."""
    listens = f"Listen {house.settings.receipt_printer.server}\n"
    for _, words in _commands():
        for word in words:
            if word.endswith(b"/cupsd.conf") and listens in Path(word.decode()).read_text():
                return Path(word.decode()).parents[1]
    raise AssertionError("the spooler does not run")


def _processes(house: House) -> Iterator[tuple[str, bytes]]:
    """Arguments and environment of everything that was started for this house."""
    mark = str(house.folder).encode()
    for pid, words in _commands():
        if any(mark in word for word in words):
            yield words[0].decode(), b"\0".join(words) + (PROC / pid / "environ").read_bytes()


def _commands() -> Iterator[tuple[str, list[bytes]]]:
    for entry in PROC.iterdir():
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
        except OSError:  # it has ended meanwhile
            continue
        if words:
            yield entry.name, words
