"""A new reader is one new file: the registry finds it, and the contract suite runs on it without another edit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import drivers.idcard
from core.failures import HouseFailure
from drivers.registry import driver_named, drivers_of

ROOT = Path(__file__).parents[3]
SUITE = "tests/drivers/idcard/test_contract.py"
RUN = """
import sys, pytest, drivers.idcard
drivers.idcard.__path__.append(sys.argv[1])
sys.exit(pytest.main(["-v", "-k", sys.argv[2], sys.argv[3]]))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """One more folder of ``drivers.idcard``."""
    monkeypatch.setattr(drivers.idcard, "__path__", [*drivers.idcard.__path__, str(tmp_path)])
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("drivers.idcard.zeta")]:
        del sys.modules[name]


def drop(folder: Path, name: str, text: str | None = None) -> None:
    zeta = Path(__file__).with_name("zeta.py")
    (folder / f"{name}.py").write_text(zeta.read_text("utf-8") if text is None else text, "utf-8")


def test_it_is_found_by_being_there(folder: Path) -> None:
    assert list(drivers_of("idcard")) == ["sdt-serial"]
    drop(folder, "zeta")
    assert list(drivers_of("idcard")) == ["sdt-serial", "zeta-z9"]
    assert driver_named("idcard", "zeta-z9").rehearsal == "drivers.idcard.zeta:ZetaRehearsal"


def test_two_of_one_name_are_refused(folder: Path) -> None:
    for name in ("zeta_one", "zeta_two"):
        drop(folder, name)
    with pytest.raises(HouseFailure, match="two drivers are named zeta-z9"):
        drivers_of("idcard")


def test_simulators_are_not_walked(folder: Path) -> None:
    drop(folder, "simulated_zeta", "raise RuntimeError('imported')")
    assert list(drivers_of("idcard")) == ["sdt-serial"]


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(HouseFailure, match="there are: sdt-serial"):
        driver_named("idcard", "sdt-serail")


def suite(folder: Path, chosen: str = "zeta") -> str:
    """The report of the contract suite with one more folder of drivers."""
    words = [sys.executable, "-c", RUN, str(folder), chosen, SUITE]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def test_the_suite_runs_on_it(tmp_path: Path) -> None:
    drop(tmp_path, "zeta")
    report = suite(tmp_path)
    assert report.count("[zeta-z9] PASSED") == 13, report


def test_the_suite_fails_a_driver_that_breaks_the_promise(tmp_path: Path) -> None:
    zeta = Path(__file__).with_name("zeta.py").read_text("utf-8")
    broken = zeta.replace("raise NoCard from error", "raise").replace('while self._ask(patience) != "-"', "while False")
    drop(tmp_path, "zeta", broken)
    report = suite(tmp_path, "zeta and (no_card or taken_away)")
    for test in ("test_no_card_in_time", "test_sees_that_the_card_is_taken_away"):
        assert f"{test}[zeta-z9] FAILED" in report
