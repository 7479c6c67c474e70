"""Ring at our own public address, as a platform would: no redirect is followed, everything that comes back is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError, SSLError

MOST_BYTES = 10 * 1024 * 1024
SECONDS = Timeout(connect=5, read=10)


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
            with PoolManager(timeout=SECONDS, retries=False) as pool:
                response = pool.request(method, url, headers=headers, redirect=False, preload_content=False)
                body = response.read(MOST_BYTES)
        except SSLError:
            raise NoAnswer(
                is_certificate=True
            ) from None  # the address is a secret: it is in the error's text
        except (HTTPError, OSError, ValueError):
            raise NoAnswer from None
        return Answer(
            response.status, {name.lower(): value for name, value in response.headers.items()}, body
        )
