"""The document that is signed: one spelling for one application, another for any other."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from core.failures import FormIncomplete, PledgeNotOffered
from core.wire import FieldValue, MaterialAnswer, Route
from core.words import Language
from flows.application import document_of, form_values, materials_of
from flows.document import compose_document, digest_of, field_text
from tests.flows.citizen import CATALOGUE, CONFIG, HEALTH, Walk

ITEM = CATALOGUE[HEALTH]
ANSWERS = {"venue": "hair", "hair_shop": "none"}
DIGEST = "from flows.application import document_of\nfrom flows.document import digest_of\nfrom tests.flows.citizen import Walk\n" "print(digest_of(document_of(Walk().to_review().visit)))"  # fmt: skip


def compose(**changes: object) -> str:
    visit = Walk().to_review(answers=ANSWERS).visit
    parts = {
        "situation": "new",
        "answers": ANSWERS,
        "form": form_values(visit),
        "materials": materials_of(visit, Route.PLEDGE),
        "route": Route.PLEDGE,
    }
    return compose_document(ITEM, **(parts | changes))


def test_it_is_what_the_visit_signs_and_sends() -> None:
    walk = Walk().to_end(answers=ANSWERS)
    sent = walk.asked("Submit")[0].ask
    assert sent.signed.document == compose()
    assert sent.signed.digest == digest_of(sent.signed.document)


def test_the_centre_composes_the_same_from_what_it_was_sent() -> None:
    sent = Walk().to_end().asked("Submit")[0].ask
    again = compose_document(
        ITEM,
        situation=sent.situation,
        answers=sent.answers,
        form=sent.form,
        materials=sent.materials,
        route=sent.route,
    )
    assert again == sent.signed.document


def test_the_same_in_another_process() -> None:
    """Whatever the order of sets and dictionaries there."""
    here = digest_of(document_of(Walk().to_review().visit))
    command = [sys.executable, "-c", DIGEST]
    root = CONFIG.parent
    runs = [
        subprocess.run(command, cwd=root, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}, capture_output=True, text=True, check=True)
        for seed in ("1", "2")
    ]  # fmt: skip
    assert [run.stdout.strip() for run in runs] == [here, here]


def test_the_order_of_typing_does_not_matter() -> None:
    form = form_values(Walk().to_review(answers=ANSWERS).visit)
    assert compose(form=tuple(reversed(form)), answers=dict(reversed(ANSWERS.items()))) == compose()


@pytest.mark.parametrize("number", range(len(ITEM.fields)))
def test_any_field_changes_the_digest(number: int) -> None:
    form = list(form_values(Walk().to_review(answers=ANSWERS).visit))
    for change in ({"value": form[number].value + "0"}, {"source": "typed2"}, {"changed": True}):
        changed = [*form[:number], form[number].model_copy(update=change), *form[number + 1 :]]
        assert digest_of(compose(form=changed)) != digest_of(compose())
    assert digest_of(compose(form=form[:number] + form[number + 1 :])) != digest_of(compose())


def test_route_materials_and_answers_change_the_digest() -> None:
    others = (
        compose(route=Route.NORMAL),
        compose(materials=()),
        compose(materials=(MaterialAnswer(id="business_licence", how="e_licence", evidence="another"),)),
        compose(answers={"venue": "hair", "hair_shop": "larger", "central_air": "none"}),
    )
    assert len({digest_of(text) for text in (compose(), *others)}) == 5


def test_every_word_of_the_pledge_is_in_it_in_both_languages() -> None:
    said = compose()
    for text in (*ITEM.pledge.conditions, *ITEM.pledge.clauses, *ITEM.pledge.consequences, ITEM.pledge.withdraw):
        assert json.dumps(text.zh, ensure_ascii=False) in said
        assert json.dumps(text.en, ensure_ascii=False) in said
    normal = json.loads(compose(route=Route.NORMAL))
    assert normal["terms"]["working_days"] == 20


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"situation": "change"}, FormIncomplete),
        ({"answers": {"venue": "x"}}, FormIncomplete),
        ({"answers": {"x": "x"}}, FormIncomplete),
        ({"materials": (MaterialAnswer(id="x", how="pledged"),)}, FormIncomplete),
    ],
)
def test_what_is_none_of_the_item_is_a_failure(change: dict[str, object], failure: type[Exception]) -> None:
    with pytest.raises(failure):
        compose(**change)


def test_no_pledge_no_pledged_document() -> None:
    item = ITEM.model_copy(update={"pledge": None})
    with pytest.raises(PledgeNotOffered):
        compose_document(item, situation="new", answers={}, form=(), materials=(), route=Route.PLEDGE)


def test_values_as_people_read_them() -> None:
    assert field_text(ITEM.field("project"), "hair") == "理发"
    assert field_text(ITEM.field("project"), "hair", Language.EN) == "Hairdressing"
    assert field_text(ITEM.field("facilities"), "washing,waste") == "洗手、垃圾存放"
    assert field_text(ITEM.field("facilities"), "pests,waste") == "防蚊、蝇、蟑、鼠；垃圾存放"
    assert field_text(ITEM.field("employees"), "3") == "3 人"
    assert field_text(ITEM.field("employees"), "") == ""
    assert field_text(ITEM.field("unit_name"), "𬭎记") == "𬭎记"


def test_a_field_the_item_does_not_know_is_not_signed() -> None:
    extra = FieldValue(id="discount", value="1", source="typed")
    assert compose(form=(*form_values(Walk().to_review(answers=ANSWERS).visit), extra)) == compose()
