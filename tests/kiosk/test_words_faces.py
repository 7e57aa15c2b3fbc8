"""What every face shows: known icons and tones, nothing personal unmasked, nothing "printed" before it is, never a dead end."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import pytest

from core.wire import Outcome
from core.words import Language
from flows.route import is_printed
from flows.visit import Step, Visit
from kiosk.art import icons
from kiosk.faces import Editor, Face, FormBody, HomeBody, SignBody, TakeBody, TroubleBody
from kiosk.theme import TONES
from kiosk.words import BODIES, face_of, load_texts
from kiosk.words.ground import bar
from tests.flows.citizen import CARD, CONFIG, Walk
from tests.flows.scenes import every_step, every_visit
from tests.kiosk.test_words import CJK

TEXTS = load_texts(CONFIG / "languages")
CLAIMS = re.compile(r"(?<!没有)(打印好了|已打印|已经打印)|\b(is|has been|was successfully) printed")


def said(value: Any, skip: tuple[type, ...] = ()) -> list[tuple[str, str]]:
    """(field name, string) everywhere inside a face."""
    if isinstance(value, skip):
        return []
    if is_dataclass(value):
        found = []
        for field in fields(value):
            inner = getattr(value, field.name)
            found += [(field.name, inner)] if isinstance(inner, str) else said(inner, skip)
        return found
    if isinstance(value, tuple):
        return [pair for each in value for pair in ([("", each)] if isinstance(each, str) else said(each, skip))]
    return []


@cache
def faces(language: Language = Language.ZH) -> list[tuple[Visit, Face]]:
    return [(visit, face_of(visit.but(language=language), visit.now, TEXTS)) for visit in every_visit()]


def test_every_step_has_a_face_and_is_looked_at_here() -> None:
    assert set(BODIES) == set(Step)
    assert every_step() | {Step.OVER} == set(Step)


def test_icons_and_tones_exist() -> None:
    for _, face in faces():
        for name, value in said(face):
            if name == "icon" and value:
                assert value in icons.ICONS, value
            if name.endswith("tone"):
                assert value in TONES, value


@pytest.mark.parametrize("language", Language)
def test_nothing_is_empty_that_a_person_must_read(language: Language) -> None:
    for visit, face in faces(language):
        body = dict(said(face.body))
        for name in ("title", "go_label", "leave_label", "ask", "summary"):
            assert body.get(name, "there"), (visit.step, name)


def test_card_number_and_phone_are_masked_but_while_being_typed() -> None:
    for visit, face in faces():
        shown = " ".join(value for _, value in said(face, skip=(Editor,)))
        assert CARD.number not in shown, visit.step
        assert "13800000000" not in shown, visit.step
        assert CARD.name not in face.chrome.person


def test_the_masks() -> None:
    rows = {row.field: row for row in face_of(Walk().to_form().fill().visit, Walk().visit.now, TEXTS).body.rows}
    assert rows["legal_rep_id"].value == "110101********0014"
    assert rows["phone"].value == "138****0000"
    assert (rows["phone"].source, rows["phone"].tone) == ("本人填写", "typed")
    assert (rows["uscc"].source, rows["legal_rep_id"].source) == ("电子营业执照", "身份证读取")


@pytest.mark.parametrize("language", Language)
def test_printed_is_said_only_when_it_is(language: Language) -> None:
    claims = set()
    for visit, face in faces(language):
        if visit.step is Step.ENDING:
            continue
        if any(CLAIMS.search(value) for _, value in said(face.body)):
            assert is_printed(visit)
            assert isinstance(face.body, TakeBody)
            claims.add(visit.step)
    assert claims == {Step.TAKE}


def test_the_explanation_is_not_printed_before_it_is() -> None:
    for visit, face in faces():
        if visit.step is Step.ENDING:
            done = dict(visit.receipts).get("not_needed") == "printed"
            assert ("已打印" in face.body.message) is done


def test_trouble_always_leaves_two_ways_and_a_code() -> None:
    troubles = [(visit, face.body) for visit, face in faces() if visit.step is Step.TROUBLE]
    assert len({body.code for _, body in troubles}) > 30
    for visit, body in troubles:
        assert isinstance(body, TroubleBody)
        ways = [way.id for way in body.ways]
        assert {"help", "home"} <= set(ways) <= {"retry", "normal", "help", "home"}
        assert len(set(ways)) == len(ways)
        assert body.code
        assert (body.keep_code == visit.case_no) is True


def test_doubt_is_called_doubt_and_unknown_is_not_offered_again() -> None:
    for visit, face in faces():
        if visit.step is Step.TROUBLE and visit.submission is not None and not visit.case_no:
            assert face.body.title == TEXTS.speaker(Language.ZH)("trouble.title.doubt")
            assert "什么都没有提交" not in face.body.kept
        if visit.step is Step.TROUBLE and visit.printing is not None and visit.printing.outcome is Outcome.UNKNOWN:
            assert [way.id for way in face.body.ways] == ["help", "home"]


def test_english_shows_chinese_only_where_it_is_data() -> None:
    """Names, addresses, places and the certificate itself are what they are."""
    data = {
        "value",
        "subject",
        "place",
        "language",
        "signer",
        "lines",
        "certificate",
        "certificate_title",
        "text",
        "label",
        "person",
    }
    for visit, face in faces(Language.EN):
        for name, value in said(face):
            if CJK.search(value) and name:
                assert name in data, (visit.step, name, value)
        everywhere = " ".join(value for name, value in said(face.body) if name in ("title", "go_label", "hint", "note"))
        assert not CJK.search(everywhere), visit.step


def test_progress_runs_one_way() -> None:
    for visit, face in faces():
        states = [mark.state for mark in face.chrome.steps]
        assert states == [] or (
            states.count("now") == 1 and states == sorted(states, key=["done", "now", "ahead"].index)
        )
        assert bool(states) or visit.step in (Step.HOME, Step.RATE, Step.GOODBYE, Step.OVER)


def test_the_bar_says_what_is_possible() -> None:
    visit = Walk().to_form().visit
    assert bar(visit, TEXTS.speaker(Language.ZH)).can_back
    sent = Walk().to_review()
    sent.world["Submit"] = lambda *_: []
    face = face_of(Walk().to_review().visit, visit.now, TEXTS)
    assert face.chrome.bar.can_back


def test_the_page_under_a_masked_person_is_the_same_form_in_review() -> None:
    review = [face.body for visit, face in faces() if visit.step is Step.REVIEW]
    assert review
    assert all({row.state for row in body.rows} == {"ok"} for body in review)


def test_pure_the_same_visit_has_the_same_face() -> None:
    for visit in every_visit()[::25]:
        assert face_of(visit, visit.now, TEXTS) == face_of(visit, visit.now, TEXTS)


def test_the_form_says_how_much_is_left() -> None:
    body = face_of(Walk().to_form().visit, Walk().visit.now, TEXTS).body
    assert isinstance(body, FormBody)
    assert (body.summary, body.total, body.can_go) == ("已填好 10 项，请您填写 5 项", "共 15 项", False)


def test_a_date_at_home() -> None:
    face = face_of(Walk().visit, Walk().visit.now, TEXTS)
    assert face.chrome.when == "11月22日 星期日 12:00"
    assert isinstance(face.body, HomeBody)
    english = face_of(Walk().visit.but(language=Language.EN), Walk().visit.now, TEXTS)
    assert english.chrome.when == "Sun 22 Nov 12:00"


def test_the_digest_shown_is_the_one_signed() -> None:
    walk = Walk().to_sign()
    body = face_of(walk.visit, walk.visit.now, TEXTS).body
    assert isinstance(body, SignBody)
    walk.sign()
    assert walk.visit.signature.digest.startswith(body.digest.replace(" ", ""))
