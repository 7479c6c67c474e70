"""Above the most nights of a year the house talks with its guest, and tells strangers nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.database import session
from app.models import Booking, BookingStatus, Property
from app.services import bookings
from app.services.bookings import GuestDetails, PriceChoice, TooManyNightsAYear, has_many_nights
from app.services.bookings.yearly import refuse_many_nights
from pricing.grid import example_house
from pricing.household import Household
from pricing.stay import Stay
from tests.cast import NOW, TODAY

MOST = example_house().most_nights_a_year or pytest.fail("the example bounds the nights of a year")
ALICE = GuestDetails("Alice Delattre", "alice@example.org")


@pytest.fixture
def stayed(house: Property) -> Callable[..., Booking]:
    """Return a maker of stays of one guest, confirmed."""

    def make(arrival: date, nights: int, guest: GuestDetails = ALICE) -> Booking:
        return bookings.book_at_desk(
            house=house,
            stay=Stay(arrival, arrival + timedelta(days=nights)),
            party=Household(1),
            offer_key="single",
            choice=PriceChoice(bracket=1),
            guest=guest,
            language="fr",
            actor="user:1",
            now=NOW,
            today=TODAY,
        )

    return make


def fill_year(stayed: Callable[..., Booking], nights: int) -> None:
    arrival = date(2027, 1, 10)
    while nights:
        length = min(nights, 20)
        stayed(arrival, length)
        arrival, nights = arrival + timedelta(days=length), nights - length


@pytest.mark.parametrize(
    ("already", "nights", "is_many"), [(MOST - 2, 2, False), (MOST - 2, 3, True), (0, 5, False)]
)
def test_counts_the_nights_of_a_guest_in_a_year(
    stayed: Callable[..., Booking], already: int, nights: int, is_many: bool
) -> None:
    fill_year(stayed, already)

    assert has_many_nights(stayed(date(2027, 8, 1), nights)) is is_many


def test_counts_neither_other_years_nor_others_nor_what_ended(
    house: Property, stayed: Callable[..., Booking]
) -> None:
    fill_year(stayed, MOST - 2)
    other = stayed(date(2027, 8, 1), 5, GuestDetails("Bob Wright", "bob@example.org"))
    gone = stayed(date(2027, 8, 10), 2)
    bookings.cancel(house=house, booking=gone, actor="guest", reason="", now=NOW)
    at_new_year = stayed(date(2026, 12, 29), 5)  # two of its nights are of the next year

    assert not has_many_nights(other)
    assert not has_many_nights(at_new_year)
    assert has_many_nights(stayed(date(2027, 8, 20), 1))


def test_stops_at_the_button_behind_the_mailed_link_and_changes_nothing(
    stayed: Callable[..., Booking],
) -> None:
    fill_year(stayed, MOST)
    booking = stayed(date(2027, 9, 1), 2)
    booking.status = BookingStatus.TENTATIVE
    session.commit()

    with pytest.raises(TooManyNightsAYear) as refusal:
        refuse_many_nights(booking)

    assert refusal.value.most_nights == MOST
    assert booking.status == BookingStatus.TENTATIVE
