"""Hand out the card processor of this installation: one gateway for each process, whose few lines are counted."""

from __future__ import annotations

from functools import lru_cache

from app.gateways.stripe import StripeGateway
from app.services.payments import Processor
from config import Config

SHARE_OF_THREADS = 4  # never more than a quarter of the threads wait for the processor (decision 18)


def processor_of(config: Config) -> Processor | None:
    """Return the processor that the settings name, or None where the house is paid at reception only."""
    if not config.takes_cards:
        return None
    return Processor(_gateway(config), config.payment_environment)


@lru_cache(maxsize=4)
def _gateway(config: Config) -> StripeGateway:
    return StripeGateway(
        config.stripe_secret_key,
        webhook_secret=config.stripe_webhook_secret,
        api_base=config.stripe_api_base or None,
        max_calls=max(1, config.web_threads // SHARE_OF_THREADS),
    )
