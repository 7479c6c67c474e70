"""Read strangers' calendars in our own name: the careful fetch of `calendars`, with a contact to complain to."""

from __future__ import annotations

from dataclasses import dataclass, field

from calendars.fetch import Fetched, Limits, Validators, check_url, fetch

PRODUCT = "JusteNuit/0.1"


@dataclass(frozen=True, slots=True)
class FeedReader:
    """Who asks, and which loopback addresses ("host:port") a demo or a test allows."""

    contact: str
    test_hosts: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)

    def fetch(self, url: str, validators: Validators) -> Fetched:
        """Get one feed. Raises: FetchRefused, FetchFailed."""
        return fetch(
            url,
            user_agent=f"{PRODUCT} (+{self.contact})" if self.contact else PRODUCT,
            validators=validators,
            limits=self.limits,
            allowed_test_hosts=self.test_hosts,
        )

    def check(self, url: str) -> None:
        """Refuse an address that is malformed or not public at this moment. Raises: FetchRefused, FetchFailed."""
        check_url(url, allowed_test_hosts=self.test_hosts)
