"""What the booking decides, said by the desk or the guest: the steps that the tests of the card's errands share."""

from __future__ import annotations

from app.database import session
from app.models import Booking
from app.services import bookings, payments
from tests.services.payments.conftest import (
    Till,
    attempts_of,
)


def confirm(till: Till, booking: Booking) -> None:
    """Say yes at the desk, and do for the card what this means."""
    bookings.confirm(house=till.house, booking=booking, actor="user:1", now=till.now)
    follow(till, booking)


def follow(till: Till, booking: Booking) -> None:
    """Do for the card what became of a booking."""
    payments.follow_booking(processor=till.processor, booking_id=booking.id, now=till.now)


def cancel(till: Till, booking: Booking) -> None:
    """Cancel as the guest, and do for the card what this means."""
    bookings.cancel(house=till.house, booking=booking, actor="guest", reason="", now=till.now)
    follow(till, booking)


def intent_of(booking: Booking) -> str:
    """Return the processor's name of the payment of a booking; no transaction stays open."""
    intent_id = attempts_of(booking)[0].intent_id
    session.commit()
    assert intent_id
    return intent_id
