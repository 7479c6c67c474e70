"""Remind the desk at half time of requests that it has not answered (decision 6)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select

from app.database import session
from app.models import Booking, BookingStatus, Letter, LetterKind, Property
from app.services.letters import post_letter


def remind_desk(*, now: datetime) -> int:
    """Post one reminder for every request past half of its time to answer; return how many.

    The half is counted from the order to `answer_due_at`. A request that was reminded once is not reminded again.
    """
    reminded = exists().where(Letter.booking_id == Booking.id, Letter.kind == LetterKind.DESK_REMINDER)
    waiting = session.execute(
        select(Booking, Property)
        .join(Property, Property.id == Booking.property_id)
        .where(Booking.status == BookingStatus.REQUESTED, Booking.answer_due_at > now, ~reminded)
        .order_by(Booking.answer_due_at)
        .with_for_update(of=Booking, skip_locked=True)
    ).all()
    late = [(booking, house) for booking, house in waiting if _half_time(booking) <= now]
    for booking, house in late:
        post_letter(
            house=house,
            booking=booking,
            kind=LetterKind.DESK_REMINDER,
            recipient=house.email,
            language=house.languages[0],
            now=now,
        )
    session.commit()
    return len(late)


def _half_time(booking: Booking) -> datetime:
    asked_at = booking.ordered_at or booking.created_at
    assert booking.answer_due_at is not None  # the query asks for it
    return asked_at + (booking.answer_due_at - asked_at) / 2
