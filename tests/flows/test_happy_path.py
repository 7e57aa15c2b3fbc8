"""The whole way, for every item of the catalogue, with nothing going wrong."""

from __future__ import annotations

import pytest

from flows.requests import Wipe
from flows.visit import Step
from tests.flows.citizen import CATALOGUE, Walk


@pytest.mark.parametrize("item", CATALOGUE)
def test_from_card_to_sheet(item: str) -> None:
    walk = Walk(item).to_end()
    assert walk.step is Step.RATE
    assert walk.home().visit.over
    assert [type(request) for request in walk.requests].count(Wipe) == 1
    assert isinstance(walk.requests[-1], Wipe)
