"""The centre's commands as processes: audit without Kivy, people and paper from outside, a start that is refused."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from centre.signers import open_signers
from centre.tables.audit import audit_rows
from centre.tables.places import officers, terminals
from centre.tables.prints import blanks
from core.clock import SystemClock
from core.failures import HouseFailure
from core.settings import CONFIG, settings_from
from tests.centre.local import Local
from tests.centre.process import CentreProcess, centre_process
from tests.centre.support import ITEM, make_settings
from tongban.__main__ import main
from vault.keys import FileKeys

WITHOUT_KIVY = "import sys; sys.modules['kivy'] = None; from tongban.__main__ import main; sys.exit(main(sys.argv[1:]))"


def process(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT_KIVY, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=CONFIG.parent)


Tongban = Callable[..., int]


@pytest.fixture
def tongban(monkeypatch: pytest.MonkeyPatch) -> Tongban:
    """The command inside this process; its exit status."""

    def run(*arguments: str, typed: str = "") -> int:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        return main(arguments)

    return run


@pytest.fixture
def beside(fresh: Local) -> CentreProcess:
    """Arguments for commands on the records of ``fresh``."""
    return CentreProcess(fresh.folder, fresh.centre.settings.database)


def test_audit_verify_tells_whole_from_broken(fresh: Local, beside: CentreProcess) -> None:
    done = process("audit", "verify", *beside.arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip().endswith("rows: whole")
    fresh.execute(audit_rows.delete().where(audit_rows.c.seq == len(fresh.rows(audit_rows))))
    done = process("audit", "verify", *beside.arguments)
    assert done.returncode == 1
    assert "last rows are missing" in done.stdout
    assert done.stdout.strip().endswith("BROKEN")


def test_a_terminal_is_enrolled_from_outside(fresh: Local, beside: CentreProcess, tongban: Tongban) -> None:
    key = "A" * 43
    new = ["--terminal", "T-0003", "--public-key", key, "--place", "测试村", "--stock", "health_licence_a4"]
    assert tongban("centre", "enrol", *beside.arguments, *new, "--items", ITEM) == 0
    (row,) = fresh.rows(terminals, terminals.c.id == "T-0003")
    assert (row["place"], row["offers"], row["state"]) == ("测试村", [ITEM], "active")
    assert tongban("centre", "enrol", *beside.arguments, "--terminal", "T-0003", "--public-key", "B" * 43) == 0
    (changed,) = fresh.rows(terminals, terminals.c.id == "T-0003")
    assert changed["place"] == "测试村"
    assert changed["public_key"] != row["public_key"]
    for bad in (["--terminal", "T-0404", "--public-key", key], ["--terminal", "T-0001", "--public-key", "short"]):
        assert tongban("centre", "enrol", *beside.arguments, *bad) == 1


def test_people_and_paper(fresh: Local, beside: CentreProcess, tongban: Tongban) -> None:
    officer = ["desk", "officer", *beside.arguments, "--login", "zhang", "--name", "测试张"]
    assert tongban(*officer, typed="too short\n") == 1
    assert tongban(*officer, typed="a long enough one\n") == 0
    assert tongban(*officer, typed="a long enough one\n") == 1
    (row,) = fresh.rows(officers, officers.c.login == "zhang")
    assert row["password"].startswith("$argon2id$")

    packet = ["desk", "blanks", *beside.arguments, "--terminal", "T-0001", "--stock", "health_licence_a4"]
    numbers = ["--first", "WJ000201", "--last", "WJ000300"]
    assert tongban(*packet, *numbers, "--by", "甲", "--by", "甲") == 1
    assert tongban(*packet, *numbers, "--by", "甲", "--by", "乙") == 0
    assert tongban(*packet, "--first", "WJ000300", "--last", "WJ000310", "--by", "甲", "--by", "乙") == 1
    assert len(fresh.rows(blanks, blanks.c.terminal == "T-0001")) == 300


def test_a_centre_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "in the way").touch()
    with centre_process(tmp_path, f"sqlite:///{tmp_path}/in the way/centre.db") as centre:
        done = process("centre", *centre.arguments)
    assert done.returncode == 1
    assert "HOUSE_FAILURE: database or folder" in done.stderr


def test_production_has_no_test_signer(tmp_path: Path) -> None:
    production = (CONFIG / "production.toml").read_text(encoding="utf-8")
    with pytest.raises(HouseFailure, match="test signer is for development"):
        open_signers(settings_from(production), FileKeys(tmp_path), SystemClock())
    made = open_signers(make_settings(tmp_path, "sqlite:///x"), FileKeys(tmp_path), SystemClock())
    again = open_signers(make_settings(tmp_path, "sqlite:///x"), FileKeys(tmp_path), SystemClock())
    assert made.code_pem == again.code_pem
    assert made.authority == again.authority
