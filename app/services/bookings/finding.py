"""Find a booking by what a person knows of it."""

from __future__ import annotations

from sqlalchemy import select

from app.database import session
from app.models import Booking


def find_by_reference(property_id: int, reference: str) -> Booking | None:
    """Return the booking of this house with this reference, typed in any case and with blanks, or None."""
    wanted = "".join(reference.split()).upper()
    return session.scalar(
        select(Booking).where(Booking.property_id == property_id, Booking.reference == wanted)
    )
