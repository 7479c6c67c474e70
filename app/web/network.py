"""Say where a request comes from, without keeping the address (decision 21)."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from flask import Flask, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app.services.tokens import fingerprint

IPV6_NETWORK_BITS = 64
SHOWN_IPV4_BITS, SHOWN_IPV6_BITS = 24, 48


def trust_proxies(app: Flask, count: int) -> None:
    """Believe the address and scheme that exactly `count` proxies of ours have added, and nothing before them."""
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]


def network_of(address: str) -> str:
    """Return what one subscriber holds: the IPv4 address itself, the /64 of an IPv6 address.

    >>> network_of("192.0.2.7"), network_of("2001:db8:1:2:3::4"), network_of("::ffff:192.0.2.7")
    ('192.0.2.7', '2001:db8:1:2::/64', '192.0.2.7')
    """
    try:
        known: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ip_network((known, IPV6_NETWORK_BITS), strict=False))


def neighbourhood_of(address: str) -> str:
    """Return what may be kept and shown of an address: where it is from, not whose it is.

    >>> neighbourhood_of("192.0.2.7"), neighbourhood_of("2001:db8:1:2:3::4"), neighbourhood_of("no address")
    ('192.0.2.0/24', '2001:db8:1::/48', 'unknown')
    """
    known = network_of(address).partition("/")[0]
    if known == "unknown":
        return known
    bits = SHOWN_IPV6_BITS if ":" in known else SHOWN_IPV4_BITS
    return str(ip_network((known, bits), strict=False))


def network_key() -> str:
    """Return the digest under which the visits from this request's network are counted."""
    return fingerprint(
        current_app.config["HOUSE"].secret_key, "network", network_of(request.remote_addr or "")
    )
