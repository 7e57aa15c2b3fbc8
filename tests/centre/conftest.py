"""Every test of the centre runs on SQLite and on PostgreSQL; one cluster serves the whole session."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from centre import wiring
from flows.catalogue import load_catalogue
from tests.centre import postgres
from tests.centre.local import Local, local_centre

_numbers = itertools.count(1)


@pytest.fixture(scope="session", autouse=True)
def catalogue_read_once() -> Iterator[None]:
    """Reading YAML is the dearest part of a new centre, and gives the same every time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "load_catalogue", cache(load_catalogue))
        yield


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    with postgres.cluster() as folder:
        yield folder


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """The cluster is started here, before any single test begins, so that it belongs to none of them."""
    if request.param == "postgres":
        request.getfixturevalue("cluster")
    return str(request.param)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("centre")


def new_database(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """The URL of an empty database."""
    name = f"centre{next(_numbers)}"
    if kind == "sqlite":
        return f"sqlite:///{folder}/{name}.db"
    return postgres.make_database(request.getfixturevalue("cluster"), name)


@pytest.fixture(scope="module")
def database(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    return new_database(kind, folder, request)


@dataclass(frozen=True)
class Mould:
    """A centre that was set up and seeded once, to be copied: keys, heads and database."""

    kind: str
    folder: Path
    cluster: Path | None

    def cast(self, folder: Path) -> str:
        """The URL of the copy's database; its keys are in ``folder``."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        if self.cluster is None:
            return f"sqlite:///{folder}/centre.db"
        return postgres.make_database(self.cluster, f"centre{next(_numbers)}", "mould")


@pytest.fixture(scope="session")
def moulds() -> dict[str, Mould]:
    return {}


@pytest.fixture(scope="module")
def mould(
    kind: str,
    moulds: dict[str, Mould],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Mould:
    if kind not in moulds:
        folder = tmp_path_factory.mktemp(f"mould-{kind}")
        cluster = request.getfixturevalue("cluster") if kind == "postgres" else None
        made = Mould(kind, folder, cluster)
        url = f"sqlite:///{folder}/centre.db" if cluster is None else postgres.make_database(cluster, "mould")
        with local_centre(folder, url):
            pass
        moulds[kind] = made
    return moulds[kind]


@pytest.fixture(scope="module")
def local(folder: Path, mould: Mould) -> Iterator[Local]:
    """A centre that the tests of one module share."""
    with local_centre(folder, mould.cast(folder)) as centre:
        yield centre


@pytest.fixture
def fresh(tmp_path: Path, mould: Mould) -> Iterator[Local]:
    """A centre for one test, which may break it."""
    with local_centre(tmp_path, mould.cast(tmp_path)) as centre:
        yield centre
