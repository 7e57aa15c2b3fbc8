"""No test reaches beyond this machine: connections and look-ups to anything but loopback fail the test."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

import pytest


def is_local(host: object) -> bool:
    """Loopback by number or name; ``None`` and ``""`` are a server's own wildcard in a look-up."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", "0.0.0.0", "::"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def refuse(host: object) -> None:
    # Not an OSError: the code under test would take that for a centre that is away.
    pytest.fail(f"a test reached for the network: {host!r}")


def guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    """``socket.connect`` and its kin: the address is the last argument, a tuple for IPv4 and IPv6."""

    def checked(self: object, *arguments: Any) -> Any:
        address = arguments[-1]
        if isinstance(address, tuple) and not is_local(address[0]):
            refuse(address[0])
        return method(self, *arguments)

    return checked


def guarded_lookup(method: Callable[..., Any]) -> Callable[..., Any]:
    def checked(host: object, *arguments: Any, **options: Any) -> Any:
        if not is_local(host):
            refuse(host)
        return method(host, *arguments, **options)

    return checked
