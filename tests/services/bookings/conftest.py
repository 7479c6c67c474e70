"""A guest who holds, orders and comes: the makers that the tests of bookings share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.models import Booking, Property
from app.services import bookings
from pricing.household import Household
from pricing.stay import Stay

NOW = datetime(2027, 4, 1, 10, tzinfo=UTC)
TODAY = NOW.date()
STAY = Stay(date(2027, 4, 9), date(2027, 4, 11))
COUPLE = Household(2)
ALICE = bookings.GuestDetails("Alice Delattre", "alice@example.org")
LIMITS = bookings.HoldLimits(hold_minutes=12, most_per_network=3, most_repeated=2)

Hold = Callable[..., Booking]


@pytest.fixture
def hold(house: Property) -> Hold:
    """Return a maker of holds: each comes from a session and a network of its own unless told otherwise."""
    made: list[Booking] = []

    def make(*, now: datetime = NOW, **changes: Any) -> Booking:
        known: dict[str, Any] = {
            "stay": STAY,
            "party": COUPLE,
            "offer_key": "double",
            "choice": bookings.PriceChoice(bracket=3),
            "guest": ALICE,
            "language": "fr",
            "session_key": f"session {len(made)}",
            "network_key": f"network {len(made)}",
        }
        wish = bookings.HoldWish(**{**known, **changes})
        made.append(bookings.hold(house=house, wish=wish, limits=LIMITS, now=now, today=now.date()))
        return made[-1]

    return make


@pytest.fixture
def ordered(house: Property, hold: Hold) -> Hold:
    """Return a maker of orders without card, waiting for the mailed link."""

    def make(*, now: datetime = NOW, **changes: Any) -> Booking:
        booking = hold(now=now, **changes)
        bookings.order(
            house=house, booking=booking, pays_by_card=False, link_minutes=60, most_per_contact=2, now=now
        )
        return booking

    return make


@pytest.fixture
def requested(house: Property, ordered: Hold) -> Hold:
    """Return a maker of requests that wait for reception."""

    def make(*, now: datetime = NOW, **changes: Any) -> Booking:
        booking = ordered(now=now, **changes)
        bookings.confirm_by_link(house=house, booking=booking, now=now)
        return booking

    return make


@pytest.fixture
def confirmed(house: Property, requested: Hold) -> Hold:
    """Return a maker of confirmed stays."""

    def make(*, now: datetime = NOW, **changes: Any) -> Booking:
        booking = requested(now=now, **changes)
        if booking.status == "requested":
            bookings.confirm(house=house, booking=booking, actor="user:1", now=now)
        return booking

    return make
