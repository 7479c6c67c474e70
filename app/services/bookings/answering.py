"""Reception answers: confirms or declines, before a moment that the guest was told (decision 6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.database import session
from app.models import Booking, BookingStatus, LetterKind, Property
from app.services import folios, inventory
from app.services.bookings.placing import keep_or_retake
from app.services.bookings.statuses import (
    HOLDING,
    TransitionRefused,
    claims_of,
    go_to,
    lock,
    refuse_lapsed,
)
from app.services.letters import post_letter

ANSWER_WITHIN = timedelta(hours=24)
BEFORE_CHECK_IN = timedelta(hours=3)
AT_LEAST = timedelta(hours=1)
BEFORE_AUTHORISATION_ENDS = timedelta(hours=12)


def answer_due(
    house: Property, booking: Booking, *, now: datetime, authorised_until: datetime | None = None
) -> datetime:
    """Return until when the house owes an answer.

    The earliest of 24 hours, three hours before check-in of the arrival day (yet at least one hour from now),
    and 12 hours before a card authorisation ends.
    """
    check_in = datetime.combine(booking.arrival, house.check_in_from, ZoneInfo(house.timezone))
    due = min(now + ANSWER_WITHIN, max(check_in - BEFORE_CHECK_IN, now + AT_LEAST))
    if authorised_until is not None:
        due = min(due, authorised_until - BEFORE_AUTHORISATION_ENDS)
    return due.astimezone(ZoneInfo("UTC"))


def confirm(*, house: Property, booking: Booking, actor: str, now: datetime) -> None:
    """Say yes: the nights are the guest's, the folio is opened, the confirmation leaves once. Commits.

    Raises: HoldExpired, TransitionRefused.
    """
    lock(booking)
    refuse_lapsed(booking, now)
    # An old page must not bring back what somebody has cancelled, nor confirm what nobody has ordered.
    if booking.status not in HOLDING or booking.ordered_at is None:
        raise TransitionRefused(booking, BookingStatus.CONFIRMED)
    settle_confirmation(house=house, booking=booking, actor=actor, now=now)
    session.commit()


def settle_confirmation(*, house: Property, booking: Booking, actor: str, now: datetime) -> None:
    """Confirm inside the caller's transaction; an expired booking takes its nights again if they are free.

    Raises: TransitionRefused, RoomNotAvailable.
    """
    go_to(booking, BookingStatus.CONFIRMED, actor=actor, verb="confirm", now=now)
    keep_or_retake(booking, now=now, lapses_at=None)
    booking.confirmed_at, booking.ended_at, booking.answer_due_at = now, None, None
    folios.open_folio(booking, actor=actor, now=now)
    if booking.guest_email:
        kind = LetterKind.PRICE_TO_CHOOSE if booking.is_price_open else LetterKind.BOOKING_CONFIRMED
        post_letter(
            house=house,
            booking=booking,
            kind=kind,
            recipient=booking.guest_email,
            language=booking.language,
            now=now,
        )


def decline(*, house: Property, booking: Booking, actor: str, reason: str, now: datetime) -> None:
    """Say no, give the nights back, and tell the guest with an apology. Commits. Raises: TransitionRefused."""
    lock(booking)
    go_to(booking, BookingStatus.DECLINED, actor=actor, verb="decline", now=now)
    booking.ended_at, booking.ended_reason = now, reason
    for claim in claims_of(booking):
        inventory.release(claim, now=now)
    if booking.guest_email:
        post_letter(
            house=house,
            booking=booking,
            kind=LetterKind.BOOKING_DECLINED,
            recipient=booking.guest_email,
            language=booking.language,
            now=now,
        )
    session.commit()
