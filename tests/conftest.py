"""What holds for every test: nothing is left behind, no network but loopback, a home of its own, no skips.

Folders give the marks: tests/glass/ is ``glass``, tests/iron/ is ``iron``.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.house import leftovers, network

MARKED_FOLDERS = {"glass", "iron"}
HOME = Path(tempfile.mkdtemp(prefix="tongban-test-"))

settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile("house")  # another with --hypothesis-profile=search


def pytest_configure() -> None:
    """Before any test module is imported: Kivy reads HOME and the command line when it is imported."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy") or name.startswith("XDG_")]:
        del os.environ[name]
    os.environ |= {"HOME": str(HOME), "KIVY_HOME": str(HOME / "kivy"), "KIVY_NO_ARGS": "1"}
    os.environ[leftovers.MARK] = str(os.getpid())


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for folder in MARKED_FOLDERS.intersection(item.path.parts):
            item.add_marker(folder)


def no_excuse(report: pytest.TestReport | pytest.CollectReport) -> None:
    """A machine that lacks something fails with the reason; it does not skip."""
    if report.skipped or hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"no test may skip or be expected to fail: {report.longrepr}"
        vars(report).pop("wasxfail", None)  # with it, pytest would end with 0


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    no_excuse(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    no_excuse(report)
    return report


@pytest.fixture(scope="session", autouse=True)
def clean_session() -> Iterator[None]:
    """What services and other shared fixtures started is gone at the end, too."""
    before = leftovers.snapshot()
    yield
    leftovers.fail_on_new(before)


@pytest.fixture(autouse=True)
def nothing_left(clean_session: None) -> Iterator[None]:
    """The test that leaves a thread, a process, an asyncio task or a listening socket fails."""
    before = leftovers.snapshot()
    yield
    leftovers.fail_on_new(before)


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, network.guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", network.guarded_lookup(socket.getaddrinfo))
        yield
