"""How a driver makes itself known: a module below ``drivers/<class>/`` holds one ``DRIVER``. Nothing else to edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, TypeVar

from core.waiting import Patience

D = TypeVar("D", covariant=True)


@dataclass(frozen=True, slots=True)
class Driver(Generic[D]):
    """``name`` is the word of the settings file; ``open`` takes the device's address (a path, a URI).

    ``rehearsal`` is ``module:Class`` of the simulator at the other end of the line, with which the contract suite of
    the device class tries the driver. It is a name and not an import, so that no simulator is loaded in production.
    """

    name: str
    open: Callable[[str, Patience], D]
    rehearsal: str


def rehearsal_of(driver: Driver[Any]) -> Callable[..., Any]:
    """The simulator's class. Only tests and the wiring of simulated devices ask for it."""
    module, _, name = driver.rehearsal.partition(":")
    return getattr(import_module(module), name)  # type: ignore[no-any-return]
