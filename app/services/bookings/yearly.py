"""Most nights of one guest in a year at the rates of the grid; above, somebody of the house talks with them.

Asked only of whoever has the mailbox in hand, or of reception: a page that told strangers would say who has stayed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from app.database import session
from app.models import Booking, BookingStatus
from app.services.rates import grid_of_version
from pricing.stay import Stay

STANDING = (
    BookingStatus.REQUESTED,
    BookingStatus.CONFIRMED,
    BookingStatus.IN_HOUSE,
    BookingStatus.CHECKED_OUT,
)


class TooManyNightsAYear(Exception):
    """With this stay a guest would have more nights of a year than the grid foresees: let us talk."""

    def __init__(self, most_nights: int) -> None:
        super().__init__(f"more than {most_nights} nights of a year")
        self.most_nights = most_nights


def has_many_nights(booking: Booking) -> bool:
    """Tell whether this stay takes its guest above the most nights of a year of the grid it was made under."""
    most = _most_nights(booking)
    return most is not None and _most_of_a_year(booking) > most


def refuse_many_nights(booking: Booking) -> None:
    """Refuse a stay above the most nights of a year. Raises: TooManyNightsAYear."""
    most = _most_nights(booking)
    if most is not None and _most_of_a_year(booking) > most:
        raise TooManyNightsAYear(most)


def _most_nights(booking: Booking) -> int | None:
    if booking.grid_version_id is None:
        return None
    return grid_of_version(booking.grid_version_id).grid.most_nights_a_year


def _most_of_a_year(booking: Booking) -> int:
    """Return how many nights this guest has, with this stay, in the fullest year that it touches."""
    own = _by_year(Stay(booking.arrival, booking.departure).nights)
    others = _by_year(night for stay in _other_stays(booking) for night in stay.nights)
    return max(own[year] + others[year] for year in own)


def _other_stays(booking: Booking) -> list[Stay]:
    if not booking.contact_key:
        return []
    first, last = date(booking.arrival.year, 1, 1), date(booking.departure.year, 12, 31)
    rows = session.execute(
        select(Booking.arrival, Booking.departure).where(
            Booking.property_id == booking.property_id,
            Booking.contact_key == booking.contact_key,
            Booking.id != booking.id,
            Booking.status.in_(STANDING),
            Booking.departure > first,
            Booking.arrival <= last,
        )
    )
    return [Stay(arrival, departure) for arrival, departure in rows]


def _by_year(nights: Iterable[date]) -> Counter[int]:
    return Counter(night.year for night in nights)
