"""The nights of a platform's stay at the price that the platform says, or at none (decision 13)."""

from __future__ import annotations

from app.database import session
from app.models import BookedNight, Booking, PlatformTerms
from pricing.money import Money, split
from pricing.stay import Stay


def write_nights(booking: Booking, terms: PlatformTerms) -> None:
    """Write the nights of a booking in place of what stood there; the gross is shared over them to the cent."""
    (room,) = booking.rooms
    nights = Stay(room.arrival, room.departure).nights
    if room.nights:
        room.nights.clear()
        session.flush()  # the old nights go before new ones of the same dates come
    gross = terms.gross_minor
    shares = [None] * len(nights) if gross is None else _shares(Money(gross, booking.currency), len(nights))
    room.nights.extend(
        BookedNight(property_id=room.property_id, night=night, chosen_minor=share)
        for night, share in zip(nights, shares, strict=True)
    )
    session.flush()


def _shares(gross: Money, count: int) -> list[int | None]:
    return [share.minor for share in split(gross, [1] * count)]
