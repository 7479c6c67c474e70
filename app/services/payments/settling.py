"""Let money that has just come do its work: the order stands, or the money goes back (decisions 4 and 7)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from app.database import session
from app.models import Booking, BookingStatus, LetterKind, PaymentAttempt, Property
from app.services import folios
from app.services.bookings import TransitionRefused, answer_due
from app.services.bookings.ending import expire
from app.services.bookings.ordering import settle_order
from app.services.bookings.statuses import keep_until
from app.services.inventory import RoomNotAvailable
from app.services.payments.attempts import find_live
from app.services.payments.telling import tell_desk, tell_guest

ORDERED = (BookingStatus.TENTATIVE, BookingStatus.EXPIRED)
STILL_MEANT = (
    BookingStatus.TENTATIVE,
    BookingStatus.REQUESTED,
    BookingStatus.CONFIRMED,
    BookingStatus.IN_HOUSE,
    BookingStatus.CHECKED_OUT,
)


def settle(attempt: PaymentAttempt, booking: Booking, now: datetime) -> None:
    """Move the booking that an attempt has just paid for, in the caller's transaction.

    What cannot be had any more is not sold: guest and desk are told, and the money goes back right after.
    """
    house = session.get_one(Property, booking.property_id)
    if booking.status in ORDERED:
        if not _can_stand(house, booking, attempt, now):
            if booking.status == BookingStatus.TENTATIVE:
                expire(booking, now=now)  # else the sweep of holds would write a second letter
            tell_guest(booking, LetterKind.PAYMENT_RETURNED, now)
            tell_desk(booking, now)
    elif booking.status == BookingStatus.REQUESTED:
        _answer_in_time(house, booking, attempt, now)
    elif booking.status not in STILL_MEANT:
        if folios.balance(booking).minor + attempt.amount_minor <= 0:
            tell_guest(booking, LetterKind.PAYMENT_RETURNED, now)
        tell_desk(booking, now)
    elif folios.balance(booking).minor < 0:  # paid twice, or paid at the desk meanwhile
        tell_desk(booking, now)


def give_up_waiting(booking: Booking) -> None:
    """Let the nights go with the hold again, now that the processor has been read and nothing is open there."""
    if booking.status == BookingStatus.TENTATIVE and find_live(booking) is None:
        keep_until(booking, booking.lapses_at)


def _can_stand(house: Property, booking: Booking, attempt: PaymentAttempt, now: datetime) -> bool:
    """Make the order a request or a stay, with its own nights or others of the type."""
    if now.astimezone(ZoneInfo(house.timezone)).date() > booking.arrival:
        return False
    try:
        with session.begin_nested():
            settle_order(
                house=house,
                booking=booking,
                actor="guest",
                now=now,
                authorised_until=attempt.capture_before,
            )
    except (RoomNotAvailable, TransitionRefused):
        return False
    return True


def _answer_in_time(house: Property, booking: Booking, attempt: PaymentAttempt, now: datetime) -> None:
    """Owe the answer before the authorisation ends, if that comes first."""
    due = answer_due(house, booking, now=now, authorised_until=attempt.capture_before)
    if booking.answer_due_at is None or due < booking.answer_due_at:
        booking.answer_due_at = due
        keep_until(booking, due)
