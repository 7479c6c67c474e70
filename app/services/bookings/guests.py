"""Who comes may be written again while a hold lasts; nobody is asked to begin anew for a wrong letter."""

from __future__ import annotations

from datetime import datetime

from app.database import session
from app.models import Booking, BookingStatus
from app.services.bookings.statuses import TransitionRefused, lock, refuse_lapsed
from app.services.bookings.terms import GuestDetails
from app.services.events import record

FIELDS = ("arrival_time", "guest_email", "guest_message", "guest_name", "guest_telephone")


def change_guest(*, booking: Booking, guest: GuestDetails, now: datetime) -> None:
    """Write other details into a hold that has not been ordered. Commits.

    Raises: HoldExpired; TransitionRefused once it is ordered, for letters may be on their way.
    """
    lock(booking)
    refuse_lapsed(booking, now)
    if booking.ordered_at is not None:
        raise TransitionRefused(booking, BookingStatus.TENTATIVE)
    booking.guest_name = guest.name
    booking.guest_email = guest.email
    booking.guest_telephone = guest.telephone
    booking.guest_message = guest.message
    booking.arrival_time = guest.arrival_time
    booking.contact_key = guest.contact_key
    record(
        property_id=booking.property_id,
        actor="guest",
        verb="change_guest",
        noun="booking",
        noun_id=booking.id,
        field_names=FIELDS,
        now=now,
    )
    session.commit()
