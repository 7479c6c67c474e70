"""What a guest chose is forgotten thirty days after the departure; only counts stay (decision 15)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Booking, BracketCount, Property
from app.services import bookings, erasing
from pricing.money import Money
from tests.services.bookings.conftest import NOW, STAY, Hold, confirmed, hold, ordered, requested

__all__ = ["confirmed", "hold", "ordered", "requested"]  # fixtures of the bookings' tests

DUE = datetime(2027, 5, 10, 22, tzinfo=UTC)  # in Lens 11 May begins: thirty days after 11 April


@pytest.fixture(autouse=True)
def _other_house(house: Property) -> None:
    """Let the other house's booking, long past, be erased before."""
    erasing.erase_choices(now=NOW)
    for row in session.scalars(select(BracketCount)):
        session.delete(row)
    session.commit()


def stayed(booking: Booking) -> Booking:
    """Let the guest come and go."""
    bookings.check_in(booking=booking, actor="user:1", today=STAY.arrival, now=NOW)
    bookings.check_out(booking=booking, actor="user:1", today=STAY.departure, now=NOW, debt_reason="later")
    return booking


def counts() -> list[tuple[date, int, str, int]]:
    """Return every count."""
    rows = session.scalars(select(BracketCount)).all()
    return sorted((row.month, row.bracket, row.season, row.room_nights) for row in rows)


def test_forgets_the_rung_on_the_thirtieth_day_and_keeps_the_price(confirmed: Hold) -> None:
    booking = stayed(confirmed())

    assert erasing.erase_choices(now=DUE - timedelta(seconds=1)) == 0
    assert erasing.erase_choices(now=DUE) == 1

    assert booking.rooms[0].bracket is None
    assert [(night.due_minor, night.chosen_minor) for night in booking.rooms[0].nights] == [(None, 3600)] * 2
    assert (booking.session_key, booking.network_key) == ("", "")


def test_waits_for_the_day_of_the_house_itself(house: Property, confirmed: Hold) -> None:
    stayed(confirmed())
    house.timezone = "America/Martinique"
    session.commit()

    assert erasing.erase_choices(now=DUE + timedelta(hours=6, seconds=-1)) == 0
    assert erasing.erase_choices(now=DUE + timedelta(hours=6)) == 1


def test_counts_the_nights_of_a_stay_once(confirmed: Hold) -> None:
    for bracket in (3, 3, None):
        stayed(confirmed(choice=bookings.PriceChoice(bracket=bracket), guest=_somebody()))

    assert [erasing.erase_choices(now=DUE) for _ in range(2)] == [3, 0]

    april = date(2027, 4, 1)
    assert [(month, bracket, nights) for month, bracket, _, nights in counts()] == [
        (april, 0, 2),
        (april, 3, 4),
    ]


@pytest.mark.parametrize("end", ["cancelled", "expired"])
def test_erases_without_counting_what_did_not_take_place(
    house: Property, confirmed: Hold, hold: Hold, end: str
) -> None:
    booking = confirmed() if end == "cancelled" else hold()
    if end == "cancelled":
        bookings.cancel(house=house, booking=booking, actor="guest", reason="", now=NOW)
    else:
        bookings.expire_lapsed(now=NOW + timedelta(hours=1))

    assert erasing.erase_choices(now=DUE) == 1

    assert counts() == []
    assert booking.rooms[0].nights[0].due_minor is None
    assert bookings.price_of(booking) == Money.of("72")


_names = iter(range(1000))


def _somebody() -> bookings.GuestDetails:
    return bookings.GuestDetails("Somebody", f"guest{next(_names)}@example.org")
