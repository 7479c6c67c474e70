"""Fetch a stranger's calendar address with care: public addresses only, few redirects, little time, few bytes.

The address is a secret of the host: it appears in no message, log line or repr of this package.
"""

from __future__ import annotations

import ssl
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPResponse
from queue import Empty, SimpleQueue
from urllib.parse import urljoin

from calendars.fetch.addresses import Resolver, Target, is_public, parse, public_addresses, resolve
from calendars.fetch.errors import FetchError, FetchFailed, FetchRefused
from calendars.fetch.exchange import Deadline, Exchange

__all__ = [
    "FetchError",
    "FetchFailed",
    "FetchRefused",
    "Fetched",
    "Limits",
    "Validators",
    "check_url",
    "fetch",
    "is_public",
]

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LONGEST_RETRY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """Hold how long and how much one fetch may take (R3, R4); bytes count after unpacking."""

    connect_seconds: float = 5.0
    total_seconds: float = 20.0
    max_bytes: int = 10 * 1024 * 1024
    max_redirects: int = 5

    def __post_init__(self) -> None:
        if min(self.connect_seconds, self.total_seconds, self.max_bytes) <= 0 or self.max_redirects < 0:
            raise ValueError("a fetch needs some time and some bytes")


@dataclass(frozen=True, slots=True)
class Validators:
    """Hold what the server gave with the last good body, to be sent back (R6)."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Hold an answer: 200 with its body, or 304 (`not_modified`) without."""

    status: int
    body: bytes = field(repr=False)
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False


def check_url(
    url: str, *, allowed_test_hosts: frozenset[str] = frozenset(), resolver: Resolver = resolve
) -> None:
    """Check an address when it is saved: well formed, and public at this moment.

    Raises: FetchRefused, FetchFailed for a server name that is not known.
    """
    target = parse(url, allowed_test_hosts)
    _addresses(target, resolver, allowed_test_hosts, Deadline(Limits().connect_seconds))


def fetch(
    url: str,
    *,
    user_agent: str,
    validators: Validators | None = None,
    limits: Limits | None = None,
    allowed_test_hosts: frozenset[str] = frozenset(),
    resolver: Resolver = resolve,
    trust: ssl.SSLContext | None = None,
) -> Fetched:
    """Get one address, following redirects, each checked like the first.

    `user_agent` names the product and a contact (R5). `allowed_test_hosts` are "host:port" that may be loopback on
    any port. `trust` replaces the system's certificates.

    Raises: FetchRefused, FetchFailed.
    """
    limits = limits or Limits()
    deadline = Deadline(limits.total_seconds)
    target = parse(url, allowed_test_hosts)
    for _ in range(limits.max_redirects + 1):
        addresses = _addresses(target, resolver, allowed_test_hosts, deadline)
        with Exchange(target, deadline, trust) as exchange:
            headers = _headers(target, user_agent, validators)
            response = exchange.ask(addresses, headers, limits.connect_seconds)
            if response.status not in _REDIRECTS:
                return _fetched(exchange, response, limits, has_validators=_has_any(validators))
            onward = _location(response, target)
        previous, target = target, parse(onward, allowed_test_hosts)
        if previous.scheme == "https" and target.scheme == "http":
            raise FetchRefused("downgrade")
    raise FetchFailed("too_many_redirects", limit=limits.max_redirects)


def _addresses(
    target: Target, resolver: Resolver, allowed_test_hosts: frozenset[str], deadline: Deadline
) -> list[str]:
    """Resolve and check within the deadline: the system's resolver knows no time limit of ours."""
    outcome: SimpleQueue[list[str] | FetchError] = SimpleQueue()

    def look_up() -> None:
        try:
            outcome.put(public_addresses(target, resolver, allowed_test_hosts))
        except FetchError as error:
            outcome.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = outcome.get(timeout=deadline.left())
    except Empty:
        raise deadline.missed() from None
    if isinstance(found, FetchError):
        raise found
    return found


def _headers(target: Target, user_agent: str, validators: Validators | None) -> dict[str, str]:
    headers = {
        "Host": target.authority,
        "User-Agent": user_agent,
        "Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if validators and validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators and validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    return headers


def _has_any(validators: Validators | None) -> bool:
    return validators is not None and bool(validators.etag or validators.last_modified)


def _fetched(exchange: Exchange, response: HTTPResponse, limits: Limits, *, has_validators: bool) -> Fetched:
    etag, last_modified = _header(response, "ETag", 200), _header(response, "Last-Modified", 80)
    if response.status == 304 and has_validators:
        return Fetched(304, b"", etag, last_modified, not_modified=True)
    if response.status != 200:
        raise FetchFailed("http_status", status=response.status, retry_after=_retry_after(response))
    return Fetched(200, exchange.read(response, limits.max_bytes), etag, last_modified)


def _location(response: HTTPResponse, target: Target) -> str:
    location = _header(response, "Location", 2_000)
    if not location:
        raise FetchFailed("bad_answer")
    try:
        return urljoin(f"{target.scheme}://{target.authority}{target.path_and_query}", location)
    except ValueError:
        raise FetchRefused("malformed") from None


def _header(response: HTTPResponse, name: str, longest: int) -> str:
    """Give a header that can be stored and sent back, empty when it is odd."""
    value = str(response.headers.get(name, "")).strip()
    return value if len(value) <= longest and value.isascii() and value.isprintable() else ""


def _retry_after(response: HTTPResponse) -> timedelta | None:
    """Read Retry-After (R7): seconds, or a date compared with the server's own."""
    text = _header(response, "Retry-After", 60)
    if text.isdecimal():
        return min(timedelta(seconds=int(text[:9])), _LONGEST_RETRY)
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(_header(response, "Date", 60))
    except (ValueError, TypeError):
        return None
    return min(max(wait, timedelta()), _LONGEST_RETRY)
