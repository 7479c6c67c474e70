"""Holds of other people that came to nothing, written without the way there."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert

from app.database import session
from app.models import Booking, BookingStatus, Property, Source, new_reference

NOBODY = "Nobody at all"


def add_lapsed(house: Property, count: int, *, now: datetime, **changes: object) -> None:
    """Write so many holds of the last hour whose time ran out. Commits."""
    arrival = now.date() + timedelta(days=200)
    lapsed = {
        "property_id": house.id,
        "status": BookingStatus.EXPIRED,
        "source": Source.WEB,
        "arrival": arrival,
        "departure": arrival + timedelta(days=1),
        "guest_name": NOBODY,
        "language": "fr",
        "currency": house.currency,
        "created_at": now - timedelta(minutes=40),
        "lapses_at": now - timedelta(minutes=28),
        "ended_at": now - timedelta(minutes=28),
        **changes,
    }
    session.execute(insert(Booking), [{**lapsed, "reference": new_reference()} for _ in range(count)])
    session.commit()


def remove_lapsed() -> None:
    """Remove them again. Commits."""
    session.execute(delete(Booking).where(Booking.guest_name == NOBODY))
    session.commit()
