"""The house knows where a request comes from as far as its own proxies vouch for it (decision 21)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.web.network import network_key, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_counts_a_subscriber_as_one(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "believed"),
    [
        (0, "203.0.113.5", "198.51.100.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "6.6.6.6, 203.0.113.5", "203.0.113.5"),  # the guest wrote the first one
        (2, "6.6.6.6, 203.0.113.5, 192.0.2.1", "203.0.113.5"),
        (2, "203.0.113.5", "198.51.100.1"),  # fewer proxies than configured: believe none
    ],
)
def test_believes_its_own_proxies_only(
    make_app: Callable[..., Flask], proxies: int, forwarded: str, believed: str
) -> None:
    app = make_app(trusted_proxy_count=proxies)
    app.add_url_rule("/fr/probe/network", "probe_network", network_key)
    direct = make_app()
    with direct.test_request_context(environ_base={"REMOTE_ADDR": believed}):
        expected = network_key()

    seen: list[str] = []
    app.before_request_funcs[None].insert(0, lambda: seen.append(network_key()))
    app.test_client().get(
        "/fr/probe/network",
        headers={"X-Forwarded-For": forwarded},
        environ_base={"REMOTE_ADDR": "198.51.100.1"},
    )

    assert seen == [expected]


def test_keeps_no_address_in_clear(make_app: Callable[..., Flask]) -> None:
    with make_app().test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.7"}):
        key = network_key()

    with make_app(secret_key="another secret, just as long as it").test_request_context(
        environ_base={"REMOTE_ADDR": "192.0.2.7"}
    ):
        assert network_key() != key
    assert "192" not in key
