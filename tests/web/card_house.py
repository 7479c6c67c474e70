"""Lend the doors of a house that takes cards, with the processor's stand-in behind them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.database import db
from app.models import Property
from tests.stripe_house.fixtures import stripe_house, stripe_process
from tests.stripe_house.process import SECRET_KEY, WEBHOOK_SECRET, StripeHouse

__all__ = ["card_app", "card_house", "stripe_house", "stripe_process"]


@pytest.fixture(scope="session")
def card_app(make_app: Callable[..., Flask], stripe_process: StripeHouse) -> Flask:
    """Return the application of a house that takes cards."""
    return make_app(
        stripe_secret_key=SECRET_KEY,
        stripe_webhook_secret=WEBHOOK_SECRET,
        stripe_api_base=stripe_process.url,
        payment_environment="test",
    )


@pytest.fixture
def card_house(card_app: Flask, house: Property) -> Flask:
    """Return that application before the whole cast, which has just been put back on the stage."""
    with card_app.app_context():
        db.engine.dispose()
    return card_app
