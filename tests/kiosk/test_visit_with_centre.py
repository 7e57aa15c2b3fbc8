"""Whole visits of several people against a real centre over HTTP: our flows, our runner, our link; only the devices are played."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.clock import SystemClock
from core.people import IdCard
from core.ulid import new_ulid
from core.waiting import Patience
from core.wire import Outcome
from flows import events
from flows.catalogue import load_catalogue
from flows.steps.pledge import pledge_refusal
from flows.steps.trouble import can_retry
from flows.visit import Lobby, Step, new_visit
from kiosk.errands import Outside
from kiosk.link import CentreLink
from kiosk.printd.words import Stage
from kiosk.words import face_of, load_texts
from tests.centre.process import centre_process
from tests.centre.support import card_of
from tests.flows.citizen import CONFIG, HEALTH, Walk, lobby
from tests.kiosk.played_ports import PlayedPrintd, PlayedReader, outside, progress
from tests.kiosk.runner_stand import Stand

TEXTS = load_texts(CONFIG / "languages")
CLOCK = SystemClock()
NUMBERS = count(1)
SEQ = count(1)
ANSWERS = {"venue": "hair", "hair_shop": "none"}


@dataclass
class Reached:
    url: str
    key: Ed25519PrivateKey


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    folder = tmp_path_factory.mktemp("centre")
    with centre_process(folder, f"sqlite:///{folder}/centre.db") as process:
        process.start()
        yield Reached(process.url, process.enrol())


class LaidCard(PlayedReader):
    def __init__(self, card: IdCard) -> None:
        super().__init__()
        self.card = card
        self.laid.set()

    def read(self, patience: Patience) -> IdCard:
        super().read(patience)
        return self.card


class Visitor(Walk):
    """A citizen whose world is the runner, and behind it the centre. Looks at every face on the way."""

    def __init__(self, stand: Stand, at: Lobby) -> None:
        super().__init__(HEALTH, at)
        self.visit = new_visit(next(NUMBERS), new_ulid(CLOCK), CLOCK.now(), at)
        self.world = {}
        self._stand, self._taken = stand, 0

    def settle(self) -> None:
        made, self._open = self._open, []
        self._stand.runner.do(self.visit.number, made)
        face_of(self.visit, CLOCK.now(), TEXTS)

    def reach(self, *steps: Step) -> Visitor:
        deadline = time.monotonic() + 20
        while self.step not in steps:
            assert time.monotonic() < deadline, (self.step, self.visit.trouble)
            news = self._stand.heard(self._taken + 1)[self._taken :]
            self._taken += len(news)
            self.send(*news, events.Tick(CLOCK.now()))
        return self

    def apply(self, pledge: bool = True) -> Visitor:
        self.send(events.Tick(CLOCK.now())).reach_hello()
        self.to_notice(ANSWERS).agree()
        self.reach(Step.FORM, Step.TROUBLE)
        if self.step is Step.FORM:
            self.fill().send(events.Confirmed(), events.Confirmed())
            self.reach(Step.PLEDGE, Step.TROUBLE)
        if self.step is Step.PLEDGE:
            self.send(events.RouteChosen(pledge), events.Tick(CLOCK.now()))
        return self

    def reach_hello(self) -> None:
        while self.visit.lobby.told is None:
            news = self._stand.heard(self._taken + 1)[self._taken :]
            self._taken += len(news)
            self.send(*news)

    def hand_in(self) -> Visitor:
        self.sign().send(events.Confirmed())
        return self


@pytest.fixture
def visitor(centre: Reached, tmp_path: Path) -> Iterator[Callable[..., Visitor]]:
    link = CentreLink(centre.url, "T-0001", "kiosk", centre.key, lambda: next(SEQ))
    made: list[Stand] = []

    def come(who: str, **changes: object) -> Visitor:
        moves = (progress(Stage.PRINTING, blank="A1"), progress(Stage.ENDED, blank="A1", outcome=Outcome.PRINTED))
        ports: Outside = outside(
            link=link, reader=LaidCard(replace(card_of(who), **changes)), printd=PlayedPrintd(*moves)
        )
        made.append(Stand(tmp_path, replace(ports, clock=CLOCK)))
        items = load_catalogue(CONFIG / "catalogue")
        return Visitor(made[-1], lobby(items, told=None))

    yield come
    for stand in made:
        stand.runner.close()
    link.close()


def test_granted_on_the_spot(visitor: Callable[..., Visitor]) -> None:
    walk = visitor("jia").apply().hand_in()
    walk.reach(Step.TAKE)
    assert walk.visit.case.certificate.number.startswith("东卫公证字")
    assert {kind for kind, _ in walk.visit.receipts} >= {"decision"}
    assert walk.send(events.PaperTaken(), events.Rated(5), events.Confirmed(), events.Confirmed()).visit.over


def test_the_normal_way(visitor: Callable[..., Visitor]) -> None:
    walk = visitor("yi").apply(pledge=False).hand_in()
    walk.reach(Step.RECEIVED)
    assert walk.visit.case.order_no is None


REFUSED = [
    ("bing", "CARD_KIND_NOT_SERVED"),
    ("xin", "CARD_EXPIRED"),
    ("wu", "LICENCE_MISSING"),
    ("ji", "LICENCE_REVOKED"),
    ("ren", "LICENCE_NOT_YOURS"),
]


@pytest.mark.parametrize(("who", "code"), REFUSED)
def test_who_cannot_go_on(visitor: Callable[..., Visitor], who: str, code: str) -> None:
    walk = visitor(who).apply()
    assert walk.step is Step.TROUBLE
    assert walk.visit.trouble.code == code
    assert walk.send(events.HomePressed()).visit.over


def test_bad_credit(visitor: Callable[..., Visitor]) -> None:
    walk = visitor("geng").apply()
    assert (walk.step, pledge_refusal(walk.visit)) == (Step.PLEDGE, "PLEDGE_NOT_OFFERED")
    assert walk.send(events.RouteChosen(False)).hand_in().reach(Step.RECEIVED).visit.case.order_no is None


def test_a_submission_repeated_after_doubt_is_one_case(visitor: Callable[..., Visitor]) -> None:
    """The answer got lost on the way: to the person it is a doubt, to the centre the same application again."""
    walk = visitor("ding").apply().sign()
    number = walk.visit.number
    held: list[events.Event] = []
    post, walk._stand.runner._post = walk._stand.runner._post, held.append
    walk.send(events.Confirmed())
    deadline = time.monotonic() + 20
    while not any(isinstance(event, events.SubmitCame) for event in held):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    walk._stand.runner._post = post
    first = next(event.told.case_no for event in held if isinstance(event, events.SubmitCame))
    walk.send(events.Failed(number, "Submit", "TOOK_TOO_LONG"))
    assert can_retry(walk.visit)
    walk.send(events.RetryPressed()).reach(Step.TAKE)
    assert walk.visit.case_no == first
