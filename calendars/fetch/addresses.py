"""Where we are willing to go: which URLs, and behind them only addresses of the public internet.

The host is resolved once; every answer must be public, and the connection goes to an address checked here, so that
a name that changes its answer in between gains nothing.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, quote, urlsplit

from calendars.fetch.errors import FetchFailed, FetchRefused

Resolver = Callable[[str, int], list[str]]

LONGEST_URL = 2_000
_SCHEMES = {"http": "http", "https": "https", "webcal": "https", "webcals": "https"}
_PORTS = {"http": 80, "https": 443}
_FORBIDDEN = re.compile(r"[\s\x00-\x20\x7f\\]")
_NUMERIC_LABEL = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.ASCII)
_PUBLIC_IPV6 = ip_network("2000::/3")
# Python 3.11 calls some of these global; each leads elsewhere: relays, tunnels, documentation, protocol ranges.
_NOT_PUBLIC = tuple(
    map(
        ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """Hold a URL taken apart. Its repr hides path and query, which are secrets."""

    scheme: str
    host: str
    port: int
    path_and_query: str

    def __repr__(self) -> str:
        return f"Target({self.scheme}://{self.host}:{self.port}/…)"

    @property
    def authority(self) -> str:
        """Give what the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def is_test_host(self, allowed: frozenset[str]) -> bool:
        """Say whether "host:port" is on the list of hosts that may be loopback."""
        return f"{self.host}:{self.port}" in allowed


def parse(url: str, allowed_test_hosts: frozenset[str] = frozenset()) -> Target:
    """Take a URL apart: http, https or webcal (read as https), a host, the usual ports, no password.

    Raises: FetchRefused.
    """
    url = url.strip()
    if not url or len(url) > LONGEST_URL or _FORBIDDEN.search(url):
        raise FetchRefused("malformed")
    try:
        parts = urlsplit(url)
        scheme = _SCHEMES.get(parts.scheme.lower())
        if scheme is None:
            raise FetchRefused("scheme")
        if parts.username is not None or parts.password is not None:
            raise FetchRefused("credentials")
        target = Target(scheme, _host(parts), _port(parts, scheme), _path_and_query(parts))
    except ValueError:
        raise FetchRefused("malformed") from None
    if target.port not in _PORTS.values() and not target.is_test_host(allowed_test_hosts):
        raise FetchRefused("port")
    return target


def public_addresses(
    target: Target, resolver: Resolver, allowed_test_hosts: frozenset[str] = frozenset()
) -> list[str]:
    """Resolve the host of a target, once; all of its addresses must be public (a test host's: or loopback).

    Raises: FetchRefused, FetchFailed for a name that is not known.
    """
    try:
        answers = resolver(target.host, target.port)
    except (OSError, UnicodeError):
        raise FetchFailed("unknown_host") from None
    if not answers:
        raise FetchFailed("unknown_host")
    is_test_host = target.is_test_host(allowed_test_hosts)
    for answer in answers:
        if not is_public(answer) and not (is_test_host and _is_loopback(answer)):
            raise FetchRefused("not_public")
    return list(dict.fromkeys(answers))


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for all addresses of a host.

    Raises: OSError, UnicodeError.
    """
    return [str(answer[4][0]) for answer in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(text: str) -> bool:
    """Say whether an address belongs to the public internet, also when IPv6 only wraps an IPv4 address.

    >>> [is_public(address) for address in ("93.184.215.14", "::ffff:127.0.0.1", "100.64.0.1")]
    [True, False, False]
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if any(address in network for network in _NOT_PUBLIC if network.version == address.version):
        return False
    # What wraps an IPv4 address (::ffff:127.0.0.1, 64:ff9b::7f00:1) lies outside: nobody honest is reached that way.
    if isinstance(address, IPv6Address) and address not in _PUBLIC_IPV6:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_private)


def _is_loopback(text: str) -> bool:
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False


def _host(parts: SplitResult) -> str:
    """Give the host in ASCII; a number in disguise (0x7f.1, 2130706433) is refused, not resolved."""
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise FetchRefused("no_host")
    if ":" in host:
        if "%" in host:
            raise FetchRefused("malformed")
        return str(IPv6Address(host))
    if _NUMERIC_LABEL.fullmatch(host.rpartition(".")[2]):
        return str(IPv4Address(host))
    host = host.encode("idna").decode("ascii").lower()
    if not _HOST.fullmatch(host):
        raise FetchRefused("malformed")
    return host


def _port(parts: SplitResult, scheme: str) -> int:
    return _PORTS[scheme] if parts.port is None else parts.port


def _path_and_query(parts: SplitResult) -> str:
    safe = "%/:=&?~+!$,;'@()*[]|"
    path = quote(parts.path or "/", safe=safe)
    return f"{path}?{quote(parts.query, safe=safe)}" if parts.query else path
