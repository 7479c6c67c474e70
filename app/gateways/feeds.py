"""Read strangers' calendars in our own name: the careful fetch of `calendars`, with a contact to complain to.

The only place where the sealed address of a feed is opened.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.gateways.sealing import Vault
from calendars.fetch import Fetched, Limits, Validators, check_url, fetch

PRODUCT = "JusteNuit/0.1"


@dataclass(frozen=True, slots=True)
class FeedReader:
    """Who asks, what opens the addresses, and which loopback addresses ("host:port") a demo or a test allows."""

    contact: str
    vault: Vault
    test_hosts: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)

    def fetch(self, sealed_url: str, validators: Validators) -> Fetched:
        """Get one feed. Raises: FetchRefused, FetchFailed."""
        return fetch(
            self.vault.open(sealed_url),
            user_agent=f"{PRODUCT} (+{self.contact})" if self.contact else PRODUCT,
            validators=validators,
            limits=self.limits,
            allowed_test_hosts=self.test_hosts,
        )

    def check(self, url: str) -> None:
        """Refuse an address that is malformed or not public at this moment. Raises: FetchRefused, FetchFailed."""
        check_url(url, allowed_test_hosts=self.test_hosts)
