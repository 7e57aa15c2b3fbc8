"""Answers of a world in which something is broken, for ``Walk.world``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from core.wire import (
    LicencesTold,
    RefusedLicence,
)
from flows import events
from tests.flows.citizen import CARD, Walk


def failing(request: str, code: str) -> Callable[..., list[events.Event]]:
    return lambda visit, _: [events.Failed(visit.number, request, code)]


def first_failing(walk: Walk, request: str, *codes: str) -> None:
    """The first requests of a kind fail, then all is well again."""
    good, left = walk.world[request], list(codes)

    def answer(visit: Any, asked: Any) -> Any:
        return failing(request, left.pop(0))(visit, asked) if left else good(visit, asked)

    walk.world[request] = answer


def refused(code: str) -> Callable[..., list[events.Event]]:
    told = LicencesTold(use_id="U", licences=(), refused=(RefusedLicence(type="business_licence", code=code),))
    return lambda visit, _: [events.LicencesCame(visit.number, told)]


def carded(**changes: Any) -> Callable[..., list[events.Event]]:
    return lambda visit, _: [events.CardCame(visit.number, replace(CARD, **changes))]
