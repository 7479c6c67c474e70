"""A visit to a stranger's calendar: what is asked for, how patiently, and what must hold whenever it fails."""

from typing import Any

import pytest

from calendars.fetch import Fetched, FetchError, Limits, fetch
from tests.calendars.house import calendar
from tests.calendars.stranger import Stranger

BODY = calendar("UID:one\nDTSTART:20270105\nDTEND:20270108")
OK = b"HTTP/1.1 200 OK\r\n"
QUICK = Limits(connect_seconds=0.4, total_seconds=0.4, max_bytes=100_000)
ROOMY = Limits(max_bytes=100_000)
AGENT = "JusteNuit/1 (+https://juste-nuit.example/contact)"
SECRET = "s3cr3t"
PATH = f"/{SECRET}/feed.ics?token={SECRET}"


def visit(stranger: Stranger, path: str = PATH, limits: Limits = ROOMY, **options: Any) -> Fetched:
    settings: dict[str, Any] = {
        "user_agent": AGENT,
        "limits": limits,
        "allowed_test_hosts": frozenset((stranger.host,)),
    }
    return fetch(stranger.url(path), **(settings | options))


def failure_of(stranger: Stranger, path: str = PATH, **options: Any) -> FetchError:
    """Give the error of a visit that must fail, once it is sure that it tells nobody the address."""
    with pytest.raises(FetchError) as caught:
        visit(stranger, path, **options)

    error = caught.value
    told = f"{error!r} {error} {error.words('fr')} {error.facts}"
    assert SECRET not in told
    assert str(stranger.port) not in told
    assert error.__suppress_context__ or error.__context__ is None
    return error


def whole(body: bytes, *headers: bytes) -> bytes:
    head = b"".join(header + b"\r\n" for header in headers)
    return OK + head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def chunked(*pieces: bytes, head: bytes = b"") -> bytes:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return OK + head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"


def moved(location: bytes, status: int = 302) -> bytes:
    return b"HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % (status, location)
