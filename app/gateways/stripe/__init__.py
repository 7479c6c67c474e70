"""Speak to Stripe, and be the only room that does: hosted Checkout, capture, release, refund, notifications.

The words are those of `app.gateways.payments`; Stripe's names and habits stop here. The SDK pins the API.
"""

from app.gateways.stripe.checkout import checkout_params
from app.gateways.stripe.gateway import StripeGateway

__all__ = ["StripeGateway", "checkout_params"]
