"""Lend the card processor's stand-in to the tests of the gateways."""

from __future__ import annotations

import pytest

from app.gateways.stripe import StripeGateway
from tests.gateways.checkouts import NOW, make_gateway
from tests.stripe_house.fixtures import stripe_house, stripe_process
from tests.stripe_house.process import StripeHouse

__all__ = ["stripe_house", "stripe_process"]


@pytest.fixture
def house(stripe_house: StripeHouse) -> StripeHouse:
    """Return the stand-in with its clock at NOW."""
    stripe_house.set_clock(NOW)
    return stripe_house


@pytest.fixture
def gateway(house: StripeHouse) -> StripeGateway:
    return make_gateway(house.url)
