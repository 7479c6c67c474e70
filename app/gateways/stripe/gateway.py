"""Ask Stripe: open a page, read a payment, capture, release, refund; few calls at a time, none for long.

Nothing is retried behind our back, and every call that moves money carries a key of ours.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import stripe

from app.gateways.payments import (
    CheckoutRequest,
    Notification,
    PaymentRefused,
    PaymentUnclear,
    RefundSnapshot,
    Snapshot,
    StartedSession,
)
from app.gateways.stripe.notifications import read_event, verify_signature
from app.gateways.stripe.reading import read_intent, read_refund, read_session

if TYPE_CHECKING:
    from stripe.params.checkout import SessionCreateParams

# The SDK would otherwise write an identifier into the home directory and send it along with timings.
stripe.enable_telemetry = False

# Another request with the same key is under way; too many requests: asking again later may well succeed.
_PASSING_STATUSES = frozenset({409, 429})
_CHARGE_OF_SESSION = ["payment_intent.latest_charge"]
_CHARGE_OF_INTENT = ["latest_charge"]


class StripeGateway:
    """Talk to one Stripe account, a few calls at a time (decision 18).

    `connect_timeout` and `total_timeout` are seconds: to reach Stripe, and until its answer begins.
    `max_calls` is how many threads may wait for Stripe at once: a quarter of those that serve pages.
    """

    def __init__(
        self,
        api_key: str,
        *,
        webhook_secret: str,
        api_base: str | None = None,
        connect_timeout: float = 3.0,
        total_timeout: float = 10.0,
        max_calls: int = 2,
    ) -> None:
        """Refuse keys and addresses that cannot be meant. Raises: ValueError."""
        self.is_live = _is_live(api_key)
        _check_address(api_base, is_live=self.is_live)
        if not webhook_secret:
            raise ValueError("without the secret of its notifications nothing Stripe says can be believed")
        self._webhook_secret = webhook_secret
        self._connect_timeout = connect_timeout
        self._lines = threading.BoundedSemaphore(max_calls)
        timeouts = (connect_timeout, total_timeout - connect_timeout)
        self._stripe = stripe.StripeClient(
            api_key,
            base_addresses={"api": api_base} if api_base else {},
            http_client=stripe.RequestsClient(timeout=timeouts),
            max_network_retries=0,
        ).v1

    def start(self, request: CheckoutRequest) -> StartedSession:
        """Open Stripe's page for a frozen request; the same key and parameters give the same page."""
        with self._line():
            session = self._stripe.checkout.sessions.create(
                cast("SessionCreateParams", dict(request.params)), {"idempotency_key": request.key}
            )
        if not session.url:
            raise PaymentRefused("Stripe opened a session that has no page")
        return StartedSession(session.id, session.url)

    def fetch_session(self, session_id: str) -> Snapshot:
        """Read a payment by its Checkout session."""
        with self._line():
            session = self._stripe.checkout.sessions.retrieve(session_id, {"expand": _CHARGE_OF_SESSION})
        return read_session(session)

    def fetch_intent(self, intent_id: str) -> Snapshot:
        """Read a payment by its PaymentIntent."""
        with self._line():
            intent = self._stripe.payment_intents.retrieve(intent_id, {"expand": _CHARGE_OF_INTENT})
        return read_intent(intent)

    def expire(self, session_id: str) -> Snapshot:
        """Close the page, or learn that it was closed or paid already.

        No key of ours: closing twice is closing once, and Stripe would repeat a kept 500 for a day.
        """
        try:
            with self._line():
                session = self._stripe.checkout.sessions.expire(session_id, {"expand": _CHARGE_OF_SESSION})
        except PaymentRefused:
            return self.fetch_session(session_id)
        return read_session(session)

    def capture(self, intent_id: str, *, amount_minor: int, key: str) -> Snapshot:
        """Take `amount_minor` of what the bank set aside; Stripe releases the rest."""
        with self._line():
            intent = self._stripe.payment_intents.capture(
                intent_id,
                {"amount_to_capture": amount_minor, "expand": _CHARGE_OF_INTENT},
                {"idempotency_key": key},
            )
        return read_intent(intent)

    def release(self, intent_id: str, *, key: str) -> Snapshot:
        """Give back what the bank set aside."""
        with self._line():
            intent = self._stripe.payment_intents.cancel(
                intent_id, {"expand": _CHARGE_OF_INTENT}, {"idempotency_key": key}
            )
        return read_intent(intent)

    def refund(self, intent_id: str, *, amount_minor: int, reference: str, key: str) -> RefundSnapshot:
        """Send `amount_minor` back to the card; `reference` is our own name for this refund."""
        with self._line():
            refund = self._stripe.refunds.create(
                {"payment_intent": intent_id, "amount": amount_minor, "metadata": {"refund": reference}},
                {"idempotency_key": key},
            )
        return read_refund(refund)

    def list_refunds(self, intent_id: str) -> tuple[RefundSnapshot, ...]:
        """Read the refunds of a payment, at most a hundred, newest first."""
        with self._line():
            page = self._stripe.refunds.list({"payment_intent": intent_id, "limit": 100})
        return tuple(read_refund(refund) for refund in page.data)

    def parse_notification(self, raw: bytes, signature: str, *, now: datetime) -> Notification:
        """Check who signed these bytes and when, then read which object they name.

        Raises: NotificationInvalid.
        """
        verify_signature(raw, signature, secret=self._webhook_secret, now=now)
        return read_event(raw)

    @contextmanager
    def _line(self) -> Iterator[None]:
        """Hold one of the few lines to Stripe, and say in our words what it refused."""
        if not self._lines.acquire(timeout=self._connect_timeout):
            raise PaymentUnclear("every line to Stripe is busy; nothing was sent")
        try:
            yield
        except stripe.StripeError as error:
            raise _translate(error) from error
        finally:
            self._lines.release()


def _translate(error: stripe.StripeError) -> PaymentRefused | PaymentUnclear:
    status = error.http_status or 0
    if 400 <= status < 500 and status not in _PASSING_STATUSES:
        is_kept_otherwise = isinstance(error, stripe.IdempotencyError)  # Stripe gives it a type and no code
        code = error.code or ("idempotency_error" if is_kept_otherwise else "")
        return PaymentRefused(error.user_message or f"Stripe answered {status}", code=code)
    return PaymentUnclear(f"{type(error).__name__}, status {status or 'none'}")


def _is_live(api_key: str) -> bool:
    if api_key.startswith(("sk_live_", "rk_live_")):
        return True
    if api_key.startswith(("sk_test_", "rk_test_")):
        return False
    raise ValueError("a secret key of Stripe begins with sk_test_, rk_test_, sk_live_ or rk_live_")


def _check_address(api_base: str | None, *, is_live: bool) -> None:
    if not api_base:
        return
    if is_live:
        raise ValueError("a live key is shown to Stripe alone, not to another address")
    if urlsplit(api_base).hostname not in ("127.0.0.1", "::1", "localhost"):
        raise ValueError(f"a stand-in for Stripe lives on this machine, not at {api_base}")
