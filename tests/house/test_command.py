"""The command: its table, what it imports, how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from core.failures import CardMoved, Failure, HouseFailure
from tests.house.tree import ROOT
from tongban import __main__ as front
from tongban._settings import settings_of

HEAVY = {"kivy", "numpy", "cv2", "typst", "pyhanko", "fastapi", "sqlalchemy", "dbos", "serial", "cups"}


@pytest.mark.parametrize("name", front.commands())
def test_each_says_what_it_does_and_runs(name: str) -> None:
    module = front.command(name)
    assert module.__doc__
    assert module.__doc__.startswith(f"``tongban {name}")
    assert 0 < len(front.commands()[name]) < 100
    parser = ArgumentParser()
    module.configure(parser)
    parser.format_help()
    assert callable(module.run)


@pytest.mark.parametrize("name", front.commands())
def test_none_uses_the_name_of_the_subcommand_itself(name: str) -> None:
    """``args.command`` is how ``main`` finds the module again."""
    parser = ArgumentParser()
    front.command(name).configure(parser)
    assert "command" not in {action.dest for action in parser._actions}


def modules_after(*words: str) -> set[str]:
    """What a fresh interpreter has imported after ``tongban`` with these words."""
    code = f"""
import sys, json
from tongban.__main__ import main
try: main({list(words)!r})
except SystemExit: pass
print(json.dumps(sorted(sys.modules)))"""
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(answer.stdout.splitlines()[-1]))


def test_help_imports_no_subcommand() -> None:
    imported = modules_after("--help")
    assert not imported & (HEAVY | {f"tongban.{name}" for name in front.commands()})


def test_an_unknown_word_names_the_choices(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        front.main(["nonsense"])
    assert ended.value.code == 2
    assert "nonsense" in capsys.readouterr().err


class Failing:
    """A subcommand that ends as it is told."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("--flag", action="store_true")

    def run(self, args: object) -> int:
        raise self.error


@pytest.mark.parametrize("error", [CardMoved("SW3 0x41"), Failure()])
def test_a_failure_tells_its_code_and_sentences(
    error: Failure, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(front, "commands", lambda: {"failing": "it fails"})
    monkeypatch.setattr(front, "command", lambda name: Failing(error))
    assert front.main(["failing", "--flag"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [str(error), *error.citizen, *error.technician]


def test_control_c_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "commands", lambda: {"failing": "it fails"})
    monkeypatch.setattr(front, "command", lambda name: Failing(KeyboardInterrupt()))
    assert front.main(["failing"]) == 130


@pytest.mark.parametrize(("text", "said"), [("profile = 1\n", "terminal: Field required"), ("profile", "not TOML")])
def test_wrong_settings_are_told_as_such(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(text)
    with pytest.raises(HouseFailure, match=said):
        settings_of(Namespace(settings=[tmp_path / "site.toml"]))


def test_settings_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(HouseFailure, match=r"site\.toml"):
        settings_of(Namespace(settings=[tmp_path / "site.toml"]))


def test_later_settings_are_laid_over_earlier_ones(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[terminal]\nid = "T-9"\n')
    settings = settings_of(Namespace(settings=[ROOT / "config/development.toml", tmp_path / "site.toml"]))
    assert (settings.terminal.id, settings.profile) == ("T-9", "development")
