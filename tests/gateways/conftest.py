"""Lend the card processor's stand-in to the tests of the gateways."""

from tests.stripe_house.fixtures import stripe_house, stripe_process

__all__ = ["stripe_house", "stripe_process"]
