"""Which drivers there are: whatever module below ``drivers/<class>/`` holds a ``DRIVER``. Simulators are not walked."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

from core.failures import HouseFailure
from drivers.driver import Driver


def drivers_of(device: str) -> dict[str, Driver[Any]]:
    """Name → driver for a device class (``"idcard"``), in the order of their names. ``HouseFailure`` if two share one."""
    package = import_module(f"drivers.{device}")
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."))
    found: dict[str, Driver[Any]] = {}
    for name in names:
        driver = None if _simulates(name) else getattr(import_module(name), "DRIVER", None)
        if driver is not None and found.setdefault(driver.name, driver) is not driver:
            raise HouseFailure(f"two drivers are named {driver.name}")
    return dict(sorted(found.items()))


def driver_named(device: str, name: str) -> Driver[Any]:
    """The driver with this name. ``HouseFailure`` names those there are."""
    known = drivers_of(device)
    if name not in known:
        raise HouseFailure(f"no {device} driver named {name!r}; there are: {', '.join(known)}")
    return known[name]


def _simulates(module: str) -> bool:
    return module.rpartition(".")[2].startswith("sim")
