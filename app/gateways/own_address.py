"""Ring at our own public address, as a platform would: no redirect is followed, everything that comes back is told.

Written on the standard library, which logs nothing: the address is a secret.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

MOST_BYTES = 10 * 1024 * 1024
SECONDS = 10


class NoAnswer(OSError):
    """Nobody answers there; `is_certificate` when somebody does, whose certificate cannot be trusted."""

    def __init__(self, *, is_certificate: bool = False) -> None:
        super().__init__("the address does not answer")
        self.is_certificate = is_certificate


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the headers under their lower-case names, the body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class OwnDoor:
    """Who rings; `mark` tells our own server that it is not a platform (see app/web/feeds.py)."""

    mark: Mapping[str, str] = field(repr=False)

    def ring(self, url: str, *, method: str = "GET", etag: str = "") -> Answer:
        """Ask once. Raises: NoAnswer."""
        headers = {"Accept": "text/calendar", "Connection": "close", **self.mark}
        if etag:
            headers["If-None-Match"] = etag
        try:
            return self._ask(urlsplit(url), method, headers)
        except ssl.SSLCertVerificationError:
            raise NoAnswer(is_certificate=True) from None
        except (HTTPException, OSError, ValueError):
            raise NoAnswer from None

    def _ask(self, parts: SplitResult, method: str, headers: Mapping[str, str]) -> Answer:
        connection = _connection(parts)
        try:
            connection.request(method, parts.path, headers=dict(headers))
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, told, response.read(MOST_BYTES))
        finally:
            connection.close()


def _connection(parts: SplitResult) -> HTTPConnection:
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(parts.hostname or "", parts.port, timeout=SECONDS, context=context)
    return HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
