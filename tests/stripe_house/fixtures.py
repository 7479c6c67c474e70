"""Lend the stand-in to tests: one process for the whole run, a clean slate for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stripe_house.process import StripeHouse


@pytest.fixture(scope="session")
def stripe_process() -> Iterator[StripeHouse]:
    """Run the stand-in as long as the tests run."""
    with StripeHouse() as house:
        yield house


@pytest.fixture
def stripe_house(stripe_process: StripeHouse) -> StripeHouse:
    """Return the stand-in with nothing in it."""
    stripe_process.reset()
    return stripe_process
