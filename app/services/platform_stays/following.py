"""A completed stay follows what its platform does with it: other nights, or none any more.

Called by whoever reads the feed, in its transaction; nothing here commits, and nothing here touches a night.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.database import session
from app.models import Booking, BookingStatus, ChannelStay, LetterKind, PlatformTerms, Property
from app.services import folios
from app.services.bookings.statuses import go_to, lock
from app.services.events import record
from app.services.letters import post_letter
from app.services.platform_stays.nights import write_nights

# Who comes so soon may have been promised a lift or a dinner: the desk is told by mail as well.
SOON = timedelta(days=7)


def lock_bookings(stays: Iterable[ChannelStay]) -> None:
    """Lock the completed bookings of these stays until the commit.

    To be called before any room is locked: reception locks a booking first, and its rooms after.
    """
    wanted = sorted(stay.booking_id for stay in stays if stay.booking_id is not None)
    if wanted:
        session.execute(
            select(Booking.id).where(Booking.id.in_(wanted)).order_by(Booking.id).with_for_update()
        )


def follow_move(stay: ChannelStay, *, now: datetime) -> None:
    """Give the booking of a stay the nights that the feed gives the stay now.

    The gross that is known is shared over the new nights, and marked as to be checked: what the platform asks for
    other nights no feed tells. A stay that is over or was cancelled here keeps its nights.
    """
    booking = _booking_of(stay)
    if booking is None or booking.status not in (BookingStatus.CONFIRMED, BookingStatus.IN_HOUSE):
        return
    terms = session.get_one(PlatformTerms, booking.id)
    terms.withdrawn_at = None
    if (booking.arrival, booking.departure) == (stay.arrival, stay.departure):
        return
    (room,) = booking.rooms
    booking.arrival, booking.departure = room.arrival, room.departure = stay.arrival, stay.departure
    sums = (terms.gross_minor, terms.commission_minor, terms.payout_minor)
    terms.is_to_check = terms.is_to_check or any(amount is not None for amount in sums)
    write_nights(booking, terms)
    actor = f"channel:{terms.channel}"
    folios.rewrite_stay(booking, actor=actor, now=now)
    record(
        property_id=booking.property_id,
        actor=actor,
        verb="change_dates",
        noun="booking",
        noun_id=booking.id,
        field_names=["arrival", "departure"],
        now=now,
    )


def follow_end(stay: ChannelStay, *, now: datetime) -> bool:
    """End the booking of a stay that its platform has withdrawn; return whether the nights may be let go of.

    False: the guest is in the house, whatever the platform says; the sheet tells it. Asked again at each reading, it
    says the same. Who was only expected is cancelled, and the desk is told. A stay that is over is left as it was.
    """
    booking = _booking_of(stay)
    if booking is None:
        return True
    house = session.get_one(Property, stay.property_id)
    today = now.astimezone(ZoneInfo(house.timezone)).date()
    if booking.status == BookingStatus.IN_HOUSE:
        _note_withdrawal(booking, now)
        stay.missed_count = stay.missed_count or 1  # until it is found again
        return False
    if booking.status == BookingStatus.CONFIRMED and booking.departure > today:
        _cancel(house, booking, today, now)
    return True


def _booking_of(stay: ChannelStay) -> Booking | None:
    booking = session.get(Booking, stay.booking_id) if stay.booking_id is not None else None
    if booking is not None:
        lock(booking)
    return booking


def _note_withdrawal(booking: Booking, now: datetime) -> None:
    terms = session.get_one(PlatformTerms, booking.id)
    if terms.withdrawn_at is not None:
        return
    terms.withdrawn_at = now
    record(
        property_id=booking.property_id,
        actor=f"channel:{terms.channel}",
        verb="withdraw",
        noun="booking",
        noun_id=booking.id,
        now=now,
    )


def _cancel(house: Property, booking: Booking, today: date, now: datetime) -> None:
    """Cancel what the platform has cancelled: the account is reversed; the platform tells its guest."""
    terms = session.get_one(PlatformTerms, booking.id)
    terms.withdrawn_at = now
    actor = f"channel:{terms.channel}"
    go_to(booking, BookingStatus.CANCELLED, actor=actor, verb="cancel", now=now)
    booking.ended_at = now
    folios.reverse_stay(booking, actor=actor, now=now)
    if booking.arrival - today <= SOON:
        post_letter(
            house=house,
            booking=booking,
            kind=LetterKind.DESK_STAY_WITHDRAWN,
            recipient=house.email,
            language=house.languages[0],
            now=now,
        )
