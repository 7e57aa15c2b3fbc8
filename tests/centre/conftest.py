"""Every test of the centre runs on SQLite and on PostgreSQL; one cluster serves the whole session."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
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


@pytest.fixture(scope="module")
def local(folder: Path, database: str) -> Iterator[Local]:
    """A centre that the tests of one module share."""
    with local_centre(folder, database) as centre:
        yield centre


@pytest.fixture
def fresh(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> Iterator[Local]:
    """A centre for one test, which may break it."""
    with local_centre(tmp_path, new_database(kind, tmp_path, request)) as centre:
        yield centre
