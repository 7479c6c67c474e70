"""Whose booking it is: the browser that made it, or that came by its mailed link (decision 20)."""

from __future__ import annotations

from app.models import Booking
from app.services import bookings
from app.services.tokens import LinkNotValid
from app.web.guest import draft
from app.web.guest.door import house


def own_booking(reference: str) -> Booking:
    """Return a booking of this browser; of any other the page says how to open it, whether or not it exists.

    Raises: LinkNotValid.
    """
    booking = bookings.find_by_reference(house().id, reference) if draft.is_visible(reference) else None
    if booking is None:
        raise LinkNotValid(reference)
    return booking
