"""A test that reaches for the network fails, whatever the code under test does with errors."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")])
@pytest.mark.parametrize("reach", ["connect", "connect_ex", "sendto"])
def test_beyond_loopback(family: int, host: str, reach: str) -> None:
    with (
        socket.socket(family, socket.SOCK_DGRAM) as sender,
        pytest.raises(pytest.fail.Exception, match="for the network"),
    ):
        getattr(sender, reach)(*([b""] if reach == "sendto" else []), (host, 9))


def test_a_name_beyond_loopback() -> None:
    with pytest.raises(pytest.fail.Exception, match="for the network"):
        socket.getaddrinfo("example.org", 443)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1]), timeout=5).close()
