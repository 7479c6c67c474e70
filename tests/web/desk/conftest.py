"""A day at reception: the clock stands still, guests ask and book through the services, staff are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from app.database import session
from app.models import Booking, Property
from app.services import bookings
from app.services.bookings import GuestDetails, HoldLimits, HoldWish, PriceChoice
from pricing.household import Household
from pricing.stay import Stay
from tests.cast import NOW, TODAY

ALICE = GuestDetails("Alice Delattre", "alice@example.org", "06 12 34 56 78", "Un rendez-vous à l'hôpital.")
TONIGHT = Stay(TODAY, TODAY + timedelta(days=2))
NEXT_WEEK = Stay(TODAY + timedelta(days=7), TODAY + timedelta(days=9))
LIMITS = HoldLimits(hold_minutes=12, most_per_network=3, most_repeated=2)
COUPLE = Household(2)
THIRD_RUNG = PriceChoice(bracket=3)

Make = Callable[..., Booking]


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def samir(signed_in: Callable[[str], FlaskClient]) -> FlaskClient:
    """Return the browser of reception."""
    return signed_in("samir")


@pytest.fixture
def asked(house: Property) -> Make:
    """Return a maker of requests that wait for an answer: a web booking whose link was pressed."""
    count = iter(range(1000))

    def make(
        stay: Stay = NEXT_WEEK, guest: GuestDetails = ALICE, offer_key: str = "double", **choice: Any
    ) -> Booking:
        key = str(next(count))
        wish = HoldWish(
            stay=stay,
            party=COUPLE if offer_key != "single" else Household(1),
            offer_key=offer_key,
            choice=PriceChoice(**(choice or {"bracket": 3})),
            guest=guest,
            language="fr",
            session_key=f"session {key}",
            network_key=f"network {key}",
        )
        booking = bookings.hold(house=house, wish=wish, limits=LIMITS, now=NOW, today=TODAY)
        booking.is_instant = False
        session.commit()
        bookings.order(
            house=house, booking=booking, pays_by_card=False, link_minutes=60, most_per_contact=9, now=NOW
        )
        if guest.email:
            bookings.confirm_by_link(house=house, booking=booking, now=NOW)
        session.commit()
        return booking

    return make


@pytest.fixture
def booked(house: Property) -> Make:
    """Return a maker of bookings taken at the desk: confirmed; the price is open unless one is given."""

    def make(
        stay: Stay = TONIGHT,
        guest: GuestDetails = ALICE,
        offer_key: str = "double",
        choice: PriceChoice | None = THIRD_RUNG,
        room_id: int | None = None,
    ) -> Booking:
        return bookings.book_at_desk(
            house=house,
            stay=stay,
            party=COUPLE if offer_key != "single" else Household(1),
            offer_key=offer_key,
            choice=choice,
            guest=guest,
            language="fr",
            actor="user:1",
            now=min(NOW, NOW - (TODAY - stay.arrival) - timedelta(hours=1)),
            today=min(TODAY, stay.arrival),
            room_id=room_id,
        )

    return make


@pytest.fixture
def in_house(house: Property, booked: Make) -> Make:
    """Return a maker of stays that have begun."""

    def make(**changes: Any) -> Booking:
        booking = booked(**changes)
        bookings.check_in(booking=booking, actor="user:1", today=booking.arrival, now=NOW)
        return booking

    return make


def page_of(booking: Booking, step: str = "") -> str:
    """Return the address of a booking's sheet, or of one of its steps."""
    return f"/en/desk/bookings/{booking.reference}" + (f"/{step}" if step else "")


def fresh(booking: Booking) -> Booking:
    """Read a booking again: a request has changed it in a session of its own."""
    session.expire_all()
    return session.get_one(Booking, booking.id)
