"""Items are data: each file is sound, every way of its guide can be walked, and a new file needs no edit here."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from core.wire import CaseState
from flows import events
from flows.catalogue import CatalogueWrong, load_catalogue
from flows.guide import is_exact, leaves, place
from flows.requests import Wipe
from flows.visit import Step
from tests.flows.citizen import CATALOGUE, CONFIG, HEALTH, Walk, lobby, watch
from tongban.__main__ import main

FOLDER = CONFIG / "catalogue"
ITEM = yaml.safe_load((FOLDER / f"{HEALTH}.yaml").read_text(encoding="utf-8"))
EVERY_WAY = [(item.id, answers, end) for item in CATALOGUE.values() for answers, end in leaves(item)]


def copied(folder: Path, name: str, change: dict[str, object] | None = None) -> Path:
    """Our item under another id, with some keys replaced."""
    item = yaml.safe_load((FOLDER / f"{HEALTH}.yaml").read_text(encoding="utf-8"))
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(item | {"id": name} | (change or {}), allow_unicode=True), encoding="utf-8")
    return path


def walk_every_way(folder: Path) -> set[str]:
    """Walk each item of a folder to the end of its visit, by each of its guide's ways; the items' ids."""
    items = load_catalogue(folder)
    for item in items.values():
        for answers, end in leaves(item):
            walk = Walk(item.id, at=lobby(items)).to_notice(answers)
            assert walk.step is (Step.ENDING if end.kind == "ending" else Step.NOTICE)
            if end.kind == "situation":
                walk.agree().fill().send(events.Confirmed(), events.Confirmed(), events.RouteChosen(True)).sign()
                walk.send(events.Confirmed(), events.PaperTaken()).home()
            else:
                walk.send(events.PrintSheetPressed(), events.Confirmed())
            assert walk.visit.over
            assert isinstance(walk.requests[-1], Wipe)
    return set(items)


def test_every_item_of_ours() -> None:
    assert walk_every_way(FOLDER) == {path.stem for path in FOLDER.glob("*.yaml")}


def test_a_new_file_is_a_new_item(tmp_path: Path) -> None:
    shutil.copy(FOLDER / f"{HEALTH}.yaml", tmp_path)
    copied(tmp_path, "another_licence", {"version": 3, "pledge": None, "materials": [
        {"id": "form", "name": {"zh": "申请表", "en": "Form"}, "ways": ["generated"]},
    ]})  # fmt: skip
    items = load_catalogue(tmp_path)
    walk = Walk("another_licence", at=lobby(items))
    walk.world["WatchCase"] = lambda visit, _: [events.CaseMoved(visit.number, watch(visit.item, CaseState.NORMAL))]
    walk.to_pledge().send(events.RouteChosen(True))
    assert walk.step is Step.PLEDGE
    assert walk.send(events.RouteChosen(False)).sign().send(events.Confirmed()).step is Step.RECEIVED


def test_a_copy_of_an_item_is_walked_without_an_edit(tmp_path: Path) -> None:
    copied(tmp_path, "copied_licence")
    assert walk_every_way(tmp_path) == {"copied_licence"}


@pytest.mark.parametrize(("item", "answers", "end"), EVERY_WAY)
def test_every_leaf(item: str, answers: dict[str, str], end: object) -> None:
    assert place(CATALOGUE[item], answers) == end


@pytest.mark.parametrize("item", CATALOGUE.values(), ids=lambda item: item.id)
def test_every_ending_and_situation_can_be_reached(item: object) -> None:
    ends = {(end.kind, end.name) for _, end in leaves(item)}
    assert ends == {("ending", name) for name in item.endings} | {("situation", name) for name in item.situations}


def test_answers_that_lead_to_a_situation_exactly() -> None:
    item = CATALOGUE[HEALTH]
    assert is_exact(item, {"venue": "bath", "central_air": "none"}, "new")
    assert not is_exact(item, {"venue": "bath"}, "new")
    assert not is_exact(item, {"venue": "bath", "central_air": "none", "zone": "outside"}, "new")
    assert not is_exact(item, {"venue": "eating"}, "new")
    assert not is_exact(item, {"venue": "nothing like it"}, "new")


def test_all_mistakes_of_all_files_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("id: [", encoding="utf-8")
    copied(tmp_path, "b", {"fee": {"zh": "不收费"}, "surprise": 1})
    copied(tmp_path, "c", {"guide_start": "nowhere", "licences": []})
    (tmp_path / "d.yaml").write_bytes(b"\xff\xfe")
    copied(tmp_path, "e").rename(tmp_path / "f.yaml")
    with pytest.raises(CatalogueWrong) as caught:
        load_catalogue(tmp_path)
    lines = caught.value.mistakes
    for start in (
        "a.yaml: not readable",
        "b.yaml: fee.en: Field required",
        "b.yaml: surprise: Extra inputs",
        "c.yaml: guide_start: no question 'nowhere'",
        "c.yaml: fields.unit_name.sources: no licence",
        "c.yaml: materials.business_licence.licence_type: no licence",
        "d.yaml: not readable",
        "f.yaml: id: 'e' is not the name of the file",
    ):
        assert any(line.startswith(start) for line in lines), (start, lines)


CERTIFICATE = ITEM["certificate"]
LICENCE = ITEM["licences"][0]
YES = {"zh": "是", "en": "Yes"}
CIRCLE = {
    name: {"ask": YES, "why": YES, "answers": [{"id": "x", "label": YES, "leads_to": f"question:{to}"}, {"id": "y", "label": YES, "leads_to": "situation:new"}]}
    for name, to in (("a", "b"), ("b", "a"))
}  # fmt: skip
WRONG = [
    ({"materials": [{"id": "m", "name": {"zh": "材", "en": "m"}, "ways": ["pledged"], "when": {"question": "venue", "answers": ["x"]}}]}, "no answer 'x'"),
    ({"materials": [{"id": "m", "name": {"zh": "材", "en": "m"}, "ways": ["pledged"], "never": {"question": "x", "answers": []}}]}, "materials.m.never: no question 'x'"),
    ({"fields": [{"id": "f", "label": {"zh": "项", "en": "f"}, "kind": "number", "sources": ["typed"]}]}, "typed but not editable"),
    ({"fields": [{"id": "f", "label": {"zh": "项", "en": "f"}, "kind": "number", "sources": ["typed"], "editable": True, "not_above": "g"}]}, "no number field 'g'"),
    ({"fields": [{"id": "f", "label": {"zh": "项", "en": "f"}, "kind": "text", "sources": ["id_card.name"], "editable": True}]}, "editable but not typed"),
    ({"certificate": CERTIFICATE | {"number_format": "{place}"}}, "certificate.number_format: only"),
    ({"certificate": CERTIFICATE | {"number_format": "{year"}}, "certificate.number_format: only"),
    ({"certificate": CERTIFICATE | {"fields": [{"key": "k", "label": {"zh": "项", "en": "k"}, "value": "today"}]}}, "unknown value 'today'"),
    ({"guide": CIRCLE, "guide_start": "a"}, "goes round in circles: a, b"),
    ({"licences": [LICENCE, LICENCE]}, "licences: 'business_licence' twice"),
    ({"endings": {}}, "nothing called 'ending:small_shop'"),
    ({"pledge": None}, "pledged, but the item has no pledge"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "mistake"), WRONG)
def test_what_does_not_hang_together(tmp_path: Path, change: dict[str, object], mistake: str) -> None:
    copied(tmp_path, "wrong", change)
    with pytest.raises(CatalogueWrong, match=mistake.replace("(", r"\(")):
        load_catalogue(tmp_path)


def test_an_empty_folder_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(CatalogueWrong, match="no item"):
        load_catalogue(tmp_path)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "check"]) == 0
    assert HEALTH in capsys.readouterr().out
    copied(tmp_path, "wrong", {"guide_start": "nowhere"})
    assert main(["catalogue", "check", str(tmp_path)]) == 1
    assert "wrong.yaml: guide_start" in capsys.readouterr().err
