"""Every distribution at one version, each one asked for has a reason, nothing imported that is not asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import metadata

import pytest

from tests.house.tree import ROOMS, ROOT, imported, modules

LISTS = ("requirements.txt", "requirements-test.txt")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def lines(name: str) -> list[str]:
    return [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith("#")]


def asked_for(name: str) -> set[str]:
    """The distributions above the heading under which the rest stands."""
    ours = (ROOT / name).read_text().partition("# what these need themselves")[0]
    return {plain(line.partition("==")[0]) for line in ours.splitlines() if "==" in line and not line.startswith("#")}


@pytest.mark.parametrize("name", LISTS)
def test_all_are_pinned_and_installed(name: str) -> None:
    for line in lines(name):
        found = re.fullmatch(r"([\w.-]+)==([\w.]+)", line)
        assert found, line
        assert metadata.version(found[1]) == found[2]


def test_nothing_is_installed_that_is_not_listed() -> None:
    listed = {plain(line.partition("==")[0]) for name in LISTS for line in lines(name)}
    present = {plain(distribution.name) for distribution in metadata.distributions()}
    assert present - listed <= {"pip", "tongban"}


def test_the_record_gives_a_reason_for_each() -> None:
    record = next((ROOT / "docs/decisions").glob("*-record-of-libraries.md")).read_text().lower()
    missing = [name for list_ in LISTS for name in sorted(asked_for(list_)) if f"`{name}`" not in record]
    assert missing == []


def test_what_the_rooms_import_is_asked_for() -> None:
    owners = metadata.packages_distributions()
    asked, strange = asked_for("requirements.txt"), []
    for path in (path for room in ROOMS for path in modules(room)):
        for name in imported(path) - set(sys.stdlib_module_names) - set(ROOMS):
            if not {plain(owner) for owner in owners.get(name, [])} & asked:
                strange.append(f"{path.relative_to(ROOT)}: {name}")
    assert strange == []


def test_debian_packages_are_installed() -> None:
    command = [ROOT / "scripts/system-packages", "--missing"]
    missing = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert missing == [], f"install them: apt-get install {' '.join(missing)}"
