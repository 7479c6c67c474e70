"""Write to a guest again: the letter that fits where the booking stands, with a fresh link."""

from __future__ import annotations

from datetime import datetime

from app.database import session
from app.models import Booking, BookingStatus, LetterKind, Property, Source
from app.services.events import record
from app.services.letters import post_letter

BY_STATUS = {
    BookingStatus.TENTATIVE: LetterKind.REQUEST_TO_CONFIRM,
    BookingStatus.REQUESTED: LetterKind.REQUEST_RECEIVED,
    BookingStatus.CONFIRMED: LetterKind.BOOKING_CONFIRMED,
    BookingStatus.CANCELLED: LetterKind.BOOKING_CANCELLED,
    BookingStatus.DECLINED: LetterKind.BOOKING_DECLINED,
}


class NothingToWrite(Exception):
    """The guest gave no e-mail, a platform writes to them, or the booking is where no letter speaks of it."""


def write_again(*, house: Property, booking: Booking, actor: str, now: datetime) -> LetterKind:
    """Post the letter of the booking's status once more and return its kind. Commits. Raises: NothingToWrite."""
    kind = BY_STATUS.get(BookingStatus(booking.status))
    if not booking.guest_email or kind is None or booking.source == Source.CHANNEL:
        raise NothingToWrite(booking.reference)
    if booking.status == BookingStatus.CONFIRMED and booking.is_price_open:
        kind = LetterKind.PRICE_TO_CHOOSE
    post_letter(
        house=house,
        booking=booking,
        kind=kind,
        recipient=booking.guest_email,
        language=booking.language,
        now=now,
    )
    record(property_id=house.id, actor=actor, verb="write_again", noun="booking", noun_id=booking.id, now=now)
    session.commit()
    return kind
