"""Make gateways that speak to the stand-in, and requests as a guest's order would freeze them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.gateways.payments import CheckoutRequest
from app.gateways.stripe import StripeGateway, checkout_params
from tests.stripe_house.process import SECRET_KEY, WEBHOOK_SECRET

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SUCCESS = "http://127.0.0.1/fr/back?session={CHECKOUT_SESSION_ID}"


def make_gateway(api_base: str | None, **changes: Any) -> StripeGateway:
    settings: dict[str, Any] = {"webhook_secret": WEBHOOK_SECRET, "api_base": api_base}
    return StripeGateway(**({"api_key": SECRET_KEY} | settings | changes))


def make_params(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "attempt": "a1",
        "booking": "KX7P2M",
        "purpose": "full",
        "environment": "test",
        "amount_minor": 12_000,
        "currency": "EUR",
        "line_name": "Juste Nuit, 3 nuits",
        "locale": "fr",
        "is_hold": False,
        "email": "ada@example.org",
        "success_url": SUCCESS,
        "cancel_url": "http://127.0.0.1/fr/review",
        "expires_at": NOW + timedelta(minutes=35),
    }
    return checkout_params(**(values | changes))


def make_request(key: str = "test-a1-session", **changes: Any) -> CheckoutRequest:
    return CheckoutRequest(params=make_params(**changes), key=key)
