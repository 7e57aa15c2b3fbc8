"""``tongban idcard read`` and ``tongban sim``: the technician's tools, from outside."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from drivers.idcard.simulated import read_state
from tests.drivers.idcard.conftest import Table, until
from tongban.__main__ import main

ROOT = Path(__file__).parents[3]
Out = pytest.CaptureFixture[str]


def read(table: Table, out: Out, *more: str) -> tuple[int, dict[str, Any]]:
    status = main(["idcard", "read", "--port", str(table.link), "--timeout", "5", "--json", *more])
    return status, json.loads(out.readouterr().out)


def test_a_masked_card(table: Table, capsys: Out) -> None:
    table.lay("hong")
    status, said = read(table, capsys)
    assert (status, said["ok"], said["masked"]) == (0, True, True)
    assert said["card"]["name"] == "测**"
    assert said["card"]["number"] == "110101********0030"
    assert (said["card"]["photo_bytes"], said["card"]["fingerprint_bytes"]) == (1024, 1024)
    text = json.dumps(said, ensure_ascii=False)
    assert not [word for word in ("𬭎", "北京", "测试", "1900", "满") if word in text]


def test_a_card_in_full(table: Table, capsys: Out) -> None:
    table.lay("hong")
    _, said = read(table, capsys, "--full")
    card = said["card"]
    assert (card["name"], card["nation"], card["birth"]) == ("测试𬭎", "满", "1900-01-01")
    assert (card["newest_address"], card["valid_to"]) == ("北京市东城区测试新村5号楼5单元", "2041-05-01")
    assert (said["masked"], card["expired"]) == (False, False)


def test_for_ever_and_expired(table: Table, capsys: Out) -> None:
    table.lay("jia")
    assert read(table, capsys)[1]["card"]["valid_to"] == "长期"
    table.lay("xin")
    assert read(table, capsys)[1]["card"]["expired"] is True


def test_a_failure_says_what_to_do(table: Table, capsys: Out) -> None:
    table.lay("transit")
    status, said = read(table, capsys)
    assert (status, said["ok"]) == (1, False)
    failure = said["failure"]
    assert (failure["code"], failure["recovery"]) == ("CARD_NOT_ID", "another_way")
    assert failure["citizen"]["zh"].startswith("这张不是身份证")
    assert failure["technician"]["en"] == "Card type not recognised."
    assert "SW 00 00 40" in failure["detail"]


def test_for_people(table: Table, capsys: Out) -> None:
    table.lay("jia")
    assert main(["idcard", "read", "--port", str(table.link)]) == 0
    assert "110101********0014" in capsys.readouterr().out
    assert main(["idcard", "read", "--port", str(table.link.with_name("none"))]) == 1
    told = capsys.readouterr().out
    assert "DEVICE_GONE" in told
    assert "检查电源" in told
    assert "check power" in told


def test_an_unknown_driver(table: Table, capsys: Out) -> None:
    status, said = read(table, capsys, "--driver", "zeta")
    assert (status, said["failure"]["code"]) == (1, "HOUSE_FAILURE")


def sim(table: Table, *words: str) -> int:
    return main(["sim", *words, "--state", str(table.state)])


def test_playing_with_the_state(table: Table, capsys: Out) -> None:
    assert sim(table, "lay", "geng") == 0
    state = read_state(table.state)
    assert state.card is not None
    assert state.card.key == "geng"
    assert sim(table, "lift") == 0
    assert read_state(table.state).card is None
    assert sim(table, "fault", "status", "--on", "3010", "--sw3", "41", "--times", "2") == 0
    (fault,) = read_state(table.state).faults
    assert (fault.kind, fault.on, fault.sw3, fault.times) == ("status", "3010", 0x41, 2)
    assert sim(table, "fault", "none") == 0
    assert read_state(table.state).faults == ()
    assert sim(table, "unplug") == 0
    until(lambda: not table.link.is_symlink())
    assert sim(table, "plug") == 0
    until(table.link.exists)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("words", [("lay", "nobody"), ("fault", "flood")])
def test_what_there_is_not(table: Table, capsys: Out, words: tuple[str, str]) -> None:
    assert sim(table, *words) == 1
    assert "there are:" in capsys.readouterr().out


def test_the_simulator_in_a_process_of_its_own(tmp_path: Path, capsys: Out) -> None:
    table = Table(tmp_path / "idcard", tmp_path / "state.json")
    words = ["sim", "idcard", "--link", table.link, "--state", table.state, "--card", "jia", "--sam-ms", "0"]
    with subprocess.Popen([sys.executable, "-m", "tongban", *words], cwd=ROOT, stdout=subprocess.PIPE) as process:
        until(table.link.exists, 20)
        assert read(table, capsys)[0] == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    assert not table.link.is_symlink()


def test_the_simulator_without_that_card(tmp_path: Path, capsys: Out) -> None:
    words = [
        "sim",
        "idcard",
        "--link",
        str(tmp_path / "idcard"),
        "--state",
        str(tmp_path / "state"),
        "--card",
        "nobody",
    ]
    assert main(words) == 1
    assert "nobody" in capsys.readouterr().out
