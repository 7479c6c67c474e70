"""Bookings end before the stay: cancelled by somebody, or expired by the clock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.models import BookedRoom, Booking, BookingStatus, Claim, LetterKind, Property, Source
from app.services import folios, fund
from app.services.bookings.statuses import HOLDING, TransitionRefused, go_to, lock, release_nights
from app.services.bookings.terms import CancellationTerms, cancellation_terms
from app.services.letters import post_letter


def cancel(*, house: Property, booking: Booking, actor: str, reason: str, now: datetime) -> CancellationTerms:
    """Cancel by the terms frozen with the booking: nights freed, charges reversed, the fee posted if due. Commits.

    The tourist tax is never kept (TS-38). A house that cancels asks no fee. Raises: TransitionRefused.
    """
    terms = call_off(house=house, booking=booking, actor=actor, reason=reason, now=now)
    session.commit()
    return terms


def call_off(
    *, house: Property, booking: Booking, actor: str, reason: str, now: datetime
) -> CancellationTerms:
    """Do what `cancel` does, inside the caller's transaction. Raises: TransitionRefused.

    A platform's guest cancels there, not here; and a stay that the house cancels is still to be cancelled there: its
    nights stay taken, and the platform tells its guest.
    """
    lock(booking)
    if booking.source == Source.CHANNEL and actor == "guest":
        raise TransitionRefused(booking, BookingStatus.CANCELLED)
    terms = cancellation_terms(booking, now)
    go_to(booking, BookingStatus.CANCELLED, actor=actor, verb="cancel", now=now)
    booking.ended_at, booking.ended_reason = now, reason
    release_nights(booking, now=now)
    folios.reverse_stay(booking, actor=actor, now=now)
    if actor == "guest" and terms.fee.minor > 0:
        folios.post_fee(booking, terms.fee, actor=actor, now=now)
    fund.settle(booking, actor=actor, now=now)
    if booking.guest_email and booking.source != Source.CHANNEL:
        post_letter(
            house=house,
            booking=booking,
            kind=LetterKind.BOOKING_CANCELLED,
            recipient=booking.guest_email,
            language=booking.language,
            now=now,
        )
    return terms


def expire_lapsed(*, now: datetime, most: int = 200) -> int:
    """End the holds and requests whose time is over, and tell those who had ordered; commits each by itself.

    The claims of a booking whose payment is being looked at may outlive it for some minutes: it waits for them.
    Returns how many ended.
    """
    lapsed = session.scalars(
        select(Booking.id)
        .where(Booking.status.in_(HOLDING), Booking.lapses_at <= now)
        .where(
            ~select(Claim.id)
            .join(BookedRoom, BookedRoom.claim_id == Claim.id)
            .where(BookedRoom.booking_id == Booking.id, Claim.is_live, Claim.lapses_at > now)
            .exists()
        )
        .order_by(Booking.id)
        .limit(most)
    ).all()
    session.commit()
    return sum(_expire(booking_id, now) for booking_id in lapsed)


def expire(booking: Booking, *, now: datetime) -> None:
    """End a locked booking by the clock and free its nights, in the caller's transaction; nobody is told here."""
    go_to(booking, BookingStatus.EXPIRED, actor="system", verb="expire", now=now)
    booking.ended_at = now
    release_nights(booking, now=now)


def _expire(booking_id: int, now: datetime) -> bool:
    booking = session.get_one(Booking, booking_id, with_for_update=True)
    if booking.status not in HOLDING or booking.lapses_at is None or booking.lapses_at > now:
        session.commit()
        return False
    expire(booking, now=now)
    if booking.guest_email and booking.ordered_at is not None:
        post_letter(
            house=session.get_one(Property, booking.property_id),
            booking=booking,
            kind=LetterKind.BOOKING_EXPIRED,
            recipient=booking.guest_email,
            language=booking.language,
            now=now,
        )
    session.commit()
    return True
