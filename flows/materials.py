"""How each material of an item is met: waived by card or licence, made by the system, pledged, or handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from core.catalogue import Material, ServiceItem, Way, When
from core.wire import Licence, MaterialAnswer, Route
from flows.prefill import usable

WAIVED = frozenset({Way.ID_CARD, Way.E_LICENCE, Way.GENERATED})


def holds(condition: When, answers: Mapping[str, str]) -> bool:
    return answers.get(condition.question) in condition.answers


def needed_materials(item: ServiceItem, answers: Mapping[str, str]) -> Iterator[Material]:
    """Those that this person's answers call for."""
    for material in item.materials:
        if material.when is not None and not holds(material.when, answers):
            continue
        if material.never is not None and holds(material.never, answers):
            continue
        yield material


def resolve_materials(
    item: ServiceItem, answers: Mapping[str, str], licences: Iterable[Licence], route: Route
) -> tuple[MaterialAnswer, ...]:
    """The best way for each needed material. On the normal route nothing is pledged; what is left is to be handed in.

    ``evidence`` is the licence's identifier. A material that no way of this route can meet is ``scanned`` with no
    evidence: the counter asks for it.
    """
    held = {licence.type: licence.identifier for licence in usable(licences)}
    return tuple(_answer(material, held, route) for material in needed_materials(item, answers))


def _answer(material: Material, held: Mapping[str, str], route: Route) -> MaterialAnswer:
    for way in material.ways:
        if way is Way.E_LICENCE and material.licence_type not in held:
            continue
        if way is Way.PLEDGED and route is not Route.PLEDGE:
            continue
        evidence = held[material.licence_type or ""] if way is Way.E_LICENCE else ""
        return MaterialAnswer(id=material.id, how=way.value, evidence=evidence)
    return MaterialAnswer(id=material.id, how=Way.SCANNED.value)


def pledged(materials: Iterable[MaterialAnswer]) -> tuple[str, ...]:
    """Ids of the materials that must be made good later."""
    return tuple(answer.id for answer in materials if answer.how == Way.PLEDGED)


def pledge_is_complete(materials: Iterable[MaterialAnswer]) -> bool:
    """Whether a pledge decides the case: nothing is left that must be handed in first."""
    return all(answer.how != Way.SCANNED or answer.evidence for answer in materials)
