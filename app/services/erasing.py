"""Forget which rung a guest chose, thirty days after the departure; counts for the solver stay (decision 15)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, false, or_, select

from app.database import session
from app.models import Booking, BookingStatus, BracketCount, Property
from app.models.bracket_count import UNDECIDED
from app.services import fund, partner_codes
from app.services.events import record
from app.services.price_messages import erase_messages
from app.services.rates import grid_of_version

KEPT = timedelta(days=30)
# Who was never checked in at the desk, nor marked as not come, has stayed all the same.
STAYED = (BookingStatus.CONFIRMED, BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT)

Cell = tuple[date, int, str]


def erase_choices(*, now: datetime, most: int = 200) -> int:
    """Erase bracket and rung of the bookings whose departure, real or planned, is thirty days past; commits each.

    The day is that of each house. A stay that took place is counted before, in the same transaction. Returns how many
    were erased.
    """
    due = session.scalars(
        select(Booking.id)
        .where(Booking.choice_erased_at.is_(None), _departed_long_ago(now))
        .order_by(Booking.departure, Booking.id)
        .limit(most)
    ).all()
    session.commit()
    return sum(_erase(booking_id, now) for booking_id in due)


def _departed_long_ago(now: datetime) -> ColumnElement[bool]:
    houses = session.execute(select(Property.id, Property.timezone))
    return or_(
        false(),
        *(
            and_(
                Booking.property_id == property_id,
                Booking.departure <= now.astimezone(ZoneInfo(timezone)).date() - KEPT,
            )
            for property_id, timezone in houses
        ),
    )


def _erase(booking_id: int, now: datetime) -> bool:
    booking = session.get_one(Booking, booking_id, with_for_update=True)
    if booking.choice_erased_at is not None:
        session.commit()
        return False
    if booking.status in STAYED:
        for cell, nights in sorted(_cells(booking).items()):
            _add(booking.property_id, cell, nights)
    for room in booking.rooms:
        room.bracket = None
        for night in room.nights:
            night.due_minor = None
    booking.session_key = booking.network_key = ""
    booking.choice_erased_at = now
    erase_messages(booking.id)
    partner_codes.untie(booking)
    fund.settle(booking, actor="system", now=now)  # of who was never checked out
    record(
        property_id=booking.property_id,
        actor="system",
        verb="erase_choice",
        noun="booking",
        noun_id=booking.id,
        now=now,
    )
    session.commit()
    return True


def _cells(booking: Booking) -> Counter[Cell]:
    """Count the room nights of a booking by month, bracket and season; none where no grid made the price."""
    if booking.grid_version_id is None:
        return Counter()
    calendar = grid_of_version(booking.grid_version_id).grid.calendar
    return Counter(
        (night.night.replace(day=1), room.bracket or UNDECIDED, calendar.hit(night.night).code)
        for room in booking.rooms
        for night in room.nights
        if night.chosen_minor is not None
    )


def _add(property_id: int, cell: Cell, nights: int) -> None:
    month, bracket, season = cell
    count = session.get(BracketCount, (property_id, month, bracket, season), with_for_update=True)
    if count is None:
        count = BracketCount(
            property_id=property_id, month=month, bracket=bracket, season=season, room_nights=0
        )
        session.add(count)
    count.room_nights += nights
    session.flush()
