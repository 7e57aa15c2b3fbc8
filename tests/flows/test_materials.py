"""How each material is met, by route, answers and licences."""

from __future__ import annotations

import pytest

from core.wire import LicenceStatus, Route
from flows.materials import needed_materials, pledge_is_complete, pledged, resolve_materials
from tests.flows.citizen import CATALOGUE, HEALTH, licences_for

ITEM = CATALOGUE[HEALTH]
HELD = licences_for(ITEM).licences
BATH = {"venue": "bath", "central_air": "none"}
COOLED = {"venue": "bath", "central_air": "fitted"}
SMALL_BARBER = {"venue": "hair", "hair_shop": "none"}
COOLED_BARBER = {"venue": "hair", "hair_shop": "larger", "central_air": "fitted"}


@pytest.mark.parametrize(
    ("answers", "review", "report"),
    [(BATH, True, False), (COOLED, True, True), (SMALL_BARBER, False, False), (COOLED_BARBER, True, True)],
)
def test_who_needs_what(answers: dict[str, str], review: bool, report: bool) -> None:
    needed = {material.id for material in needed_materials(ITEM, answers)}
    assert ("preventive_review" in needed, "central_air_report" in needed) == (review, report)


def test_by_pledge() -> None:
    found = {each.id: each for each in resolve_materials(ITEM, COOLED, HELD, Route.PLEDGE)}
    assert found["application_form"].how == "generated"
    assert found["legal_rep_identity"].how == "id_card"
    assert (found["business_licence"].how, found["business_licence"].evidence) == ("e_licence", HELD[0].identifier)
    assert {each.how for key, each in found.items() if key not in list(found)[:3]} == {"pledged"}
    assert pledge_is_complete(found.values())
    assert len(pledged(found.values())) == 7


def test_on_the_normal_route_nothing_is_pledged() -> None:
    found = resolve_materials(ITEM, COOLED, HELD, Route.NORMAL)
    assert pledged(found) == ()
    assert sum(each.how == "scanned" for each in found) == 7
    assert not pledge_is_complete(found)


@pytest.mark.parametrize("status", [status for status in LicenceStatus if status is not LicenceStatus.VALID])
def test_a_licence_that_is_not_valid_waives_nothing(status: LicenceStatus) -> None:
    held = [each.model_copy(update={"status": status}) for each in HELD]
    found = {each.id: each for each in resolve_materials(ITEM, BATH, held, Route.PLEDGE)}
    assert (found["business_licence"].how, found["business_licence"].evidence) == ("scanned", "")
    assert not pledge_is_complete(found.values())
