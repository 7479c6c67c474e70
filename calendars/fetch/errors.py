"""Why a fetch came to nothing: refused by us, or failed out there. No message ever holds the address.

Both kinds are a FetchError: FetchRefused when we will not go there (the address, or one that it redirects to),
FetchFailed when we went and got no calendar.
"""

from __future__ import annotations

from datetime import timedelta

from calendars.words import say


class FetchError(Exception):
    """Say why there is no body; `code` is one of calendars.words, `str()` its English sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(say(code, **facts))
        self.code = code
        self.facts = facts

    def words(self, language: str) -> str:
        """Say it in "fr" or "en"."""
        return say(self.code, language, **self.facts)


class FetchRefused(FetchError):
    """Say that an address is none that we read."""


class FetchFailed(FetchError):
    """Say that a server gave no calendar; `status` is 0 without an answer, `retry_after` what the server asked for."""

    def __init__(
        self, code: str, *, status: int = 0, retry_after: timedelta | None = None, **facts: object
    ) -> None:
        super().__init__(code, **facts, **({"status": status} if status else {}))
        self.status = status
        self.retry_after = retry_after
