# SPDX-License-Identifier: GPL-3.0-or-later
# This file imports localstripe (GPL-3.0-or-later) and carries its licence, unlike the rest of the project.
"""Send signed notifications at once, and remember them: a test can deliver them late, twice or reversed.

localstripe's own sender waits a second and forgets; the signature is the same: HMAC-SHA256 over "time.body".
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from typing import Any

import aiohttp
import stripe
from localstripe import webhooks


@dataclass(frozen=True)
class Sent:
    """One notification as it went out: body and Stripe-Signature header."""

    type: str
    body: str
    signature: str


class Notifier:
    """Sign every event for each registered address, keep it, and post it."""

    def __init__(self) -> None:
        """Begin without addresses."""
        self.forget()

    def forget(self) -> None:
        """Drop addresses and memory."""
        self._addresses: list[tuple[str, str]] = []
        self._sent: list[Sent] = []

    def register(self, url: str, secret: str) -> None:
        """Send to `url` from now on; an empty address only keeps what would be sent."""
        self._addresses.append((url, secret))

    def list_sent(self) -> list[dict[str, str]]:
        """Return what went out, oldest first."""
        return [asdict(sent) for sent in self._sent]

    async def send(self, event: Any) -> None:
        """Take localstripe's event to everybody who registered."""
        body = json.dumps(
            event._export()
            | {
                "api_version": stripe.api_version,
                "pending_webhooks": 1,
                "request": {"id": None, "idempotency_key": None},
            }
        )
        for url, secret in self._addresses:
            digest = hmac.new(secret.encode(), f"{event.created}.{body}".encode(), hashlib.sha256).hexdigest()
            sent = Sent(event.type, body, f"t={event.created},v1={digest}")
            self._sent.append(sent)
            if url:
                await self._post(url, sent)

    async def _post(self, url: str, sent: Sent) -> None:
        headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": sent.signature}
        try:
            async with aiohttp.ClientSession() as session:
                await session.post(url, data=sent.body.encode(), headers=headers, allow_redirects=False)
        except aiohttp.ClientError:
            pass  # a notification that nobody takes is lost, as a real one may be


NOTIFIER = Notifier()
webhooks._send_webhook = NOTIFIER.send
