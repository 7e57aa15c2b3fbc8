"""What the house looks like: its folders, the size of a file, a first sentence in each module, no place but its own."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import FOLDERS, ROOT, files

PLACES = re.compile(rb"(?<![\w.])/(?:work|root|home)/|/tmp/[a-z]+/")
LINKS = re.compile(r"""(?:\]\(|src=")(?!https?:|#)([^)"#]+)""")
LONGEST = 400  # lines
TABLES = {
    "kiosk/faces.py",
    "core/failures.py",
    "core/wire.py",
}  # declarations, one after the other: longer, but nothing to follow
INNER = ("docs/decisions", "drivers/ports", "printing/ports", "flows/steps", "kiosk/store", "tests/glass", "tests/iron")


@pytest.mark.parametrize("folder", [*FOLDERS, *INNER, "config/catalogue"])
def test_the_rooms_are_there(folder: str) -> None:
    assert any(path.is_relative_to(ROOT / folder) for path in files())


def test_no_place_on_somebodys_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {place.decode()}" for path in files() for place in PLACES.findall(path.read_bytes())
    ]
    assert found == []


def silent(path: Path) -> bool:
    source = path.read_bytes()
    return bool(source) and ast.get_docstring(ast.parse(source)) is None


def test_every_module_says_what_it_is() -> None:
    assert [path.relative_to(ROOT) for path in files(".py") if silent(path)] == []


@pytest.mark.parametrize("suffix", [".py", ".kv", ".typ", ".md"])
def test_no_file_is_long(suffix: str) -> None:
    long = {str(path.relative_to(ROOT)) for path in files(suffix) if path.read_text().count("\n") > LONGEST}
    assert {path for path in long if path not in TABLES and "/migrations/versions/" not in path} == set()


def test_links_in_pages_lead_somewhere() -> None:
    broken = []
    for page in files(".md"):
        for target in LINKS.findall(page.read_text()):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_decisions_are_numbered_and_complete() -> None:
    decisions = [path for path in files(".md") if path.parent == ROOT / "docs/decisions" and path.name[0].isdigit()]
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        headings = re.findall(r"^## (\w+)", path.read_text(), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], path.name
