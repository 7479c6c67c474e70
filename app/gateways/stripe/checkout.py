"""Freeze what Stripe is asked for one attempt, so that a retry repeats it byte for byte."""

from __future__ import annotations

from datetime import datetime
from typing import Any

SMALLEST_MINOR = 50
LARGEST_MINOR = 99_999_999


def checkout_params(
    *,
    attempt: str,
    booking: str,
    purpose: str,
    environment: str,
    amount_minor: int,
    currency: str,
    line_name: str,
    locale: str,
    is_hold: bool,
    email: str | None,
    success_url: str,
    cancel_url: str,
    expires_at: datetime,
) -> dict[str, Any]:
    """Freeze what Stripe is asked for one attempt: a JSON-able dict, to be stored before the call.

    `line_name` and the metadata name no person (payments 4.2). `is_hold` sets the sum aside instead of
    taking it (decision 7). `success_url` contains {CHECKOUT_SESSION_ID}. The intent repeats the metadata:
    Stripe does not copy a session's. Raises: ValueError.

    >>> from datetime import UTC
    >>> params = checkout_params(
    ...     attempt="a1", booking="KX7P2M", purpose="full", environment="test", amount_minor=12_000,
    ...     currency="EUR", line_name="Juste Nuit, 3 nights", locale="fr", is_hold=True, email=None,
    ...     success_url="https://x.test/back?session={CHECKOUT_SESSION_ID}", cancel_url="https://x.test/review",
    ...     expires_at=datetime(2026, 11, 22, 12, 35, tzinfo=UTC))
    >>> params["payment_intent_data"]["capture_method"], params["expires_at"]
    ('manual', 1795350900)
    """
    if not SMALLEST_MINOR <= amount_minor <= LARGEST_MINOR:
        raise ValueError(f"a card takes {SMALLEST_MINOR} to {LARGEST_MINOR} minor units, not {amount_minor}")
    if "{CHECKOUT_SESSION_ID}" not in success_url:
        raise ValueError("the success address must let Stripe write the session's id")
    if expires_at.tzinfo is None:
        raise ValueError("the end of a payment session is an instant, with its time zone")
    metadata = {"attempt": attempt, "booking": booking, "purpose": purpose, "env": environment}
    price = {"currency": currency.lower(), "unit_amount": amount_minor, "product_data": {"name": line_name}}
    params: dict[str, Any] = {
        "mode": "payment",
        "locale": locale,
        "line_items": [{"price_data": price, "quantity": 1}],
        "client_reference_id": booking,
        "metadata": metadata,
        "payment_intent_data": {
            "metadata": metadata,
            "capture_method": "manual" if is_hold else "automatic",
        },
        # Cards and their wallets answer at once; a bank debit would answer in days, after the hold.
        "allowed_payment_method_types": ["card"],
        # The price promised is the price shown, in the house's currency.
        "adaptive_pricing": {"enabled": False},
        "success_url": success_url,
        "cancel_url": cancel_url,
        "expires_at": int(expires_at.timestamp()),
    }
    if email:
        params["customer_email"] = email
    return params
