"""Tell the guest and the desk when a payment did not go as it should."""

from __future__ import annotations

from datetime import datetime

from app.database import session
from app.models import Booking, LetterKind, PaymentAttempt, Property
from app.services.letters import post_letter


def tell_guest(booking: Booking, kind: LetterKind, now: datetime) -> None:
    """Post a letter to a guest who left an address, in the caller's transaction."""
    if booking.guest_email:
        post_letter(
            house=session.get_one(Property, booking.property_id),
            booking=booking,
            kind=kind,
            recipient=booking.guest_email,
            language=booking.language,
            now=now,
        )


def tell_desk(booking: Booking, now: datetime) -> None:
    """Ask the desk to look at a payment, in the caller's transaction."""
    house = session.get_one(Property, booking.property_id)
    post_letter(
        house=house,
        booking=booking,
        kind=LetterKind.DESK_PAYMENT,
        recipient=house.email,
        language=house.languages[0],
        now=now,
    )


def tell_desk_once(attempt: PaymentAttempt, booking: Booking, fault: str, now: datetime) -> None:
    """Ask the desk to look, and remember why: the same fault is not told again, however often it is met."""
    if attempt.fault != fault:
        attempt.fault = fault
        tell_desk(booking, now)


def tell_failed(booking: Booking, now: datetime) -> None:
    """Tell both that the money did not come: the booking stands and is to be paid (decision 7)."""
    tell_desk(booking, now)
    if booking.confirmed_at is not None:
        tell_guest(booking, LetterKind.PAYMENT_FAILED, now)
