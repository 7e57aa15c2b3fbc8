"""The sentences: complete in every language, no language leaking into another, every one of them said somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from core.catalogue import Text
from core.failures import every_failure
from core.words import Language
from flows.validate import Mistake
from kiosk.words import face_of, load_texts
from kiosk.words.texts import Speaker, Texts, TextsWrong
from tests.flows.citizen import CATALOGUE, CONFIG, lobby
from tests.flows.scenes import every_visit

FOLDER = CONFIG / "languages"
TEXTS = load_texts(FOLDER)
CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
LATIN = re.compile(r"[A-Za-z]+")
LATIN_IN_CHINESE = {"English", "m"}  # the button that leads there; m²
GAP = re.compile(r"\{\w+\}")


def catalogue_texts() -> list[Text]:
    def inside(value: object) -> list[Text]:
        if isinstance(value, Text):
            return [value]
        if isinstance(value, dict):
            return [text for each in value.values() for text in inside(each)]
        if isinstance(value, tuple):
            return [text for each in value for text in inside(each)]
        names = type(value).model_fields if isinstance(value, BaseModel) else ()
        return [text for name in names for text in inside(getattr(value, name))]

    return [text for item in (*CATALOGUE.values(), lobby().notice) for text in inside(item)]


@pytest.mark.parametrize("language", Language)
def test_no_language_leaks_into_another(language: Language) -> None:
    said = [
        (key, GAP.sub("", sentence)) for key, sentence in TEXTS.sentences[language].items() if key != "common.language"
    ]
    texts = [("catalogue", GAP.sub("", text.words.spoken(language))) for text in catalogue_texts()]
    failures = [
        (code, getattr(kind, who).spoken(language))
        for code, kind in every_failure().items()
        for who in ("citizen", "technician")
    ]
    assert len(texts) > 150
    if language is Language.EN:
        assert [(key, sentence) for key, sentence in said + texts + failures if CJK.search(sentence)] == []
    else:
        citizen = said + texts + [(code, kind.citizen.zh) for code, kind in every_failure().items()]
        leaks = [
            (key, word) for key, sentence in citizen for word in LATIN.findall(sentence) if word not in LATIN_IN_CHINESE
        ]
        assert leaks == []


def test_sentences_for_people_end_and_are_short() -> None:
    """Forty characters is what fits two lines in large print; a law's own words may be longer."""
    long = [key for key, sentence in TEXTS.sentences[Language.ZH].items() if len(GAP.sub("", sentence)) > 60]
    assert long == []


class Listening(dict[str, str]):
    def __init__(self, sentences: dict[str, str]) -> None:
        super().__init__(sentences)
        self.heard: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.heard.add(key)
        return super().__getitem__(key)


NEVER_HEARD_HERE = {
    "mistake.not_yours_to_change", "mistake.unknown_field", "mistake.not_a_resident_number", "mistake.missing",  # only the centre finds these
    "form.source.none", "pledge.days_none", "materials.summary_plain", "materials.detail.scanned", "materials.how.scanned",
    "common.long_term", "weekday.0", "weekday.1", "weekday.2", "weekday.3", "weekday.4", "weekday.5",
}  # fmt: skip


def test_every_sentence_is_said_somewhere_and_none_is_missing() -> None:
    listening = {language: Listening(dict(TEXTS.sentences[language])) for language in Language}
    for visit in every_visit():
        for language in Language:
            face_of(visit.but(language=language), visit.now, Texts(listening))
    for language in Language:
        assert listening[language].keys() - listening[language].heard <= NEVER_HEARD_HERE


@pytest.mark.parametrize(
    ("zh", "en", "mistake"),
    [
        ("a: 甲\nb: 乙", "a: A", "en.yaml: b: missing"),
        ("a: 甲", "a: A\nb: {c: C}", "zh.yaml: b.c: missing"),
        ("a: '{n} 份'", "a: '{m} papers'", "a: the gaps to fill differ"),
        ("a: 1", "a: A", "zh.yaml: a: no sentence"),
        ("a: ''", "a: A", "zh.yaml: a: no sentence"),
        ("no: 不", "'no': N", "en.yaml: False: missing"),
        ("a: [", "a: A", "zh.yaml: "),
    ],
)
def test_mistakes_in_the_files(tmp_path: Path, zh: str, en: str, mistake: str) -> None:
    (tmp_path / "zh.yaml").write_text(zh, encoding="utf-8")
    (tmp_path / "en.yaml").write_text(en, encoding="utf-8")
    with pytest.raises(TextsWrong) as caught:
        load_texts(tmp_path)
    assert any(line.startswith(mistake) for line in caught.value.mistakes), caught.value.mistakes


def test_an_unknown_key_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Speaker(TEXTS.sentences[Language.ZH], Language.ZH)("no.such.key")


def test_a_code_from_the_future_is_a_fault_of_ours() -> None:
    say = TEXTS.speaker(Language.ZH)
    assert say.failure("FROM_NEXT_YEAR") == every_failure()["HOUSE_FAILURE"].citizen.zh


def test_every_mistake_has_its_sentence() -> None:
    for mistake in Mistake:
        assert TEXTS.speaker(Language.EN)(f"mistake.{mistake}", other="x")
