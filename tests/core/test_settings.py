"""Settings: every mistake is told at once, with its path; production refuses whatever plays a part."""

from __future__ import annotations

import pytest

from core.settings import CONFIG, PLAYED, SettingsWrong, settings_from

DEVELOPMENT = (CONFIG / "development.toml").read_text(encoding="utf-8")
PRODUCTION = (CONFIG / "production.toml").read_text(encoding="utf-8")
PLAYING = """
simulate = ["idcard"]
[screen]
dock = true
[terminal.keys]
store = "file"
[idcard]
driver = "simulated"
[certificate_printer]
driver = "simulated"
[receipt_printer]
driver = "simulated"
[centre]
demonstration = true
keys = { store = "file" }
"""
WRONG = """
[link]
timeout_s = "soon"
[centre]
port = 70000
[idcard]
colour = "red"
"""
WRONG_PATHS = {"link.timeout_s", "centre.port", "idcard.colour"}


def mistakes(*tomls: str) -> tuple[str, ...]:
    with pytest.raises(SettingsWrong) as caught:
        settings_from(*tomls)
    return caught.value.mistakes


def paths(told: tuple[str, ...]) -> set[str]:
    return {line.partition(": ")[0] for line in told}


def test_both_profiles_as_they_are() -> None:
    assert settings_from(DEVELOPMENT).profile == "development"
    assert settings_from(PRODUCTION).profile == "production"


def test_later_texts_lie_over_earlier_ones() -> None:
    settings = settings_from(DEVELOPMENT, "[terminal]\nid = 'A'\n", "[terminal]\nid = 'B'\n[screen]\nwidth = 5\n")
    assert (settings.terminal.id, settings.screen.width) == ("B", 5)
    assert settings.terminal.socket == settings_from(DEVELOPMENT).terminal.socket


def test_every_mistake_is_told_at_once_with_its_path() -> None:
    assert paths(mistakes(DEVELOPMENT, WRONG)) == WRONG_PATHS


def test_production_refuses_each_thing_that_plays_a_part() -> None:
    assert paths(mistakes(PRODUCTION, PLAYING)) == {path for path, _, _ in PLAYED}


def test_both_kinds_of_mistakes_are_told_together() -> None:
    both = mistakes(PRODUCTION, PLAYING, WRONG)
    assert paths(both) == WRONG_PATHS | {path for path, _, _ in PLAYED}


def test_what_is_missing_is_named() -> None:
    assert {"profile", "terminal", "centre"} <= paths(mistakes(""))


@pytest.mark.parametrize("text", ["screen = 3", "centre = []", "terminal = { keys = 'file' }"])
def test_a_section_that_is_none_is_told_and_not_looked_into(text: str) -> None:
    told = mistakes(f'profile = "production"\n{text}')
    assert text.partition(" ")[0] in {path.partition(".")[0] for path in paths(told)}


def test_what_is_no_toml_is_said() -> None:
    (line,) = mistakes("profile = ")
    assert line.startswith("not TOML")


def test_a_mistake_tells_no_value() -> None:
    told = mistakes(DEVELOPMENT, "[terminal]\nid = ''\nkeys = { store = 'file', folder = 3, secret = 'hush' }\n")
    assert "hush" not in " ".join(told)
