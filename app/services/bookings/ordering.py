"""The guest orders: with a card, by a mailed link, or by telephone (decisions 7 and 8)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from app.database import queue_for, session
from app.models import Booking, BookingStatus, LetterKind, Property
from app.services.bookings.answering import answer_due, settle_confirmation
from app.services.bookings.placing import keep_or_retake
from app.services.bookings.statuses import TransitionRefused, go_to, keep_until, lock, refuse_lapsed
from app.services.bookings.yearly import refuse_many_nights
from app.services.events import record
from app.services.letters import post_letter

CARD_HOLD = timedelta(minutes=40)
CALL_BACK = timedelta(hours=2)


class TooManyRequests(Exception):
    """This contact has as many open requests as the house answers at a time (decision 8)."""


def order(
    *,
    house: Property,
    booking: Booking,
    pays_by_card: bool,
    link_minutes: int,
    most_per_contact: int,
    now: datetime,
) -> None:
    """Turn a hold into an order, and keep the nights for as long as its next step may take. Commits.

    By card: 40 minutes for the processor's page. With an e-mail: until the mailed link is opened and confirmed.
    With a telephone only: until two hours after the desk next opens, so that it can call back.

    Ordering what is ordered already changes nothing, but whoever meant to pay by card may pay at reception after
    all while the order waits. Raises: HoldExpired, TooManyRequests, TransitionRefused.
    """
    lock(booking)
    refuse_lapsed(booking, now)
    if booking.status != BookingStatus.TENTATIVE:  # an old page must not give a stay that stands an end again
        if booking.ordered_at is None or pays_by_card:
            raise TransitionRefused(booking, BookingStatus.TENTATIVE)
        return
    if booking.ordered_at is not None and not pays_by_card and not booking.is_paid_by_card:
        return
    _refuse_too_many(booking, most_per_contact, now)
    booking.ordered_at = booking.ordered_at or now
    booking.is_paid_by_card = pays_by_card
    record(property_id=house.id, actor="guest", verb="order", noun="booking", noun_id=booking.id, now=now)
    if pays_by_card:
        keep_until(booking, now + CARD_HOLD)
    elif booking.guest_email:
        keep_until(booking, now + timedelta(minutes=link_minutes))
        post_letter(
            house=house,
            booking=booking,
            kind=LetterKind.REQUEST_TO_CONFIRM,
            recipient=booking.guest_email,
            language=booking.language,
            now=now,
        )
    else:
        call_until = next_opening(house, now) + CALL_BACK
        go_to(booking, BookingStatus.REQUESTED, actor="guest", verb="request", now=now)
        booking.answer_due_at = call_until
        keep_until(booking, call_until)
        _tell_desk(house, booking, now)
    session.commit()


def confirm_by_link(*, house: Property, booking: Booking, now: datetime) -> None:
    """Take the order that the guest proved by the mailed link to the house, or confirm it if instant. Commits.

    Pressing twice changes nothing. Raises: HoldExpired, TransitionRefused, TooManyNightsAYear.
    """
    lock(booking)
    if booking.status in (BookingStatus.REQUESTED, BookingStatus.CONFIRMED):
        return
    refuse_lapsed(booking, now)
    if (
        booking.status != BookingStatus.TENTATIVE
    ):  # an old mail must not bring back what somebody has cancelled
        raise TransitionRefused(booking, BookingStatus.REQUESTED)
    refuse_many_nights(booking)
    settle_order(house=house, booking=booking, actor="guest", now=now)
    session.commit()


def settle_order(
    *,
    house: Property,
    booking: Booking,
    actor: str,
    now: datetime,
    authorised_until: datetime | None = None,
) -> None:
    """Make an order that is proved (by its link, or by its card) a request, or a confirmed stay if instant.

    Joins the caller's transaction; an expired order takes its nights again if they are free.

    Raises: TransitionRefused, RoomNotAvailable.
    """
    if booking.is_instant:
        settle_confirmation(house=house, booking=booking, actor=actor, now=now)
        return
    go_to(booking, BookingStatus.REQUESTED, actor=actor, verb="request", now=now)
    due = answer_due(house, booking, now=now, authorised_until=authorised_until)
    keep_or_retake(booking, now=now, lapses_at=due)
    booking.answer_due_at, booking.ended_at = due, None
    if booking.guest_email:
        post_letter(
            house=house,
            booking=booking,
            kind=LetterKind.REQUEST_RECEIVED,
            recipient=booking.guest_email,
            language=booking.language,
            now=now,
        )
    _tell_desk(house, booking, now)


def next_opening(house: Property, now: datetime) -> datetime:
    """Return the moment from which somebody is at the desk: now, or the next opening hour."""
    local = now.astimezone(ZoneInfo(house.timezone))
    opening = local.replace(
        hour=house.desk_opens.hour, minute=house.desk_opens.minute, second=0, microsecond=0
    )
    if local < opening:
        return opening.astimezone(ZoneInfo("UTC"))
    if local.time() < house.desk_closes:
        return now
    return (opening + timedelta(days=1)).astimezone(ZoneInfo("UTC"))


def _tell_desk(house: Property, booking: Booking, now: datetime) -> None:
    post_letter(
        house=house,
        booking=booking,
        kind=LetterKind.DESK_REQUEST,
        recipient=house.email,
        language=house.languages[0],
        now=now,
    )


def _refuse_too_many(booking: Booking, most: int, now: datetime) -> None:
    queue_for(f"requests of contact {booking.property_id} {booking.contact_key}")
    open_requests = session.scalar(
        select(func.count()).where(
            Booking.property_id == booking.property_id,
            Booking.contact_key == booking.contact_key,
            Booking.id != booking.id,
            Booking.ordered_at.is_not(None),
            Booking.status.in_((BookingStatus.TENTATIVE, BookingStatus.REQUESTED)),
            or_(Booking.lapses_at.is_(None), Booking.lapses_at > now),
        )
    )
    if (open_requests or 0) >= most:
        raise TooManyRequests
